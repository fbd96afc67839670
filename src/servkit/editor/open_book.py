"""A book that is open in an editor: what its files and the texts that are not saved yet mean together.

What a file says of itself is found at once (:meth:`OpenBook.change`). Checking the whole book takes longer, so it is a
matter of its own (:meth:`OpenBook.check`), which may run beside everything else; what it found is then adopted.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.discovery import SETTINGS
from servkit.book.files import ignored
from servkit.book.library import Book
from servkit.book.reader import FileContent, read_documents
from servkit.book.slips.losses import may_lose_text
from servkit.book.yaml_reader import compose
from servkit.cache.overlay import Overlay
from servkit.lint.engine import lint
from servkit.lint.finding import Finding, from_problem
from servkit.lint.ignores import find_ignores
from servkit.lint.loader import LoadedBook, load, settings_problems
from servkit.names.symbols import Symbols

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from servkit.book.entries import Entry
    from servkit.book.problems import Problem
    from servkit.book.settings import Settings


#: The compiled form of a book with texts that are not saved.
_SLOT = "-editor"


class Checked(NamedTuple):
    """The whole book as it was checked. ``found`` are the findings by path; for texts that were open, without what
    :meth:`OpenBook.change` finds by itself."""

    loaded: LoadedBook
    found: Mapping[str, list[Finding]]
    texts: Mapping[str, bytes]


class OpenBook:
    """The book in a folder. ``today`` gives the day in a time zone; ``cache`` is the folder for compiled books."""

    def __init__(self, root: Path, cache: Path | None, today: Callable[[str], date]) -> None:
        self.root, self._cache, self._today = root, cache, today
        #: The texts that are open in the editor, by path.
        self.texts: dict[str, bytes] = {}
        self._loaded: LoadedBook | None = None
        self._checked: Checked | None = None
        self._entries: dict[str, list[Entry]] = {}
        self._found: dict[str, list[Finding]] = {}

    # --- what there is --------------------------------------------------------------------------------------------

    @property
    def files(self) -> Overlay:
        """The files with the open texts, as they are at this moment."""
        return Overlay(self.root, dict(self.texts), _SLOT)

    def read(self, path: str) -> bytes | None:
        """What a file holds now, saved or not."""
        return Overlay(self.root, self.texts, _SLOT).read(path, [])

    @property
    def settings(self) -> Settings | None:
        """The settings, as they could last be read; None where they never could."""
        return self._loaded.book.settings if self._loaded is not None and self._loaded.book is not None else None

    @cached_property
    def book(self) -> Book:
        """The book with every document as it could last be read. Ask for it where there are settings."""
        assert self._loaded is not None
        assert self._loaded.book is not None
        old = self._loaded.book
        entries = [entry for entries in self._entries.values() for entry in entries]
        return Book(old.settings, entries, old.problems, old.all_remarks(), self.root)

    @cached_property
    def symbols(self) -> Symbols:
        """All that has a name. Ask for it where there are settings."""
        return Symbols(self.book.settings, self.book.entries)

    @property
    def paths(self) -> list[str]:
        """All files of the book, with servkit.yaml."""
        known = self._loaded.paths if self._loaded is not None else []
        return sorted({SETTINGS, *known, *self.texts})

    # --- one file -------------------------------------------------------------------------------------------------

    def change(self, path: str, raw: bytes) -> list[Finding]:
        """Take a text from the editor, and return what can be said at once."""
        self.texts[path] = raw
        return self._look_at(path)

    def close(self, path: str) -> None:
        """The editor let go of a text: the file is what counts again."""
        self.texts.pop(path, None)
        self._found.pop(path, None)

    def findings(self, path: str) -> list[Finding]:
        """What is known of a file: what it says of itself now, and what was last found in the whole book."""
        if path not in self.texts:
            return self._checked.found.get(path, []) if self._checked is not None else []
        found = list(self._found.get(path, []))
        if self._checked is not None:
            before = self._checked.texts.get(path)
            late = self._checked.found.get(path, [])
            found += late if before is None else moved(late, before, self.texts[path])
        return list({(one.line, one.column, one.code, one.message): one for one in found}.values())

    def _look_at(self, path: str) -> list[Finding]:
        raw = self.texts[path]
        if self._loaded is None or self._loaded.book is None:
            problems = list(_reading_problems(path, raw))
            self._found[path] = problems
            return problems
        content, found = findings_of(self._loaded, self.book, path, raw, self._today, self.files)
        self._found[path] = found
        if content is not None:
            self._keep(path, content)
        return self.findings(path)

    def look_at(self, path: str, raw: bytes) -> list[Finding]:
        """What could be said at once of another text for a file."""
        if self._loaded is None or self._loaded.book is None:
            return list(_reading_problems(path, raw))
        files = Overlay(self.root, {**self.texts, path: raw}, _SLOT)
        return findings_of(self._loaded, self.book, path, raw, self._today, files)[1]

    def _keep(self, path: str, content: FileContent) -> None:
        """The new documents of a file; where it can't all be read, the others stay what they were."""
        entries = list(content.entries)
        if content.problems:
            there = {(entry.kind, entry.id) for entry in entries}
            entries += [entry for entry in self._entries.get(path, ()) if (entry.kind, entry.id) not in there]
        self._entries[path] = entries
        self._forget()

    def _forget(self) -> None:
        for name in ("book", "symbols"):
            self.__dict__.pop(name, None)

    # --- the whole book -------------------------------------------------------------------------------------------

    def check(self, files: Overlay, pause: Callable[[], object]) -> Checked:
        """Check the whole book in one state. It changes nothing here, so another thread may do it; ``pause`` is called
        now and then, and may raise to end it. Raises BookError where there is no book any more."""
        pause()
        texts = files.texts
        unsaved = {path: raw for path, raw in texts.items() if not _is_saved(files, path, raw)}
        files = Overlay(files.root, unsaved, _SLOT)
        loaded = load(self.root, self._cache, files=files)
        pause()
        report = lint(loaded, self._today(loaded.timezone), pause=pause)
        found: dict[str, list[Finding]] = {}
        for finding in report.findings:
            found.setdefault(finding.path, []).append(finding)
        if loaded.book is not None:
            for path, raw in texts.items():
                early = {one.order for one in findings_of(loaded, loaded.book, path, raw, self._today, files)[1]}
                found[path] = [one for one in found.get(path, ()) if one.order not in early]
        return Checked(loaded, found, texts)

    def adopt(self, checked: Checked) -> set[str]:
        """Take what a check found. Returns the files of which there may be something new to say."""
        before = set(self._checked.found) if self._checked is not None else set()
        self._checked = checked
        if checked.loaded.book is not None:
            self._loaded = checked.loaded
            self._entries = {}
            for entry in checked.loaded.book.entries:
                self._entries.setdefault(entry.path, []).append(entry)
            self._forget()
        for path in self.texts:
            self._look_at(path)
        return before | set(checked.found) | set(self.texts)


