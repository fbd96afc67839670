"""A standard has a speed target where the customer sets the pace.

The customer sets the pace in an area if one of its standards has the tag `customers-pace`, or if the option `areas`
lists the area. A speed target is a `target` on a standard with a duration of which less is better.

Why: Staff hurry what is measured. Somebody who is grieving, confused or furious needs a person who has time.

Fix: Measure something other than the time, or move the target to a standard for other areas.

Options:

    areas  areas where the customer sets the pace (none)
    tag    the tag of a standard that says so (customers-pace)

Bad:

    kind: standard
    id: sorry-call
    area: returns
    tags: [customers-pace]
    target: 90 %  # here
    terms:
      length: {value: 6 minutes, better: less}

Good:

    kind: standard
    id: sorry-call
    area: returns
    tags: [customers-pace]
    listen_for: ["What they have not said yet."]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.lint.finding import Finding, at
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

CODE = "SK508"
SEVERITY = "warning"
SCOPE = "document"
OPTIONS: dict[str, Any] = {"areas": (), "tag": "customers-pace"}


def check(kinds: Mapping[str, Sequence[Entry]], options: Mapping[str, Any]) -> Iterator[Finding]:
    unhurried_areas = set(options["areas"])
    for entry in kinds["standard"]:
        if _is_tagged(entry, options["tag"]):
            unhurried_areas.update(entry.list("areas"))
    for entry in kinds["standard"]:
        unhurried = next((area for area in entry.list("areas") if area in unhurried_areas), None)
        if (unhurried or _is_tagged(entry, options["tag"])) and entry.prose.get("target") is not None:
            timed = (name for name, term in entry.terms.items() if term.type == "duration" and term.better == "less")
            name = next(timed, None)
            if name is not None:
                where = f"In {quoted(unhurried)}" if unhurried else "Here"
                promise = quoted(f"{entry.id}.{name}")
                message = f"{where} the customer sets the pace, and this hurries {promise}. Measure something else."
                yield at(entry, ("target",), message)


def _is_tagged(entry: Entry, tag: str) -> bool:
    tags = entry.prose.get("tags")
    return tag == tags or (isinstance(tags, list) and tag in tags)
