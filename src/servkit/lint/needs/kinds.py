"""The documents by kind."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.book.entries import Entry


def kinds(entries: Sequence[Entry]) -> Mapping[str, Sequence[Entry]]:
    """The entries of each kind, in the order of the book; an empty list for a kind of which there is none."""
    out: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        out[entry.kind].append(entry)
    return out
