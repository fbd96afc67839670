"""A document has no title.

Every document but a customer's has one.

Why: at the desk and on paper a document goes by its title; an id is for files.

Bad:

    kind: philosophy  # here
    id: own-it
    why: Nobody should have to tell their story twice.

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

CODE = "SK601"
SEVERITY = "error"


def check(entries: Sequence[Entry]) -> Iterator[Finding]:
    for entry in entries:
        if entry.kind != "customer" and not says(entry.prose.get("title")):
            yield at(entry, (), f"{entry.id} has no title; add `title:`, as staff will read it")
