"""The terms, each with the document that owns it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.book.entries import Entry
    from servkit.book.terms import Term


class Owned(NamedTuple):
    """A term, the document that owns it, and where it stands there. Several versions of a document own several."""

    owner: Entry
    term: Term
    short: bool

    def at(self, *steps: str | int) -> tuple[str | int, ...]:
        """The place of a part of the term; of the term, where it is written in the short form."""
        where: tuple[str | int, ...] = ("terms", self.term.ref.partition(".")[2])
        return where if self.short else (*where, *steps)


def owned(entries: Iterable[Entry]) -> Sequence[Owned]:
    """Every term of the documents, in their order."""
    out: list[Owned] = []
    for entry in entries:
        if "terms" in entry.logic:
            raw = entry.prose["terms"]
            out += [Owned(entry, term, not isinstance(raw[name], dict)) for name, term in entry.terms.items()]
    return out
