"""What can be proved of the book without a customer, from the day of the check on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.analysis.prove import Proofs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.entries import Entry
    from servkit.book.library import Book


def proofs(book: Book, today: int, unsettled: Sequence[Entry]) -> Proofs:
    """The proofs, each worked out when a rule first asks for it."""
    return Proofs(book, today, unsettled)
