"""A currency is unknown.

Three capital letters stand where a currency belongs, and ISO 4217 does not have them.

Why: An amount in an unknown currency cannot be compared or paid.

Fix: Correct the code.

Bad:

    kind: policy
    id: late-fee
    rule: fixed
    terms:
      amount: 25 USS  # here

Good:

    kind: policy
    id: late-fee
    rule: fixed
    terms:
      amount: 25 USD
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.amounts import Plain
from servkit.book.literals import doubt, read
from servkit.book.problems import ValueProblem
from servkit.lint.finding import Finding, at
from servkit.lint.timelines import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.lint.fixtures.overrides import Override
    from servkit.lint.fixtures.terms import Terms

CODE = "SK313"
SEVERITY = "error"
_Placed = tuple["Entry", tuple[str | int, ...], Any]


def check(
    kinds: Mapping[str, Sequence[Entry]], overrides: Sequence[Override], terms: Terms, settings: Settings
) -> Iterator[Finding]:
    """The reader looks at what has a type where it stands; these get theirs from a term, attribute or fact."""
    for entry, where, text in (*_of_overrides(overrides, terms), *_of_scenarios(kinds["scenario"], terms, settings)):
        try:
            value = read(text, settings.clocks) if isinstance(text, str) else None
        except ValueProblem:
            continue
        if value is not None and value.type == "money" and (slip := doubt(value)):
            yield at(entry, where, f"{slip}. Correct the code.")


def _of_overrides(overrides: Sequence[Override], terms: Terms) -> Iterator[_Placed]:
    for override in overrides:
        if any(owned.term.type == "money" for owned in terms.get(override.ref, ())):
            for day, part in parts(override.amount):
                if isinstance(part, Plain):
                    yield override.entry, (*override.where, *day), part.value.amount


def _of_scenarios(entries: Sequence[Entry], terms: Terms, settings: Settings) -> Iterator[_Placed]:
    money = {name for name, variable in settings.names.items() if variable.type == "money"}

    def is_money(ref: str) -> bool:
        return any(owned.term.type == "money" for owned in terms.get(ref, ())[:1])

    for entry in entries:
        who, expect = entry.prose.get("customer"), entry.prose.get("expect") or {}
        for where, data, known in (
            (("given", "facts"), entry.prose["given"].get("facts"), money.__contains__),
            (("customer", "attributes"), who.get("attributes") if isinstance(who, dict) else None, money.__contains__),
            (("expect", "terms"), expect.get("terms"), is_money),
            (("expect", "you_may"), expect.get("you_may"), is_money),
        ):
            yield from ((entry, (*where, name), raw) for name, raw in (data or {}).items() if known(name))
