"""A currency is unknown.

Three capital letters stand where a currency belongs, and ISO 4217 doesn't have them.

Why: An amount in an unknown currency can't be compared or paid.

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
from servkit.lint.scenario_values import scenario_values
from servkit.lint.timelines import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.lint.fixtures.overrides import Override
    from servkit.lint.fixtures.terms import Terms

    Where = tuple[str | int, ...]

CODE = "SK313"
SEVERITY = "error"
SCOPE = "document"


def check(
    kinds: Mapping[str, Sequence[Entry]], overrides: Sequence[Override], terms: Terms, settings: Settings
) -> Iterator[Finding]:
    """The reader checks values whose type is known where they are written. These get theirs from a term, attribute or
    fact."""
    for entry, where, text in (*_in_overrides(overrides, terms), *_in_scenarios(kinds["scenario"], terms, settings)):
        try:
            value = read(text, settings.vocabulary) if isinstance(text, str) else None
        except ValueProblem:
            continue
        if value is not None and value.type == "money" and (reason := doubt(value)):
            yield at(entry, where, f"{reason}. Correct the code.")


def _in_overrides(overrides: Sequence[Override], terms: Terms) -> Iterator[tuple[Entry, Where, Any]]:
    for override in overrides:
        if any(owned.term.type == "money" for owned in terms.get(override.ref, ())):
            for day, part in parts(override.amount):
                if isinstance(part, Plain):
                    yield override.entry, (*override.where, *day), part.value.amount


def _in_scenarios(entries: Sequence[Entry], terms: Terms, settings: Settings) -> Iterator[tuple[Entry, Where, Any]]:
    for entry in entries:
        for value in scenario_values(entry, terms, settings):
            if value.owner.type == "money":
                yield entry, value.where, value.raw
