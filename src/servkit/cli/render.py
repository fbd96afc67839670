"""``servkit render``."""

import os
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import typer

from servkit.book.discovery import walk
from servkit.book.problems import ServkitError
from servkit.cache.compiled_book import CompiledBook
from servkit.cache.folder import cache_folder
from servkit.cli.shared import options
from servkit.cli.shared.completion import documents
from servkit.cli.shared.desk import book_folder
from servkit.cli.shared.errors import exit_code
from servkit.cli.shared.output import check_choice, print_note
from servkit.cli.shared.progress import progress
from servkit.clocks.service import ServiceClock
from servkit.clocks.today import today_in
from servkit.customers.directory import Directory
from servkit.desk.day import day_on
from servkit.desk.open_book import book_files
from servkit.handout import formats, sheets
from servkit.handout.audience import Audience, Edition
from servkit.handout.material import Material
from servkit.handout.renderer import File, file_paths, write_files
from servkit.handout.renderer import render as render_files
from servkit.handout.theme import FOLDER, PAPERS, read_theme
from servkit.history.changes import Comparison
from servkit.history.tellings import unread_names

WATCH_SECONDS = 0.5
_FOR_QUIZZES = [name for name in formats.names() if hasattr(formats.module(name), "accepts")]
_FORMATS = (
    ", ".join(name for name in formats.names() if name not in _FOR_QUIZZES)
    + f"; for a quiz also {', '.join(_FOR_QUIZZES)}"
)


def _complete_sheets(ctx: Any, incomplete: str) -> list[str]:
    return [name for name in sheets.names() if name.startswith(incomplete)]


def _complete_formats(ctx: Any, incomplete: str) -> list[str]:
    return [name for name in formats.names() if name.startswith(incomplete)]


