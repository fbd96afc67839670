"""A unit looks mistyped, or an amount was read as text.

A word that counts something is nearly a unit, a clock or a currency. A word that occurs more than once in the book is
accepted. `--fix` corrects a word that differs only in capital letters.

Why: `30 dayz` is 30 of something called dayz. It doesn't compare with any duration, and no clock counts it.

Fix: Correct the unit. Write `type: text` for a value that is meant as text.

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

from typing import TYPE_CHECKING

from servkit.book.literals import read
from servkit.book.units import CURRENCIES, UNITS, near_unit
from servkit.lint.finding import Edit, Finding, Fix, at, place_of
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.settings import Settings
    from servkit.lint.fixtures.counted_nouns import CountedNoun

CODE = "SK314"
SEVERITY = "warning"


def check(counted_nouns: Sequence[CountedNoun], settings: Settings) -> Iterator[Finding]:
    for counted in counted_nouns:
        is_declared = counted.noun.casefold() in settings.vocabulary.units
        if is_declared or read(counted.text, settings.vocabulary).type != "number":
            continue
        unit = near_unit(counted.noun, settings.vocabulary)
        if unit is not None:
            number = counted.text.split()[0]
            if unit in UNITS and number != "1":
                unit = unit.rstrip("s") + "s"
            message = f"{quoted(counted.text)} counts {quoted(counted.noun)}. Did you mean `{number} {unit}`?"
            yield at(counted.entry, counted.where, message, fix=_fix(counted))


def _fix(counted: CountedNoun) -> Fix | None:
    """The right capitals: only a difference in capitals is surely a mistake."""
    right = counted.noun.upper() if counted.noun.upper() in CURRENCIES else counted.noun.lower()
    if right not in UNITS and right not in CURRENCIES:
        return None
    edit = Edit(*place_of(counted.entry, counted.where), counted.text, counted.text[: -len(counted.noun)] + right)
    return Fix(f"write `{right}`", (edit,))
