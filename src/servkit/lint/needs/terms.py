"""The terms by reference, with the documents that own them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.book.entries import OWNERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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


class Terms(dict[str, "list[Owned]"]):
    """Terms by reference; ``all`` in the order of the book."""

    @property
    def all(self) -> Iterator[Owned]:
        return (owned for found in self.values() for owned in found)


def terms(kinds: Mapping[str, Sequence[Entry]]) -> Terms:
    """Every term by its reference."""
    out = Terms()
    for kind in OWNERS:
        for entry in kinds[kind]:
            raw = entry.prose.get("terms") or {}
            for name, term in entry.terms.items():
                out.setdefault(term.ref, []).append(Owned(entry, term, not isinstance(raw.get(name), dict)))
    return out
