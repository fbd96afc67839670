"""Where resolution gets its documents from: a whole book in memory, or a compiled one on disk."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

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


class Book:
    """A whole book in memory."""

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
        self._versions: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._areas: dict[str | None, list[Entry]] = defaultdict(list)
        self._carriers: dict[str, list[Entry]] = defaultdict(list)
        ordered = sorted(self.entries, key=attrgetter("id", "path", "line"))
        self._segments = [entry for entry in ordered if entry.kind == "segment"]
        self._everything = [entry for entry in ordered if entry.kind in settings.applicable]
        for entry in ordered:
            self._versions[entry.kind, entry.id].append(entry)
            if entry.kind in settings.applicable:
                for area in entry.list("areas") or (None,):
                    self._areas[area].append(entry)
            if entry.kind == "procedure":
                for id_ in entry.list("carries_out"):
                    self._carriers[id_].append(entry)

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
