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

from datetime import date
from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at
from servkit.lint.timelines import expired, has_expired
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.references import References
    from servkit.lint.fixtures.places import Places
    from servkit.lint.fixtures.templates import Template

CODE = "SK607"
SEVERITY = "error"


def check(
    entries: Sequence[Entry], references: References, templates: Sequence[Template], places: Places, today: int
) -> Iterator[Finding]:
    ended = expired(entries, today)
    for (kind, id_), (day, versions) in ended.items():
        names = [(kind, id_)]
        if versions[0].owns_terms:
            names += [("term", f"{id_}.{name}") for entry in versions for name in entry.prose.get("terms") or ()]
        for reference in (reference for name in dict.fromkeys(names) for reference in references.to(*name)):
            entry = reference.entry
            if entry.kind != "scenario" and not has_expired(entry, today):
                yield at(entry, reference.where, _message(reference.id, day), key=reference.key)
    ended_owners = {id_: day for (_, id_), (day, versions) in ended.items() if versions[0].owns_terms}
    for entry in entries:
        if entry.owns_terms and (entry.kind, entry.id) not in ended:
            ended_owners.pop(entry.id, None)  # a standard and a policy may have one id by mistake
    for template in templates if ended_owners else ():
        if not has_expired(template.entry, today):
            for name in dict.fromkeys(place.name for place in template.placeholders if place.name.startswith("terms.")):
                if (id_ := name.split(".")[1]) in ended_owners:
                    message = _message(name.removeprefix("terms."), ended_owners[id_])
                    yield places.within(template.entry, template.where, name, message)


def _message(name: str, day: int) -> str:
    return f"{quoted(name)} expired on {date.fromordinal(day)}. Extend it, or refer to another document."
