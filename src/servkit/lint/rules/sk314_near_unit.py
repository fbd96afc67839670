"""A unit looks mistyped, or an amount was read as text.

A word that counts something is nearly a unit, a clock or a currency, such as `30 dayz`. A word that occurs more than
once in the book is accepted. Abbreviations and units of other languages (`30 mins`, `3 Tage`, `25 euros`) are always
reported, and so are amounts that can't be read, such as `€25` or `half an hour`. `--fix` corrects a word that differs
only in capital letters.

Why: `30 dayz` is 30 of something called dayz. It doesn't compare with any duration, and no clock counts it.

Fix: Write the form that the message shows. Write `type: text` for a value that is meant as text.

Bad:

    kind: policy
    id: returns
    rule: fixed
    terms:
      window: 30 dayz  # here
      reply: 30 mins  # here
      credit: €25  # here

Good:

    kind: policy
    id: returns
    rule: fixed
    terms:
      window: 30 days
      reply: 30 minutes
      credit: 25 EUR
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.literals import read
from servkit.book.units import CURRENCIES, UNITS, near_unit
from servkit.book.written_form import written_form
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
        is_code = counted.noun.upper() in CURRENCIES  # `2 pen` may be two pens
        form = None if is_code else written_form(counted.text, settings.currency)
        if form is not None:
            message = f"{quoted(counted.text)} counts something called {quoted(counted.noun)}. Write {quoted(form)}."
            yield at(counted.entry, counted.where, message, fix=_fix(counted))
        elif counted.once and (unit := near_unit(counted.noun, settings.vocabulary)) is not None:
            number = counted.text.split()[0]
            if unit in UNITS and number != "1":
                unit = unit.rstrip("s") + "s"
            message = (
                f"{quoted(counted.text)} counts something called {quoted(counted.noun)}. "
                f"Did you mean `{number} {unit}`?"
            )
            yield at(counted.entry, counted.where, message, fix=_fix(counted))


def _fix(counted: CountedNoun) -> Fix | None:
    """The right capitals: only a difference in capitals is surely a mistake."""
    right = counted.noun.upper() if counted.noun.upper() in CURRENCIES else counted.noun.lower()
    if right not in UNITS and right not in CURRENCIES:
        return None
    edit = Edit(*place_of(counted.entry, counted.where), counted.text, counted.text[: -len(counted.noun)] + right)
    return Fix(f"write `{right}`", (edit,))
