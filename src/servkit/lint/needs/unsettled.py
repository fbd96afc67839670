"""The documents of which it is not evident by themselves that they are fine: the proofs look at no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.analysis.evident import Evident
    from servkit.book.entries import Entry


def glean(entries: Sequence[Entry], evident: Evident) -> list[tuple[str, int]]:
    """Such documents of a part, by path and line."""
    return [(entry.path, entry.line) for entry in evident.unsettled(entries)]


def unsettled(entries: Sequence[Entry], gleaned: Iterable[Iterable[tuple[str, int]]]) -> Sequence[Entry]:
    """Such documents of the book."""
    places = {place for part in gleaned for place in part}
    return [entry for entry in entries if (entry.path, entry.line) in places] if places else ()
