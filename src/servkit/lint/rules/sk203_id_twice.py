"""An id is used twice.

Two documents of one kind may share an id only as versions whose dates don't overlap. On days on which they overlap,
neither is used. A standard and a policy may never share an id. Neither may two customer documents, or two rows of one
customer file; the first one is used.

Why: Whoever looks up the id would get one of the two, and nobody could say which.

Fix: Rename one of them, or change `effective` so that their dates don't overlap.

Bad:

    kind: philosophy
    id: own-it
    effective: {until: 2026-12-31}
    ---
    kind: philosophy
    id: own-it  # here
    effective: {from: 2026-12-31}

Good:

    kind: philosophy
    id: own-it
    effective: {until: 2026-12-30}
    ---
    kind: philosophy
    id: own-it
    effective: {from: 2026-12-31}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at, from_problems
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.problems import Problem
    from servkit.book.settings import Settings

CODE = "SK203"
SEVERITY = "error"
#: A last day for versions without one.
_FOREVER = 1 << 30


def check(entries: Sequence[Entry], customer_problems: Sequence[Problem], settings: Settings) -> Iterator[Finding]:
    yield from from_problems(customer_problems, CODE)
    first: dict[tuple[str, str], Entry] = {}
    versions: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        other = first.setdefault((entry.kind, entry.id), entry)
        if other is not entry:
            versions.setdefault((entry.kind, entry.id), [other]).append(entry)
    for group in versions.values():
        yield from _overlapping(group)
    for entry in entries:
        owners = (first[kind, entry.id] for kind in settings.owners if (kind, entry.id) in first)
        owner = next(owners, entry) if entry.owns_terms else entry
        if owner.kind != entry.kind:
            message = f"{quoted(entry.id)} is also the id of a {owner.kind} ({_place(owner)}). Rename one of them."
            yield at(entry, ("id",), message)


def _overlapping(versions: list[Entry]) -> Iterator[Finding]:
    """Versions whose dates overlap. Each is compared with the earlier version that ends last."""
    ordered = sorted(versions, key=lambda entry: (entry.period[0] or 0, entry.path, entry.line))
    last = ordered[0]
    for entry in ordered[1:]:
        if (last.period[1] or _FOREVER) >= (entry.period[0] or 0):
            later, other = (entry, last) if (entry.path, entry.line) > (last.path, last.line) else (last, entry)
            when = "" if entry.period == (None, None) == last.period else " on the same day"
            message = (
                f"Another {entry.kind} has the id {quoted(entry.id)}{when} ({_place(other)})."
                " Rename one of them, or make their dates not overlap."
            )
            yield at(later, ("id",), message)
        if (entry.period[1] or _FOREVER) > (last.period[1] or _FOREVER):
            last = entry


def _place(entry: Entry) -> str:
    return f"{entry.path}:{entry.line}"
