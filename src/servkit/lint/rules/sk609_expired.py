"""A document has expired, and nothing has taken its place.

No later version of it is in the book, and no document that holds refers to it (SK607 is about that).

Why: Its author may believe that it still holds. Nobody at the desk sees it.

Fix: If it still holds, extend `effective`. If something else holds now, write that under the same id, with the day from
which it does. If it is kept as a record, say so: `# servkit: ignore[SK609] kept as a record`.

Bad:

    kind: philosophy
    id: own-it
    effective: {from: 2024-01-01, until: 2025-12-31}  # here

Good:

    kind: philosophy
    id: own-it
    effective: {from: 2024-01-01, until: 2026-12-31}
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at
from servkit.lint.timelines import expired, has_expired
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.references import References
    from servkit.lint.fixtures.templates import Template

CODE = "SK609"
SEVERITY = "info"


def check(
    entries: Sequence[Entry], references: References, templates: Sequence[Template], today: int
) -> Iterator[Finding]:
    over = expired(entries, today)
    said = _said(templates, today) if over else set()
    for (kind, id_), (day, versions) in over.items():
        names = [(kind, id_), *(("term", f"{id_}.{name}") for one in versions for name in one.prose.get("terms") or ())]
        used = (found.entry for name in dict.fromkeys(names) for found in references.to(*name))
        if any(user.kind != "scenario" and not has_expired(user, today) for user in used):
            continue
        if versions[0].owns_terms and id_ in said:
            continue
        entry = max(versions, key=lambda version: version.period[1] or 0)
        message = (
            f"{quoted(id_)} expired on {date.fromordinal(day)}, so nobody sees it. If it still holds, extend "
            "`effective`. If something else holds now, write its next version."
        )
        yield at(entry, ("effective",), message)


def _said(templates: Sequence[Template], today: int) -> set[str]:
    """The documents whose terms scripts name."""
    names = (place.name for one in templates if not has_expired(one.entry, today) for place in one.placeholders)
    return {name.split(".")[1] for name in names if name.startswith("terms.")}
