"""``servkit render``."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servkit.cli.shared import options
from servkit.cli.shared.errors import exit_code
from servkit.cli.shared.output import check_format, print_note

if TYPE_CHECKING:
    from servkit.handout.material import Material
    from servkit.handout.renderer import File

#: Work that is done sooner than this is not worth a progress bar.
SOON = 0.4
WATCH_SECONDS = 0.5


def _sheets() -> list[str]:
    from servkit.handout import sheets

    return sheets.names()


def _formats() -> list[str]:
    from servkit.handout import formats

    return formats.names()


def render(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", help="handbook, card, roleplay, quiz, quiz-key, checklist or all.", autocompletion=_sheets
        ),
    ],
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="PATH", help="A file, a folder, or - for stdout. Left out: WHAT in this folder."),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="html, pdf, docx or md; for a quiz also csv, gift or anki. Left out: as PATH ends, else html.",
            autocompletion=_formats,
        ),
    ] = None,
    area: Annotated[
        str | None,
        typer.Option("--area", metavar="AREA", help="Only what belongs to an area.", autocompletion=options.areas),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option("--role", metavar="ROLE", help="Only what is for a role.", autocompletion=options.roles),
    ] = None,
    level: Annotated[
        str | None, typer.Option("--level", metavar="LEVEL", help="Up to a level: synthetic, genuine or super.")
    ] = None,
    segment: Annotated[
        str | None, typer.Option("--segment", metavar="SEGMENT", help="Only what is for customers in a segment.")
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option(
            "--channel", metavar="CHANNEL", help="Only what is for a channel.", autocompletion=options.channels
        ),
    ] = None,
    office: Annotated[str | None, typer.Option("--office", metavar="NAME", help="Only what is for an office.")] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="LANG", help="The language to print in.")] = None,
    on: options.On = None,
    paper: Annotated[str | None, typer.Option("--paper", metavar="PAPER", help="a4 or letter.")] = None,
    per_page: Annotated[int, typer.Option("--per-page", metavar="4|8", help="Role-play cards on a sheet.")] = 4,
    questions: Annotated[
        int, typer.Option("--questions", metavar="N", help="Questions in a quiz at most; 0 for all.", min=0)
    ] = 24,
    open_: Annotated[bool, typer.Option("--open", help="Open it when it is written.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Write it again whenever the book changes; Ctrl-C ends it.")
    ] = False,
    book: options.Book = None,
) -> int:
    """Print the book for training: a handbook, cards for the wall, role-plays, a quiz, checklists.

    \b
    servkit render handbook --to handbook.html
    servkit render card --area returns --role technician --to card.pdf
    servkit render quiz --format gift --to - > quiz.gift
    servkit render all --to handouts/ --format pdf

    Exits 1 where the book has nothing for what was asked.
    """
    from servkit.handout.filters import Filters

    filters = Filters(area, role, level, segment, channel, office, lang)
    job = _Job(what, to, format_, filters, on, paper, per_page, questions, book)
    code = job.run(open_=open_)
    if watch:
        job.watch()
    return code


class _Job:
    """One rendering, that can be done again."""

    def __init__(
        self,
        what: str,
        to: str | None,
        format_: str | None,
        filters: Any,
        on: str | None,
        paper: str | None,
        per_page: int,
        questions: int,
        book: Path | None,
    ) -> None:
        import os

        from servkit.book.location import find_root
        from servkit.book.problems import ServkitError
        from servkit.handout import formats, sheets
        from servkit.handout.theme import PAPERS

        sheets.module(what)
        self.what, self.to, self.filters, self.on, self.paper = what, to, filters, on, paper
        self.per_page, self.questions = per_page, questions
        self.format = format_ or (formats.by_suffix(Path(to).suffix) if to not in (None, "-") else None) or "html"
        formats.module(self.format)
        if paper is not None:
            check_format(paper, PAPERS)
        if per_page not in (4, 8):
            raise ServkitError("--per-page is 4 or 8")
        if to == "-" and what == "all":
            raise ServkitError("all makes several files; name a folder with --to")
        self.root = find_root(book, os.environ.get("SERVKIT_BOOK"), Path.cwd())

    def run(self, *, open_: bool = False) -> int:
        from servkit.cache.compiled_book import Shelf
        from servkit.handout.renderer import anything, places, render, write_whole

        with Shelf(self.root) as shelf:
            material = self._material(shelf)
            if shelf.problems:
                count = "1 finding" if len(shelf.problems) == 1 else f"{len(shelf.problems)} findings"
                print_note(f"servkit: {count}; what cannot be read is left out (servkit lint tells)")
            if not anything(material):
                whom = ", ".join(material.copy_for) or "a handout"
                print_note(f"servkit: the book has nothing for {whom}; nothing is written")
                return 1
            bar = _Bar(self.what)
            try:
                files = render(self.what, material, self.format, bar.tell)
            finally:
                bar.clear()
        if self.to == "-":
            sys.stdout.buffer.write(files[0].data)
            sys.stdout.flush()
            return 0
        paths = places(files, Path(self.to) if self.to and not self.to.endswith("/") else self._folder(files))
        write_whole([(path, file.data) for path, file in zip(paths, files, strict=True)])
        for path, file in zip(paths, files, strict=True):
            print_note(f"{path} ({max(round(len(file.data) / 1024), 1)} kB)")
        if open_:
            typer.launch(str(paths[0].resolve()))
        return 0

    def _folder(self, files: "list[File]") -> Path | None:
        """A path that ends in a stroke is a folder, though it may not be there yet."""
        if self.to is None:
            return None
        folder = Path(self.to)
        return folder / files[0].name if len(files) == 1 else folder

    def _material(self, shelf: Any) -> "Material":
        from servkit.handout.filters import Stamp
        from servkit.handout.material import Material
        from servkit.handout.theme import read_look

        revision, dirty = shelf.revision
        people = _People(shelf, self.root)
        return Material(
            shelf,
            shelf.all(),
            self.filters,
            Stamp(self._day(shelf), revision, dirty),
            read_look(self.root, self.paper),
            people.find,
            people.clock,
            self.per_page,
            self.questions,
        )

    def _day(self, shelf: Any) -> Any:
        from datetime import date

        from servkit.book.problems import ServkitError

        if self.on is None:
            return shelf.today
        try:
            return date.fromisoformat(self.on)
        except ValueError:
            raise ServkitError(f"--on: {self.on!r} is not a day such as 2026-03-01") from None

    def watch(self) -> None:
        """Render again whenever a file of the book changes; what goes wrong is told, and waited for."""
        from servkit.book.problems import ServkitError

        print_note("watching; Ctrl-C ends it")
        seen = self._stamps()
        while True:
            time.sleep(WATCH_SECONDS)
            now = self._stamps()
            if now != seen:
                seen = now
                try:
                    self.run()
                except ServkitError as fault:
                    exit_code(fault, [])

    def _stamps(self) -> set[Any]:
        """What the file system says of the book and of the company's look."""
        from servkit.book.discovery import walk
        from servkit.handout.theme import FOLDER

        look = self.root / FOLDER
        more = (
            {(str(path), path.stat().st_mtime_ns) for path in sorted(look.rglob("*")) if path.is_file()}
            if look.is_dir()
            else set()
        )
        return {*walk(str(self.root)), *more}


class _People:
    """Customers and clocks, loaded when a scenario asks for them."""

    def __init__(self, shelf: Any, root: Path) -> None:
        self.shelf, self.root = shelf, root
        self._found: Any = None

    def find(self, id_: str) -> Any:
        from servkit.customers.directory import Directory

        self._found = self._found or Directory(self.shelf, self.root)
        return self._found.exact(id_)

    def clock(self) -> Any:
        from servkit.clocks.service import ServiceClock

        return ServiceClock(self.shelf.settings)


class _Bar:
    """How far it is, on a terminal's stderr and only where it takes a while."""

    def __init__(self, what: str) -> None:
        self.what, self.start, self.shown = what, time.monotonic(), False
        self.terminal = sys.stderr.isatty()

    def tell(self, done: int, of: int) -> None:
        if not self.terminal or time.monotonic() - self.start < SOON:
            return
        full = 24 * done // max(of, 1)
        sys.stderr.write(f"\r{self.what} {'━' * full}{'─' * (24 - full)} {100 * done // max(of, 1):3} %")
        sys.stderr.flush()
        self.shown = True

    def clear(self) -> None:
        if self.shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
