"""A document can never come before anybody: nothing refers to it, and nothing else brings it up.

A philosophy is told with the standards that name it. A recovery or a script without an area is found by those who name
it (a script by its shortcode as well). Segments that change nothing are SK412's.

Why: a page that nobody is led to is written for nobody, and looks like a rule that is kept.

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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.lint.fixtures.broken_documents import BrokenDocuments
    from servkit.lint.fixtures.references import References

CODE = "SK207"
SEVERITY = "warning"
_MENDING = {
    "philosophy": "no standard names it; name it under `philosophies`, or take it away",
    "recovery": "it has no area and no standard names it; give it an area, or name it under `recovery`",
    "script": "it has no area and no shortcode, and nothing names it; give it one of these",
}


def check(
    kinds: Mapping[str, Sequence[Entry]], references: References, broken_documents: BrokenDocuments
) -> Iterator[Finding]:
    for kind, mending in _MENDING.items():
        for entry in kinds[kind]:
            named = any(found.entry.kind != "scenario" for found in references.to(kind, entry.id))  # tests lead nobody
            if _comes_up(entry) or named or broken_documents.mentions(entry.id):
                continue
            yield at(entry, ("id",), f"nobody will ever see {kind} {entry.id!r}: {mending}")


def _comes_up(entry: Entry) -> bool:
    return entry.kind != "philosophy" and bool(entry.list("areas") or entry.logic.get("short"))
