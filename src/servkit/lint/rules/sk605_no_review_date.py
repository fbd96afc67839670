"""A document has no review date.

Customers and scenarios need none.

Why: Standards become outdated without anybody noticing. A date makes somebody read them again.

Fix: Add `review_by` with a day within a year.

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
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings

CODE = "SK605"
SEVERITY = "warning"
SCOPE = "document"


def check(entries: Sequence[Entry], settings: Settings) -> Iterator[Finding]:
    for entry in entries:
        if "review_by" in settings.kinds[entry.kind].expected and entry.prose.get("review_by") is None:
            yield at(entry, (), f"{quoted(entry.id)} has no review date. Add `review_by` with a day within a year.")
