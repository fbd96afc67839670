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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.lint.broken import Broken
    from servkit.lint.fixtures.references import References

CODE = "SK207"
SEVERITY = "warning"
_MENDING = {
    "philosophy": "no standard names it; name it under `philosophies`, or take it away",
    "recovery": "it has no area and no standard names it; give it an area, or name it under `recovery`",
    "script": "it has no area and no shortcode, and nothing names it; give it one of these",
}


def check(kinds: Mapping[str, Sequence[Entry]], references: References, broken: Broken) -> Iterator[Finding]:
    for kind, mending in _MENDING.items():
        for entry in kinds[kind]:
            named = any(found.entry.kind != "scenario" for found in references.to(kind, entry.id))  # tests lead nobody
            if _comes_up(entry) or named or broken.mentions(entry.id):
                continue
            yield at(entry, ("id",), f"nobody will ever see {kind} {entry.id!r}: {mending}")


def _comes_up(entry: Entry) -> bool:
    return entry.kind != "philosophy" and bool(entry.list("areas") or entry.logic.get("short"))