def findings_of(
    loaded: LoadedBook, book: Book, path: str, raw: bytes, today: Callable[[str], date], files: Overlay
) -> tuple[FileContent | None, list[Finding]]:
    """What can be said of a file by itself, with the names in it looked up in the book; and what it holds, None where
    it is servkit.yaml or is none of the book's."""
    settings = book.settings
    comments = find_ignores(raw) if b"servkit:" in raw else []
    only = loaded._replace(
        files=files, paths=[path], ignores={path: comments} if comments else {}, lossy=[], problems=[]
    )
    if path == SETTINGS:
        problems: list[Problem] = []
        sources = compose(path, raw, problems)
        problems += settings_problems(sources, problems)
        source = sources[0] if sources else None
        report = lint(only._replace(book=None, settings_source=source, problems=problems), today(settings.timezone))
        return None, list(report.findings)
    if ignored(path, settings.ignore):
        return None, []
    content = read_documents(path, raw, settings)
    part = Book(settings, content.entries, content.problems, content.remarks, loaded.root)
    only = only._replace(
        book=part, problems=[*content.problems, *content.remarks], lossy=[path] if may_lose_text(raw) else []
    )
    return content, list(lint(only, today(settings.timezone), within=book).findings)


def moved(findings: Iterable[Finding], before: bytes, after: bytes) -> list[Finding]:
    """Findings about a text, moved to where their lines are now; those on lines that changed are left out."""
    if before == after:
        return list(findings)
    old, new = before.splitlines(), after.splitlines()
    most = min(len(old), len(new))
    head = next((place for place in range(most) if old[place] != new[place]), most)
    tail = next((place for place in range(most - head) if old[-1 - place] != new[-1 - place]), most - head)
    shift = len(new) - len(old)
    out = []
    for finding in findings:
        if finding.line <= head:
            out.append(finding)
        elif finding.line > len(old) - tail:
            out.append(finding._replace(line=finding.line + shift, fix=None))
    return out


def _reading_problems(path: str, raw: bytes) -> list[Finding]:
    """What is wrong with a text as YAML, which can be said before the book is loaded."""
    problems: list[Problem] = []
    compose(path, raw, problems)
    return [from_problem(problem)._replace(severity="error") for problem in problems]


def _is_saved(files: Overlay, path: str, raw: bytes) -> bool:
    """Whether a file holds an open text already."""
    return super(Overlay, files).read(path, []) == raw
