"""What moves terms: what segments set, and what customers were promised, in documents or in scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry

_KEYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("segment", ("sets",)),
    ("customer", ("promised",)),
    ("scenario", ("customer", "promised")),
)


class Move(NamedTuple):
    """A value for a term, untyped yet, and where it stands."""

    entry: Entry
    where: tuple[str | int, ...]
    ref: str
    amount: Expression

    @property
    def promised(self) -> bool:
        return self.entry.kind != "segment"


def moves(kinds: Mapping[str, Sequence[Entry]]) -> Sequence[Move]:
    """Every one of them."""
    return [
        Move(entry, (*where, ref), ref, amount)
        for kind, where in _KEYS
        for entry in kinds[kind]
        for ref, amount in entry.moves.items()
    ]
