"""A document does not say why.

Everything but customers and scenarios gives its reason, which is told to staff.

Why: people keep a rule whose reason they know, and know when to leave one. A rule without a reason is kept when it
should not be, and dropped when it matters.

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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry

CODE = "SK602"
SEVERITY = "error"


def check(entries: Sequence[Entry]) -> Iterator[Finding]:
    for entry in entries:
        if entry.kind not in ("customer", "scenario") and not says(entry.prose.get("why")):
            yield at(entry, (), f"{entry.id} does not say why; add `why:`, the reason as staff should hear it")
