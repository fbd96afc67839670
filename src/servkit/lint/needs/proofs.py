"""What can be proved of the book without a customer, from the day of the check on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.analysis.prove import Proofs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.analysis.evident import Evident
    from servkit.book.entries import Entry
    from servkit.book.library import Book


def glean(entries: Sequence[Entry], evident: Evident) -> list[tuple[str, int]]:
    """The documents that are not evidently fine, by path and line."""
    return [(entry.path, entry.line) for entry in evident.unsettled(entries)]


def proofs(book: Book, today: int, gleaned: Iterable[Iterable[tuple[str, int]]]) -> Proofs:
    """The proofs, each worked out when a rule first asks for it."""
    places = {place for part in gleaned for place in part}
    only = [entry for entry in book.entries if (entry.path, entry.line) in places] if places else ()
    return Proofs(book, today, only)
