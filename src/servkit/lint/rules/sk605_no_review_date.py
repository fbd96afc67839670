"""A document has no day on which it will be read again.

Customers and scenarios need none.

Why: standards age without anybody noticing. A date is a small promise that somebody will.

Bad:

    kind: philosophy  # here
    id: own-it

Good:

    kind: philosophy
    id: own-it
    review_by: 2027-03-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry

CODE = "SK605"
SEVERITY = "warning"


def check(entries: Sequence[Entry]) -> Iterator[Finding]:
    for entry in entries:
        if entry.kind not in ("customer", "scenario") and entry.prose.get("review_by") is None:
            yield at(entry, (), f"{entry.id} has no review date; add `review_by:`, a day within the next year or so")
