"""A document is overdue for review.

Why: Nobody can vouch for a standard that nobody has read again. The date is a promise to everybody who relies on the
book.

Fix: Read the document again, change what has changed, and set the next date.

Options:

    grace  days after the review date before the finding appears (0)

Bad:

    kind: philosophy
    id: own-it
    title: Own it
    why: Nobody should have to tell their story twice.
    review_by: 2026-02-28  # here

Good:

    kind: philosophy
    id: own-it
    title: Own it
    why: Nobody should have to tell their story twice.
    review_by: 2026-03-01
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from servkit.lint.finding import Finding, at
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

CODE = "SK606"
SEVERITY = "warning"
SCOPE = "document"
OPTIONS = {"grace": 0}


def check(entries: Sequence[Entry], today: int, options: Mapping[str, Any]) -> Iterator[Finding]:
    last = date.fromordinal(max(today - options["grace"], 1)).isoformat()
    for entry in entries:
        day = entry.prose.get("review_by")
        if day is not None and day < last:
            message = f"{quoted(entry.id)} was due for review on {day}. Read it again and set the next date."
            yield at(entry, ("review_by",), message)
