"""Two philosophies have the same rank.

When two philosophies conflict, the lower rank wins: 1 before 2.

Why: When safety and speed conflict at the door, the technician has to decide alone.

Fix: Give them different ranks.

Bad:

    kind: philosophy
    id: keep-our-word
    rank: 1
    ---
    kind: philosophy
    id: safe-first
    rank: 1  # here

Good:

    kind: philosophy
    id: keep-our-word
    rank: 2
    ---
    kind: philosophy
    id: safe-first
    rank: 1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at
from servkit.lint.timelines import has_expired
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

CODE = "SK509"
SEVERITY = "error"


def check(kinds: Mapping[str, Sequence[Entry]], today: int) -> Iterator[Finding]:
    seen: dict[int, Entry] = {}
    for entry in sorted(kinds["philosophy"], key=lambda entry: (entry.path, entry.line)):
        rank = entry.logic.get("rank")
        if rank is None or has_expired(entry, today):
            continue
        first = seen.setdefault(rank, entry)
        if first.id != entry.id:
            message = f"{quoted(first.id)} also has rank {rank}. Change one, so that it is clear which one wins."
            yield at(entry, ("rank",), message)
