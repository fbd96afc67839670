"""A book without one of its documents, for asking what difference it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.book.problems import Problem
    from servkit.book.settings import Settings


class Without:
    """A library that is a book, but for one document; nothing is copied."""

    def __init__(self, book: Library, hidden: Entry) -> None:
        self.book, self.hidden = book, hidden

    @property
    def settings(self) -> Settings:
        return self.book.settings

    @property
    def problems(self) -> Sequence[Problem]:
        return self.book.problems

    def segments(self) -> Sequence[Entry]:
        return self._but(self.book.segments())

    def applicable(self, area: str | None) -> Sequence[Entry]:
        return self._but(self.book.applicable(area))

    def everything(self) -> Sequence[Entry]:
        return self._but(self.book.everything())

    def versions(self, kind: str, id_: str) -> Sequence[Entry]:
        return self._but(self.book.versions(kind, id_))

    def carrying_out(self, id_: str) -> Sequence[Entry]:
        return self._but(self.book.carrying_out(id_))

    def remarks(self, path: str) -> Sequence[Problem]:
        return self.book.remarks(path)

    def _but(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        return [entry for entry in entries if entry is not self.hidden]
