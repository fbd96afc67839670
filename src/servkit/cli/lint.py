"""``servkit lint``."""

import os
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from servkit.book.location import find_root
from servkit.book.problems import BookError, ServkitError
from servkit.cache.book_files import BookFiles
from servkit.cache.folder import cache_folder
from servkit.cli.shared import options
from servkit.cli.shared.console import has_styles
from servkit.cli.shared.desk import book_folder, open_desk
from servkit.cli.shared.output import check_format, print_json, print_note, print_screen
from servkit.cli.shared.progress import progress
from servkit.clocks.today import today_in
from servkit.customers.directory import check_file
from servkit.desk.day import day_on
from servkit.desk.open_book import book_files
from servkit.files import is_file, is_folder
from servkit.journal.errors import JournalError
from servkit.lint.code_filter import code_filter
from servkit.lint.destination import Destination
from servkit.lint.fixtures.kinds import kinds
from servkit.lint.fixtures.matrix import Matrix
from servkit.lint.formats import format_names, formatter
from servkit.lint.journal_view import JournalView
from servkit.lint.lint_request import Request, fix_book, report_on
from servkit.lint.loader import load
from servkit.lint.matrix_json import matrix_json
from servkit.lint.report import Report

#: So many things that were not checked are named.
MOST_SKIPPED = 10


def lint(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATHS]", help="Report only on these files, folders or patterns."),
    ] = None,
    format_: Annotated[
        str,
        typer.Option("--format", metavar="FORMAT", help="text, concise, json, github, sarif, junit or codeclimate."),
    ] = "text",
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select", metavar="CODES", help="Only rules whose codes begin so, such as SK2,SK301. Repeatable."
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODES", help="Not the rules whose codes begin so.")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Apply safe fixes. Nothing else is written.")] = False,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Leave out findings of an earlier `--format json` report."),
    ] = None,
    changed_since: Annotated[
        str | None,
        typer.Option(
            "--changed-since",
            metavar="REV",
            help="Only documents changed since a git revision, and those that refer to them.",
        ),
    ] = None,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count the findings of each rule.")] = False,
    matrix: Annotated[
        bool, typer.Option("--matrix", help="Show which area has what it requires, channel by channel.")
    ] = False,
    journal: Annotated[
        bool, typer.Option("--journal", help="Also report which policies were stretched too often.")
    ] = False,
    on: options.On = None,
    at: options.At = None,
    no_pager: options.NoPager = False,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Check the book for contradictions, broken references, and what has expired or cannot be read.

    \b
    servkit lint
    servkit lint policies --select SK2,SK3
    servkit lint --changed-since origin/main --format github
    servkit lint --customers export.csv     before the file takes its place

    Exits with 1 if there are findings (`lint: fail_on:` in servkit.yaml sets which count).
    """
    root, here = _root(paths or [], book), Path.cwd()
    if at is not None and (fix or changed_since is not None):
        other = "--fix writes" if fix else "--changed-since compares with"
        raise ServkitError(f"--at reads an old revision, and {other} the files as they are; leave one of them out")
    if at is not None and journal:
        raise ServkitError("--at reads an old revision, and --journal looks at the files as they are; leave one out")
    if customers is not None:
        check_file(customers)
    with closing(book_files(root, at)) as files:
        if matrix:
            return _print_matrix(files, on, format_, pager=not no_pager)
        check_format(format_, ("text", *format_names()))
        codes = code_filter(_codes(select), _codes(ignore))
        with progress("Reading") as update:
            loaded = load(root, cache_folder(os.environ), update, files)._replace(customers=customers)
            heard = _journal(root) if journal and loaded.book is not None else None
            day = day_on(on, today_in(loaded.timezone))
            request = Request(day, codes, tuple(paths or ()), here, baseline, changed_since, heard)
            report, fixed = fix_book(loaded, request) if fix else (report_on(loaded, request), 0)
        _print(report, Destination(_prefix(root, here), statistics), format_, pager=not no_pager)
    skipped = list(report.skipped)
    for text in skipped[:MOST_SKIPPED]:
        print_note(f"servkit: not checked: {text}")
    if len(skipped) > MOST_SKIPPED:
        print_note(f"servkit: … and {len(skipped) - MOST_SKIPPED} more of these")
    print_note(summary(report, fixed))
    return int(report.failed)


def _journal(root: Path) -> JournalView:
    """What the journal says of the book."""
    from servkit.desk.journal_report import stretched_terms  # the journal and the comparison of books

    try:
        with open_desk(root, quiet=True) as desk:
            return stretched_terms(desk)
    except JournalError as fault:
        return JournalView(unread=fault.message)


def _root(paths: list[str], book: Path | None) -> Path:
    """The book at hand; where paths are given, the one that the first of them is in."""
    here = Path.cwd()
    named = here / paths[0] if book is None and paths else None
    if named is not None and (is_folder(named) or is_file(named)):
        first = named.resolve()
        try:
            return find_root(None, None, first if is_folder(first) else first.parent)
        except BookError:
            pass
    return book_folder(book)


def _codes(given: list[str] | None) -> tuple[str, ...]:
    return tuple(code.strip().upper() for text in given or () for code in text.split(",") if code.strip())


def _prefix(root: Path, here: Path) -> str:
    """What leads from here to the book; nothing where the book is elsewhere."""
    try:
        inside = root.resolve().relative_to(here.resolve()).as_posix()
    except ValueError:
        return ""
    return "" if inside == "." else f"{inside}/"


def _print(report: Report, destination: Destination, format_: str, *, pager: bool) -> None:
    if format_ != "text":
        sys.stdout.write(formatter(format_)(report, destination))
    elif report.findings:
        from servkit.terminal.findings_view import findings_screen, statistics_screen  # load Rich

        if destination.statistics:
            screen = statistics_screen(report)
        else:
            screen = findings_screen(report, destination, links=has_styles(sys.stdout) and sys.stdout.isatty())
        print_screen(screen, pager=pager)
    sys.stdout.flush()


def _print_matrix(files: BookFiles, on: str | None, format_: str, *, pager: bool) -> int:
    check_format(format_)
    loaded = load(files.home, cache_folder(os.environ), files=files)
    if loaded.book is None:
        raise BookError("servkit.yaml cannot be used; `servkit lint` says why", path=str(files.home))
    day = day_on(on, today_in(loaded.timezone)).toordinal()
    matrix = Matrix(loaded.book.settings, kinds(loaded.book.entries), day)
    if format_ == "json":
        print_json(matrix_json(matrix))
    else:
        from servkit.terminal.matrix_view import matrix_screen  # loads Rich

        print_screen(matrix_screen(matrix), pager=pager)
    return int(any(True for _ in matrix.gaps()))


def summary(report: Report, fixed: int = 0) -> str:
    """What was checked, and what was found."""
    counts = Counter(finding.severity for finding in report.findings)
    found = [_many(counts[severity], severity) for severity in ("error", "warning") if counts[severity]]
    found += [f"{counts['info']} info"] if counts["info"] else []
    documents = _many(report.documents, "document")
    fixable = sum(finding.fix is not None for finding in report.findings)
    parts = [
        f"{', '.join(found)} in {documents}" if found else f"All checks passed ({documents})",
        f"{fixed} fixed" if fixed else "",
        f"{fixable} can be fixed with --fix" if fixable else "",
        f"{report.ignored} ignored by comments in the book" if report.ignored else "",
        f"{report.known} already in the baseline" if report.known else "",
        f"{report.gone} in the baseline no longer found, so write a new baseline" if report.gone else "",
    ]
    return "; ".join(part for part in parts if part) + "."


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
