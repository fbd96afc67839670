"""A document refers to one that has expired.

Scenarios are not checked: each has its own day.

Why: The reference leads to what was true last year.

Fix: Extend the expired document, or refer to another one.

Bad:

    kind: script
    id: winter-offer
    effective: {until: 2026-02-28}
    say: We have a winter offer for you.
    ---
    kind: standard
    id: hello
    say: [winter-offer]  # here

Good:

    kind: script
    id: winter-offer
    effective: {until: 2026-03-31}
    say: We have a winter offer for you.
    ---
    kind: standard
    id: hello
    say: [winter-offer]
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from servkit.book.entries import OWNERS
from servkit.lint.finding import Finding, at
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.lint.fixtures.places import Places
    from servkit.lint.fixtures.references import References
    from servkit.lint.fixtures.templates import Template

CODE = "SK607"
SEVERITY = "error"


def check(
    entries: Sequence[Entry], references: References, templates: Sequence[Template], places: Places, today: int
) -> Iterator[Finding]:
    dated = {(entry.kind, entry.id) for entry in entries if "period" in entry.logic}
    versions: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries if dated else ():
        if (entry.kind, entry.id) in dated:
            versions[entry.kind, entry.id].append(entry)
    last = {name: max(entry.period[1] or 1 << 30 for entry in found) for name, found in versions.items()}
    ended = {name: day for name, day in last.items() if day < today}
    for (kind, id_), day in ended.items():
        names = [(kind, id_)]
        if kind in OWNERS:
            names += [("term", ref) for entry in versions[kind, id_] for ref in _refs(entry)]
        for reference in (found for name in dict.fromkeys(names) for found in references.to(*name)):
            entry = reference.entry
            if entry.kind != "scenario" and (entry.period[1] or today) >= today:
                yield at(entry, reference.where, _message(reference.id, day), key=reference.key)
    owners = {id_: day for (kind, id_), day in ended.items() if kind in OWNERS}
    there = (
        {entry.id for entry in entries if entry.kind in OWNERS and (entry.kind, entry.id) not in ended}
        if owners
        else ()
    )
    for template in templates if owners else ():
        if (template.entry.period[1] or today) >= today:
            for name in dict.fromkeys(found.name for found in template.placeholders if found.name.startswith("terms.")):
                id_ = name.split(".")[1]
                if id_ in owners and id_ not in there:
                    message = _message(name.removeprefix("terms."), owners[id_])
                    yield places.within(template.entry, template.where, name, message)


def _message(name: str, day: int) -> str:
    return f"{quoted(name)} expired on {date.fromordinal(day)}. Extend it, or refer to another document."


def _refs(entry: Entry) -> Iterator[str]:
    return (f"{entry.id}.{name}" for name in entry.prose.get("terms") or ())
