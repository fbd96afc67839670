"""Giving something in a book another name, in every place where it stands, and nowhere else.

A renaming is planned as a whole and looked at again before anything is written: the new texts are read, and every name
in them has to stand for what it stood for before. Otherwise nothing is changed, and an error says which place is in the
way.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.discovery import SETTINGS
from servkit.book.files import read_bytes
from servkit.book.problems import ServkitError
from servkit.book.reader import make_settings
from servkit.book.yaml_reader import compose
from servkit.files import write_files
from servkit.names.occurrences import occurrences
from servkit.names.scalars import yaml_documents
from servkit.names.sources import check_sources
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from servkit.book.problems import Problem
    from servkit.book.settings import Settings
    from servkit.customers.directory import Directory
    from servkit.names.occurrences import Occurrence
    from servkit.names.symbols import Symbol, Symbols

_MARK = "\ufeff"


class Place(NamedTuple):
    """A name that changes: its line and column (from 1), the characters of the file's text, and both words.

    ``start`` and ``end`` may reach over the whole text that the name stands in, where it has to be quoted anew.
    """

    line: int
    column: int
    start: int
    end: int
    old: str
    new: str


class ChangedFile(NamedTuple):
    """A file before and after a renaming, with the places that change in it. ``edits`` say what comes in the place of
    which characters of the file's text, a mark at its start aside."""

    path: str
    before: bytes
    after: bytes
    places: tuple[Place, ...]
    edits: tuple[tuple[int, int, str], ...]


class Renaming(NamedTuple):
    """A renaming that is ready to be made."""

    old: Symbol
    new: Symbol
    files: tuple[ChangedFile, ...]

    @property
    def place_count(self) -> int:
        """How many places change."""
        return sum(len(file.places) for file in self.files)

    def write(self, root: Path) -> None:
        """Write all files, or none. Raises ServkitError where one cannot be written, or has changed meanwhile."""
        for file in self.files:
            if read_bytes(str(root), file.path, []) != file.before:
                raise ServkitError("the file has changed meanwhile; nothing was written. Try again", path=file.path)
        try:
            write_files({root / file.path: file.after for file in self.files})
        except OSError as fault:
            reason = fault.strerror or str(fault)
            folder = Path(fault.filename).parent if isinstance(fault.filename, str) else root
            raise ServkitError(f"can't be written: {reason}. Nothing was changed", path=str(folder)) from fault


def plan_renaming(
    old: Symbol,
    name: str,
    symbols: Symbols,
    paths: Iterable[str],
    read: Callable[[str], bytes | None],
    directory: Directory,
) -> Renaming:
    """Plan to give something another name. ``paths`` are the files of the book, with servkit.yaml, and ``read`` gives
    what each holds; ``directory`` is that of its customers. Raises ServkitError where the name is none or is taken, and
    where something would come to mean something else."""
    new = symbols.check_free(old, name)
    check_sources(old, new, directory)
    names = _Names(old, new, symbols)
    texts = {path: raw for path in sorted(paths) if (raw := read(path)) is not None and names.may_be_in(raw)}
    changed = {path: file for path, raw in texts.items() if (file := names.changed(path, raw)) is not None}
    settings = symbols.settings
    if SETTINGS in changed:
        settings = make_settings(changed[SETTINGS].after, [], SETTINGS)
    for path, raw in texts.items():
        names.check(path, raw, changed[path].after if path in changed else raw, settings)
    return Renaming(old, new, tuple(changed.values()))


class _Names:
    """The names in the files that may hold the old or the new one."""

    def __init__(self, old: Symbol, new: Symbol, symbols: Symbols) -> None:
        self.old, self.new = old, new
        self.before, self.after = symbols, symbols.renamed(old, new)
        self.words = [symbol.name.rpartition(".")[2] if symbol.kind == "term" else symbol.name for symbol in (old, new)]

    def may_be_in(self, raw: bytes) -> bool:
        """Whether a file may hold either name; where characters are escaped or composed, nobody can tell."""
        return b"\\" in raw or any(not word.isascii() or word.encode() in raw for word in self.words)

    def meaning(self, occurrence: Occurrence) -> Symbol | None:
        """What a name stands for before the renaming."""
        return self.before.meant(occurrence.kinds, occurrence.name)

    def changed(self, path: str, raw: bytes) -> ChangedFile | None:
        """The file with the new name; None where the old one is not in it."""
        self._check_readable(path, raw)
        text, found = names_in(path, raw, self.before.settings)
        mine = [one for one in found if self.meaning(one) == self.old]
        if not mine:
            return None
        edits, places = [], []
        for scalar, parts in groupby(mine, key=lambda one: one.scalar):
            several = list(parts)
            edits.append(scalar.written(text, [(one.at, one.end, self.words[1]) for one in several]))
            places += [self._place(text, one) for one in several]
        after = text
        for start, end, new in reversed(edits):
            after = after[:start] + new + after[end:]
        mark = _MARK if raw.startswith(_MARK.encode()) else ""
        return ChangedFile(path, raw, (mark + after).encode(), tuple(places), tuple(edits))

    def _place(self, text: str, occurrence: Occurrence) -> Place:
        start, end = occurrence.span(text)
        line, column = place_at(text, start)
        return Place(line, column, start, end, occurrence.word, self.words[1])

    def _check_readable(self, path: str, raw: bytes) -> None:
        problems: list[Problem] = []
        compose(path, raw, problems)
        if problems and self.words[0].encode() in raw:
            first = problems[0]
            message = f"this can't be read, and {quoted(self.words[0])} is in the file; mend it first (servkit lint)"
            raise ServkitError(message, path=path, line=first.line, column=first.column)

    def check(self, path: str, raw: bytes, new: bytes, settings: Settings) -> None:
        """Raises ServkitError where a name comes to stand for something else."""
        text, before = names_in(path, raw, self.before.settings)
        _, after = names_in(path, new, settings)
        for one, other in zip(before, after, strict=False):
            meant, means = self.meaning(one), self.after.meant(other.kinds, other.name)
            if self._expected(meant) != means:
                line, column = place_at(text, one.span(text)[0])
                what = f"the {means.kind} {quoted(means.name)}" if means is not None else "nothing"
                message = f"{quoted(one.word)} would then mean {what}. Choose another name; nothing was changed"
                raise ServkitError(message, path=path, line=line, column=column)
        if len(before) != len(after):
            raise ServkitError("this file would be read otherwise under the new name; nothing was changed", path=path)

    def _expected(self, meant: Symbol | None) -> Symbol | None:
        if meant == self.old:
            return self.new
        if meant is not None and meant.kind == "term" and self.old.kind in self.before.settings.owners:
            id_, _, name = meant.name.partition(".")
            return meant._replace(name=f"{self.new.name}.{name}") if id_ == self.old.name else meant
        return meant


def place_at(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1) of a character of a text."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def names_in(path: str, raw: bytes, settings: Settings) -> tuple[str, list[Occurrence]]:
    """The text of a file of the book, and the names in it."""
    text, documents = yaml_documents(raw)
    is_settings = path == SETTINGS
    return text, [one for document in documents for one in occurrences(document, settings, is_settings=is_settings)]
