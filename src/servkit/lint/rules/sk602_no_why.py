"""A document doesn't say why.

Every document gives its reason to staff, except customers and scenarios.

Why: People who know the reason for a rule keep it, and know when it doesn't fit. Without a reason, a rule is followed
when it should not be, and dropped when it matters.

Fix: Add `why`, in the words in which staff should hear it.

Bad:

    kind: philosophy  # here
    id: own-it
    title: Own it

Good:

    kind: philosophy
    id: own-it
    title: Own it
    why: Nobody should have to tell their story twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at
from servkit.lint.fixtures.texts import says
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings

CODE = "SK602"
SEVERITY = "error"
SCOPE = "document"


def check(entries: Sequence[Entry], settings: Settings) -> Iterator[Finding]:
    for entry in entries:
        if "why" in settings.kinds[entry.kind].expected and not says(entry.prose.get("why")):
            yield at(entry, (), f"{quoted(entry.id)} doesn't say why. Add `why` with the reason for staff.")
