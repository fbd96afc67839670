"""A document is never shown, because nothing leads to it.

A philosophy is shown with the standards that name it. A recovery or a script without an area is shown only where
another document names it; a script can also be found by its shortcode. SK412 covers segments that have no effect.

Why: Its author believes that staff follow it, and staff never see it.

Fix: Name it in another document, give it an area, or give a script a shortcode.

Bad:

    kind: philosophy
    id: own-it  # here

Good:

    kind: philosophy
    id: own-it
    ---
    kind: standard
    id: complaints
    philosophies: [own-it]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.book.references import References
    from servkit.lint.fixtures.broken_documents import BrokenDocuments

CODE = "SK207"
SEVERITY = "warning"
_REASONS = {
    "philosophy": "no standard names it. Name it under `philosophies` in a standard.",
    "recovery": "it has no area and no standard names it. Give it an `area`, or name it in a standard (`recovery`).",
    "script": "it has no area and no shortcode, and nothing names it. Give it an `area` or a shortcode (`short`).",
}


def check(
    kinds: Mapping[str, Sequence[Entry]], references: References, broken_documents: BrokenDocuments
) -> Iterator[Finding]:
    for kind, reason in _REASONS.items():
        for entry in kinds[kind]:
            # a scenario that names the document shows it to nobody
            is_named = any(reference.entry.kind != "scenario" for reference in references.to(kind, entry.id))
            if is_named or _is_findable(entry) or broken_documents.mentions(entry.id):
                continue
            yield at(entry, ("id",), f"Nobody will ever see the {kind} {quoted(entry.id)}: {reason}")


def _is_findable(entry: Entry) -> bool:
    """Whether a document is found without being named."""
    return entry.kind != "philosophy" and bool(entry.list("areas") or entry.logic.get("short"))
