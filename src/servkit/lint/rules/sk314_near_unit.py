"""A value looks like a slip: a noun that is nearly a unit, clock or currency, or an amount that was read as text.

A noun that occurs more than once in the book is taken for what it says. ``--fix`` mends what differs in capitals only.

Why: ``30 dayz`` is thirty of something that is called dayz. It compares with no duration, and no clock counts it.

Bad:

    kind: policy
    id: returns
    rule: fixed
    terms:
      window: 30 dayz  # here

Good:

    kind: policy
    id: returns
    rule: fixed
    terms:
      window: 30 days
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from servkit.book.typed import read
from servkit.book.units import CURRENCIES, UNITS, near_unit, singular
from servkit.lint.finding import Edit, Finding, Fix, at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings

CODE = "SK314"
SEVERITY = "warning"
_COUNTED = re.compile(r"-?[0-9][0-9.]*\s+([^\W\d_]\S*)\Z")
_KEYS = ("terms", "sets", "promised", "when", "attributes")
Where = tuple[str | int, ...]


def check(entries: Sequence[Entry], settings: Settings) -> Iterator[Finding]:
    found: defaultdict[str, list[tuple[Entry, Where, str, str]]] = defaultdict(list)
    for entry in entries:
        for key in _KEYS:
            if key in entry.prose:
                for where, text, noun in _counted(entry.prose[key], (key,)):
                    found[singular(noun).casefold()].append((entry, where, text, noun))
    for uses in found.values():
        entry, where, text, noun = uses[0]
        if len(uses) > 1 or read(text, settings.clocks).type != "number":
            continue
        unit = near_unit(noun, settings.clocks)
        if unit is not None:
            if unit in UNITS and text.split()[0] != "1":
                unit = unit.rstrip("s") + "s"
            message = f"{text!r} counts {noun!r}; did you mean {text.split()[0]} {unit}?"
            yield at(entry, where, message, fix=_fix(entry, where, text, noun))


def _counted(data: Any, where: Where) -> Iterator[tuple[Where, str, str]]:
    """The texts that look like an amount of something that is no unit."""
    if isinstance(data, str):
        hit = _COUNTED.match(data)
        if hit and hit[1] not in UNITS and hit[1] not in CURRENCIES:
            yield where, data, hit[1]
    elif isinstance(data, dict):
        for key, item in data.items():
            if key not in ("title", "why", "of"):
                yield from _counted(item, (*where, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _counted(item, (*where, index))


def _fix(entry: Entry, where: Where, text: str, noun: str) -> Fix | None:
    """Capitals are the one slip that cannot have been meant."""
    right = noun.upper() if noun.upper() in CURRENCIES else noun.lower()
    if right not in UNITS and right not in CURRENCIES:
        return None
    assert entry.source is not None
    return Fix(f"write {right}", (Edit(*entry.source.place(where), text, text[: -len(noun)] + right),))
