"""The terms, each with the document that owns it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.book.amounts import Dated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.book.entries import Entry
    from servkit.book.terms import Row, Term


class Owned(NamedTuple):
    """A term, the document that owns it, and where it stands there. Several versions of a document own several."""

    owner: Entry
    term: Term
    short: bool
    #: Whether a value, limit or grant of it is another one from some day on.
    dated: bool

    def at(self, *steps: str | int) -> tuple[str | int, ...]:
        """The place of a part of the term; of the term, where it is written in the short form."""
        where: tuple[str | int, ...] = ("terms", self.term.ref.partition(".")[2])
        return where if self.short else (*where, *steps)


def owned(entries: Iterable[Entry]) -> Sequence[Owned]:
    """Every term of the documents, in their order."""
    return [owned_by(entry, name) for entry in entries if "terms" in entry.logic for name in entry.terms]


def owned_by(entry: Entry, name: str) -> Owned:
    """A term of a document."""
    term = entry.terms[name]
    return Owned(entry, term, not isinstance(entry.prose["terms"][name], dict), _dated(term))


def _dated(term: Term) -> bool:
    worths: Iterable[Term | Row] = (term, *term.rows) if term.rows else (term,)
    for worth in worths:
        if type(worth.value) is Dated or type(worth.limit) is Dated:
            return True
        if worth.grant and any(type(amount) is Dated for amount in worth.grant.values()):
            return True
    return False
