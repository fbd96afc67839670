"""``servkit lint``."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from servkit.cli.shared import options
from servkit.cli.shared.console import columns, has_styles
from servkit.cli.shared.output import check_format
from servkit.lint.report import Report


def lint(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATHS]", help="Tell only of these files, folders or patterns; the whole book is read."
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option("--format", metavar="FORMAT", help="text, concise, json, github, sarif, junit or codeclimate."),
    ] = "text",
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select", metavar="CODES", help="Only rules whose code begins so, such as SK2; commas or repeated."
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODES", help="Not the rules whose code begins so.")
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Make the mendings that are always right; nothing else is written.")
    ] = False,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline", metavar="FILE", help="Leave out what an earlier `--format json` report knows already."
        ),
    ] = None,
    changed_since: Annotated[
        str | None,
        typer.Option(
            "--changed-since",
            metavar="REV",
            help="Only documents changed since a git revision, and who refers to them.",
        ),
    ] = None,
    statistics: Annotated[bool, typer.Option("--statistics", help="How many findings of each rule.")] = False,
    matrix: Annotated[
        bool, typer.Option("--matrix", help="Draw which area has what it requires, channel by channel.")
    ] = False,
    on: options.On = None,
    book: options.Book = None,
) -> int:
    """Check the book: what contradicts itself, leads nowhere, has expired, or cannot be read.

    \b
    servkit lint
    servkit lint policies --select SK2,SK3
    servkit lint --changed-since origin/main --format github

    Exits 1 where anything is found (`lint: fail_on:` in servkit.yaml sets how much it takes).
    """
    root, here, day = _root(paths or [], book), Path.cwd(), _day(on)
    if matrix:
        check_format(format_, ("text", "json"))
        return _matrix(root, day, format_)
    styled = has_styles(sys.stdout)
    look = (_prefix(root, here), styled, styled and sys.stdout.isatty(), columns(), statistics)
    chosen, memory = (_codes(select), _codes(ignore)), None
    if not (paths or fix or baseline or changed_since):
        from servkit.lint.remembering import Memory

        memory = Memory(root, day, *chosen)
        if (said := memory.said((format_, *look))) is not None:
            return _say(*said)

    from servkit.lint.look import Look, format_names, formatter
    from servkit.lint.remembering import Said
    from servkit.lint.request import Request, answer, mend

    check_format(format_, format_names())
    progress = _Progress()
    request = Request(
        root, tuple(paths or ()), here, *chosen, baseline, changed_since, day,
        progress=progress if sys.stderr.isatty() else None, memory=memory,
    )  # fmt: skip
    try:
        report, made = mend(request) if fix else (answer(request), 0)
    finally:
        progress.clear()
    said = Said(formatter(format_)(report, Look(*look)), summary(report, made), int(report.failed))
    if memory is not None:
        memory.keep_said((format_, *look), said)
    return _say(*said)


def _say(out: str, err: str, code: int) -> int:
    sys.stdout.write(out)
    sys.stdout.flush()
    sys.stderr.write(err)
    return code


def _root(paths: list[str], book: Path | None) -> Path:
    """The book at hand; where paths are given, the one that the first of them is in."""
    from servkit.book.location import find_root
    from servkit.book.problems import BookError

    here = Path.cwd()
    if book is None and paths and (here / paths[0]).exists():
        first = (here / paths[0]).resolve()
        try:
            return find_root(None, None, first if first.is_dir() else first.parent)
        except BookError:
            pass
    return find_root(book, None, here)


def _codes(given: list[str] | None) -> tuple[str, ...]:
    return tuple(code.strip().upper() for text in given or () for code in text.split(",") if code.strip())


def _day(on: str | None) -> date | None:
    if on is None:
        return None
    from servkit.book.problems import ServkitError

    try:
        return date.fromisoformat(on if len(on) == len("2026-03-01") else "")
    except ValueError:
        raise ServkitError(f"--on: {on!r} is not a day such as 2026-03-01") from None


def _prefix(root: Path, here: Path) -> str:
    """What leads from here to the book; nothing where the book is elsewhere."""
    try:
        inside = root.resolve().relative_to(here.resolve()).as_posix()
    except ValueError:
        return ""
    return "" if inside == "." else f"{inside}/"


class _Progress:
    """A line that is written over, on a terminal, for books that take a while."""

    shown = False

    def __call__(self, done: int, of: int) -> None:
        if of > 1000:
            self.shown = True
            what = f"reading {done:,} of {of:,} files" if done < of else f"{of:,} files are read; asking the rules"
            sys.stderr.write(f"\r{what}\x1b[K")
            sys.stderr.flush()

    def clear(self) -> None:
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _matrix(root: Path, today: date | None, format_: str) -> int:
    from servkit.terminal.matrix_view import draw_matrix, matrix_json, matrix_of

    found, name = matrix_of(root, today)
    if format_ == "json":
        from servkit.cli.shared.output import print_json

        print_json(matrix_json(found, name))
    else:
        sys.stdout.write(draw_matrix(found, columns(), styled=has_styles(sys.stdout)))
    return int(any(True for _ in found.gaps()))


def summary(report: Report, made: int = 0) -> str:
    """What was looked at and what came of it, for stderr."""
    from collections import Counter

    from servkit.text import clean

    counts = Counter(finding.severity for finding in report.findings)
    found = [_many(counts[severity], severity) for severity in ("error", "warning") if counts[severity]]
    found += [f"{counts['info']} info"] if counts["info"] else []
    fixable = sum(finding.fix is not None for finding in report.findings)
    parts = [
        f"{', '.join(found) or 'nothing found'} in {_many(report.documents, 'document')}",
        f"{made} mended" if made else "",
        f"{fixable} can be mended with --fix" if fixable else "",
        f"{report.ignored} ignored in the book" if report.ignored else "",
        f"{report.known} known to the baseline" if report.known else "",
        f"{report.gone} in the baseline no longer found: write it anew" if report.gone else "",
    ]
    told = [f"servkit: not looked at: {clean(text)}\n" for text in report.skipped]
    return "".join(told) + "; ".join(part for part in parts if part) + "\n"


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
