"""A document has no title.

Every document needs one, except customers.

Why: Staff know a document by its title, on the screen and on paper. An id is for files.

Fix: Add `title`.

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
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings

CODE = "SK601"
SEVERITY = "error"
SCOPE = "document"


def check(entries: Sequence[Entry], settings: Settings) -> Iterator[Finding]:
    for entry in entries:
        if "title" in settings.kinds[entry.kind].expected and not says(entry.prose.get("title")):
            yield at(entry, (), f"{quoted(entry.id)} has no title. Add `title` with the name that staff use.")
