"""``servkit diff``."""

import os
import sys
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from servkit.book.library import Library
from servkit.book.problems import ServkitError
from servkit.cache.book_files import BookFiles, FolderFiles
from servkit.cache.compiled_book import CompiledBook
from servkit.cache.folder import cache_folder
from servkit.cli.shared import options
from servkit.cli.shared.desk import book_folder
from servkit.cli.shared.ending import ending_cleanly
from servkit.cli.shared.output import check_format, print_note, print_screen
from servkit.cli.shared.progress import progress
from servkit.clocks.service import ServiceClock
from servkit.clocks.today import today_in
from servkit.customers.directory import Directory, check_file
from servkit.desk.day import day_on, typed_day
from servkit.history.assertions import RULES, check_rules, failed_rules
from servkit.history.changes import Comparison
from servkit.history.comparison import DAYS_AHEAD, Request, request_for
from servkit.history.formats import format_names, formatter
from servkit.history.full_comparison import compare_fully, people_of
from servkit.history.replay import Replay, replay
from servkit.history.revision import Revision
from servkit.history.tellings import unread_names
from servkit.journal.entry import write_time
from servkit.journal.location import find_location
from servkit.text import clean

FORMATS = ("text", *format_names())


def diff(
    revision: Annotated[str | None, typer.Argument(metavar="[REV]", help="The revision before. Default: HEAD.")] = None,
    other: Annotated[
        str | None, typer.Argument(metavar="[REV2]", help="The revision after. Default: the files as they are.")
    ] = None,
    about: options.About = None,
    role: options.ForRole = None,
    on: options.On = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help=f"The last day looked at. Default: {DAYS_AHEAD} days after --on."),
    ] = None,
    customers: Annotated[
        Path | None, typer.Option("--customers", metavar="FILE", help="Count in this file, not in the book's sources.")
    ] = None,
    no_customers: Annotated[bool, typer.Option("--no-customers", help="Do not count customers.")] = False,
    who: Annotated[int, typer.Option("--who", metavar="N", min=0, help="How many customers to name.")] = 3,
    long: Annotated[bool, typer.Option("--long", help="Show every change, each with an example to look up.")] = False,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help=f"{', '.join(FORMATS)}.")] = "text",
    replay_days: Annotated[
        int | None,
        typer.Option(
            "--replay", metavar="DAYS", min=1, max=36_500, help="Answer what was recorded in these days again."
        ),
    ] = None,
    asserted: Annotated[
        list[str] | None,
        typer.Option(
            "--assert", metavar="RULE", help=f"Exit with 1 only if this fails: {', '.join(RULES)}. Repeatable."
        ),
    ] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 even if something is different.")] = False,
    no_pager: options.NoPager = False,
    book: options.Book = None,
) -> int:
    """Show what an edit changes in meaning: what anybody gets, for whom, and how many of your customers that is.

    \b
    servkit diff                   what you have edited since the last commit
    servkit diff main              against a branch
    servkit diff v1 v2 --about returns --long
    servkit diff main --format md --assert nobody-worse

    Exits with 1 if anything is different in meaning; with --assert, if an assertion fails.
    """
    check_format(format_, FORMATS)
    rules = asserted or []
    check_rules(rules, counted=not no_customers)
    root, cache = book_folder(book), cache_folder(os.environ)
    with ExitStack() as stack:
        stack.enter_context(ending_cleanly())
        before_files = _opened(stack, Revision(root, "HEAD" if revision is None else revision, "-before"))
        after_files = _opened(stack, FolderFiles(root) if other is None else Revision(root, other, "-after"))
        with progress("Comparing"):
            before = stack.enter_context(CompiledBook(root, cache, files=before_files))
            after = stack.enter_context(CompiledBook(root, cache, files=after_files))
            request = _request(after, on, until, about, role)
            directory = stack.enter_context(_directory(after, customers, cache))
            others = stack.enter_context(_directory(before, customers, cache))
            people = people_of(others, directory, os.environ)
            comparison = compare_fully(before, after, request, people, _clock, count=not no_customers, who=who)
            if replay_days is not None:
                comparison = replace(comparison, replay=_replay(before, after, replay_days))
        sides = [_side(before, before_files), _side(after, after_files)]
        if format_ != "text":
            sys.stdout.write(formatter(format_)(comparison, sides, prefix_to(root)))
        else:
            from servkit.terminal.changes_view import changes_screen  # loads Rich, which JSON does without

            print_screen(changes_screen(comparison, _title(after, sides, comparison), long=long), pager=not no_pager)
        sys.stdout.flush()
        failed = failed_rules(rules, comparison, (before, after))
    for line in failed:
        print_note(f"servkit: {clean(line)}")
    if comparison.unread:
        unread = unread_names(comparison, names=format_ in ("text", "json"))
        raise ServkitError(f"compared without {', '.join(unread)}, which one side cannot read")
    return int((bool(failed) if rules else comparison.differs) and not exit_zero)


def _replay(before: CompiledBook, after: CompiledBook, days: int) -> Replay:
    """The recorded answers of the last days, put to both books."""
    location = find_location(after.settings.journal, after.files.home, os.environ)
    if not location.exists:
        return Replay(days, 0, 0, 0, ())
    since = write_time(datetime.now(UTC) - timedelta(days=days))
    with location.open() as journal:
        return replay(journal.entries(kinds=("answer",), since=since), before, after, days)


def _opened(stack: ExitStack, files: BookFiles) -> BookFiles:
    stack.enter_context(closing(files))
    return files


def _request(
    after: CompiledBook, on: str | None, until: str | None, about: list[str] | None, role: str | None
) -> Request:
    begin = day_on(on, today_in(after.settings.timezone))
    end = typed_day(until, begin, "--until") if until is not None else None
    return request_for(begin, end, about or (), role)


def _directory(book: CompiledBook, customers: Path | None, cache: Path) -> Directory:
    """The customers of a side; a file stands in place of all sources."""
    files = book.files
    if customers is not None:
        check_file(customers)
    return Directory(book, files.home, customers, None if files.slot else cache, os.environ, alone=True)


def _clock(library: Library) -> ServiceClock:
    return ServiceClock(library.settings)


def prefix_to(root: Path) -> str:
    """What leads from here to the book; nothing where the book is elsewhere."""
    try:
        inside = root.relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return ""
    return "" if inside == "." else f"{inside}/"


def _side(book: CompiledBook, files: BookFiles) -> dict[str, Any]:
    """Which book it is: the short revision, null for the files as they are."""
    revision, dirty = book.revision
    return {"revision": revision if files.slot else None, "dirty": dirty}


def _title(after: CompiledBook, sides: list[dict[str, Any]], comparison: Comparison) -> str:
    names = [side["revision"] or "your files" for side in sides]
    return f"{after.settings.name}: {names[0]} → {names[1]}, {comparison.on} to {comparison.until}"