def render(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help=f"One of: {', '.join(sheets.names())}.",
            autocompletion=_complete_sheets,
        ),
    ],
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="PATH",
            help="A file, a folder, or - for stdout. Default: WHAT here; all in a new folder.",
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=f"{_FORMATS}. Default: what PATH ends in, or html.",
            autocompletion=_complete_formats,
        ),
    ] = None,
    area: Annotated[
        list[str] | None,
        typer.Option(
            "--area",
            metavar="AREA",
            help="Only what belongs to an area. Repeatable, in this order.",
            autocompletion=options.areas,
        ),
    ] = None,
    doc: Annotated[
        list[str] | None,
        typer.Option(
            "--doc",
            metavar="ID",
            help="Only this document, with its scripts. Repeatable, in this order.",
            autocompletion=documents,
        ),
    ] = None,
    role: options.OnlyRole = None,
    level: Annotated[
        str | None, typer.Option("--level", metavar="LEVEL", help="Up to a level: synthetic, genuine or super.")
    ] = None,
    segment: Annotated[
        str | None, typer.Option("--segment", metavar="SEGMENT", help="Only what is for customers in a segment.")
    ] = None,
    channel: options.OnlyChannel = None,
    office: Annotated[str | None, typer.Option("--office", metavar="NAME", help="Only what is for an office.")] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="LANG", help="The language to print in.")] = None,
    on: options.On = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="REV", help="For `changes`: the revision to compare with.")
    ] = None,
    at: options.At = None,
    paper: Annotated[str | None, typer.Option("--paper", metavar="PAPER", help="a4 or letter.")] = None,
    per_page: Annotated[
        int, typer.Option("--per-page", metavar="4|8", help="How many role-play cards are on a sheet.")
    ] = 4,
    questions: Annotated[
        int, typer.Option("--questions", metavar="N", help="How many questions a quiz has at most; 0 for all.", min=0)
    ] = 24,
    open_: Annotated[bool, typer.Option("--open", help="Open the first file afterwards.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Write again whenever the book changes, until Ctrl-C.")
    ] = False,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Print the book for training: a handbook, cards for the wall, role-plays, a quiz, checklists.

    \b
    servkit render handbook --to handbook.html
    servkit render card --area returns --role technician --to card.pdf
    servkit render handbook --doc returns --doc visits --to returns.pdf
    servkit render quiz --format gift --to - > quiz.gift
    servkit render all --to handouts/ --format pdf
    servkit render changes --since v1       what to unlearn and what to learn

    Exits with 1 if the book has nothing to print.
    """
    sheets.module(what)
    audience = Audience(tuple(area or ()), tuple(doc or ()), role, level, segment, channel, office, lang)
    place, form, root = _place(what, to), _format(format_, to), book_folder(book)
    job = _Job(what, place, form, audience, on, paper, per_page, questions, root, at, since, customers)
    _check(job, watch=watch)
    code = _run(job, open_=open_)
    if watch:
        _watch(job)
    return code


@dataclass(frozen=True)
class _Job:
    """One rendering, which can be done again."""

    what: str
    to: str | None
    format: str
    audience: Audience
    on: str | None
    paper: str | None
    per_page: int
    questions: int
    root: Path
    at: str | None
    since: str | None
    customers: Path | None


def _format(given: str | None, to: str | None) -> str:
    """The format that was asked for, or that the path ends in, or HTML."""
    if given or to is None or to == "-" or to.endswith(("/", "\\")) or os.path.isdir(to):  # noqa: PTH112 - Path.is_dir raises for long names
        return given or "html"
    suffix = Path(to).suffix
    found = formats.by_suffix(suffix)
    if found is None and suffix:
        endings = ", ".join(formats.module(name).SUFFIX for name in formats.names())
        raise ServkitError(
            f"--to: no format ends in {suffix!r}; the endings are {endings} (or say which with --format)"
        )
    return found or "html"


def _place(what: str, to: str | None) -> str | None:
    """Where the files go: several in a new folder, where none was named."""
    if to is not None or what != "all":
        return to
    names = (f"servkit-handouts{'' if number == 1 else f'-{number}'}" for number in count(1))
    return next(name for name in names if not os.path.lexists(name)) + "/"


def _check(job: _Job, *, watch: bool) -> None:
    """Raise ServkitError for what cannot be, before anything is read."""
    formats.module(job.format)
    if job.paper is not None:
        check_choice("paper", job.paper, PAPERS)
    if job.per_page not in (4, 8):
        raise ServkitError("--per-page is 4 or 8")
    if (job.what == "changes") is not (job.since is not None):
        raise ServkitError("`render changes` compares with a revision: servkit render changes --since REV")
    if watch and job.at is not None:
        raise ServkitError("a revision does not change; leave out --watch or --at")
    if job.to == "-" and job.what == "all":
        raise ServkitError("`all` makes several files; name a folder with --to")


def _run(job: _Job, *, open_: bool = False) -> int:
    """Render and write; 1 where there is nothing to print."""
    cache = cache_folder(os.environ)
    with (
        closing(book_files(job.root, job.at)) as files,
        CompiledBook(job.root, cache, files=files) as book,
        Directory(book, job.root, job.customers, None if job.at else cache, os.environ) as directory,
    ):
        comparison = _comparison(job, book, directory)
        material = _material(job, book, directory, comparison)
        if book.problems:
            count = "1 problem" if len(book.problems) == 1 else f"{len(book.problems)} problems"
            print_note(f"servkit: {count} in the book; what cannot be read is left out (see servkit lint)")
        if material.is_empty:
            audience = ", ".join(material.copy_for) or "this choice of documents"
            print_note(f"servkit: the book has nothing for {audience}; nothing was written")
            return 1
        with progress(job.what) as update:
            made = render_files(job.what, material, job.format, update)
    _write(made, job, open_=open_)
    if comparison is not None and comparison.unread:
        unread = ", ".join(unread_names(comparison, names=True))
        raise ServkitError(f"compared without {unread}, which one side cannot read")
    return 0


def _write(made: list[File], job: _Job, *, open_: bool) -> None:
    """Write the files, or the one to stdout."""
    if job.to == "-":
        sys.stdout.buffer.write(made[0].data)
        sys.stdout.flush()
        return
    paths = file_paths(made, job.to)
    write_files([(path, file.data) for path, file in zip(paths, made, strict=True)])
    for path, file in zip(paths, made, strict=True):
        print_note(f"{path} ({max(round(len(file.data) / 1024), 1)} kB)")
    if open_:
        typer.launch(str(paths[0].resolve()))


def _comparison(job: _Job, book: CompiledBook, directory: Directory) -> Comparison | None:
    """What changed since the revision that was named; None where none was."""
    if job.since is None:
        return None
    from servkit.history.comparison import request_for  # only the sheet of changes compares
    from servkit.history.full_comparison import compare_fully, people_of
    from servkit.history.revision import Revision

    day = day_on(job.on, today_in(book.settings.timezone))
    with (
        closing(Revision(job.root, job.since, "-before")) as files,
        CompiledBook(job.root, cache_folder(os.environ), files=files) as before,
        Directory(before, job.root, job.customers, None, os.environ) as others,
    ):
        people = people_of(others, directory, os.environ)
        return compare_fully(
            before, book, request_for(day), people, lambda library: ServiceClock(library.settings), count=False
        )


def _material(job: _Job, book: CompiledBook, directory: Directory, comparison: Comparison | None) -> Material:
    revision, dirty = book.revision
    return Material(
        book,
        book.all(),
        job.audience,
        Edition(day_on(job.on, today_in(book.settings.timezone)), revision, dirty),
        read_theme(book.root, job.paper),
        directory.exact,
        lambda: ServiceClock(book.settings),
        job.per_page,
        job.questions,
        comparison,
        job.since or "",
    )


def _watch(job: _Job) -> None:
    """Render again whenever a file of the book changes. What goes wrong is reported, and the watch goes on."""
    print_note("watching the book; Ctrl-C ends it")
    before = _state(job.root)
    while True:
        time.sleep(WATCH_SECONDS)
        now = _state(job.root)
        if now != before:
            before = now
            try:
                _run(job)
            except ServkitError as fault:
                exit_code(fault, [])


def _state(root: Path) -> set[Any]:
    """What the file system says about the book and the company's theme."""
    found: set[Any] = set(walk(str(root)))
    for folder, _, names in os.walk(root / FOLDER):
        for path in (Path(folder, name) for name in names):
            with suppress(OSError):  # it has just gone
                found.add((str(path), path.stat().st_mtime_ns))
    return found
