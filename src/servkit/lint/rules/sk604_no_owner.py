"""A document has no owner.

The owner is the person or role who answers for it. Customers and scenarios need none.

Why: What belongs to everybody is looked after by nobody.

Fix: Add `owner` with a person or a role.

Bad:

    kind: philosophy  # here
    id: own-it

Good:

    kind: philosophy
    id: own-it
    owner: supervisor
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings

CODE = "SK604"
SEVERITY = "warning"
SCOPE = "document"


def check(entries: Sequence[Entry], settings: Settings) -> Iterator[Finding]:
    for entry in entries:
        if "owner" in settings.kinds[entry.kind].expected and not (entry.prose.get("owner") or "").strip():
            yield at(entry, (), f"{quoted(entry.id)} has no owner. Add `owner` with a person or a role.")
