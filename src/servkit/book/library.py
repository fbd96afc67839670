"""Where resolution gets its documents from: a whole book in memory, or a compiled one on disk."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.book.entries import Entry
    from servkit.book.problems import Problem
    from servkit.book.settings import Settings


class Library(Protocol):
    """What resolution asks of a book. Every list is in the order of id, path and line, whatever the order of files."""

    @property
    def root(self) -> Path:
        """The folder of the book."""

    @property
    def settings(self) -> Settings: ...

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be read, and so is in no answer."""

    def segments(self) -> Sequence[Entry]: ...

    def applicable(self, area: str | None) -> Sequence[Entry]:
        """The documents that may be restricted and name this area; those that name none for None."""

    def everything(self) -> Sequence[Entry]:
        """All documents that may be restricted."""

    def versions(self, kind: str, id_: str) -> Sequence[Entry]: ...

    def carrying_out(self, id_: str) -> Sequence[Entry]:
        """The procedures that carry out a standard or policy."""

    def remarks(self, path: str) -> Sequence[Problem]:
        """Problems of a file whose documents are in the book all the same."""

    @property
    def made(self) -> dict[Any, Any]:
        """What others have made of the book, by keys of their own: it is kept as long as the book."""


class Book:
    """A whole book in memory. What is looked up in it is put in order when somebody first asks."""

    def __init__(
        self,
        settings: Settings,
        entries: Iterable[Entry],
        problems: Sequence[Problem] = (),
        remarks: Sequence[Problem] = (),
        root: Path | None = None,
    ) -> None:
        self.settings = settings
        #: The folder it was read from; customers' files are named from there.
        self.root = root or Path()
        self.problems = sorted(problems)
        self.entries = sorted(entries, key=attrgetter("kind", "id", "path", "line"))
        self._remarks: dict[str, list[Problem]] = defaultdict(list)
        for remark in sorted(remarks):
            self._remarks[remark.path].append(remark)
        self.made: dict[Any, Any] = {}

    @cached_property
    def _ordered(self) -> list[Entry]:
        return sorted(self.entries, key=attrgetter("id", "path", "line"))

    @cached_property
    def _segments(self) -> list[Entry]:
        return [entry for entry in self._ordered if entry.kind == "segment"]

    @cached_property
    def _everything(self) -> list[Entry]:
        return [entry for entry in self._ordered if entry.kind in self.settings.applicable]

    @cached_property
    def _versions(self) -> dict[tuple[str, str], list[Entry]]:
        out: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self._ordered:
            out[entry.kind, entry.id].append(entry)
        return out

    @cached_property
    def _areas(self) -> dict[str | None, list[Entry]]:
        out: dict[str | None, list[Entry]] = defaultdict(list)
        for entry in self._everything:
            for area in entry.list("areas") or (None,):
                out[area].append(entry)
        return out

    @cached_property
    def _carriers(self) -> dict[str, list[Entry]]:
        out: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._ordered:
            for id_ in entry.list("carries_out") if entry.kind == "procedure" else ():
                out[id_].append(entry)
        return out

    def segments(self) -> Sequence[Entry]:
        return self._segments

    def applicable(self, area: str | None) -> Sequence[Entry]:
        return self._areas.get(area, ())

    def everything(self) -> Sequence[Entry]:
        return self._everything

    def versions(self, kind: str, id_: str) -> Sequence[Entry]:
        return self._versions.get((kind, id_), ())

    def carrying_out(self, id_: str) -> Sequence[Entry]:
        return self._carriers.get(id_, ())

    def remarks(self, path: str) -> Sequence[Problem]:
        return self._remarks.get(path, ())

    def all_remarks(self) -> list[Problem]:
        """The remarks on all files."""
        return [remark for remarks in self._remarks.values() for remark in remarks]
