"""The day on which a document was to be reviewed has passed.

Why: a standard that nobody has read again is one that nobody stands behind. The date is a promise to the people who
rely on the book.

Options:

    grace  for so many days after the review date nothing is said (0)

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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

CODE = "SK606"
SEVERITY = "warning"
OPTIONS = {"grace": 0}


def check(entries: Sequence[Entry], today: int, options: Mapping[str, Any]) -> Iterator[Finding]:
    last = date.fromordinal(max(today - options["grace"], 1)).isoformat()
    for entry in entries:
        day = entry.prose.get("review_by")
        if day is not None and day < last:
            yield at(
                entry, ("review_by",), f"{entry.id} was due for review on {day}; read it again and set the next day"
            )
