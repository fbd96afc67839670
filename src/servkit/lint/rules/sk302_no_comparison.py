"""Values stand side by side that do not compare with each other.

Seconds to weeks compare, months and years compare, a clock's hours compare with each other and its days with each
other, money in one currency, and things counted by one noun. The values of a term have to compare with its limit and
grants and, where it says what is better, with what is promised.

Why: is 3 weeks more or less than a month? The desk must not guess, and neither must the book.

Bad:

    kind: policy
    id: returns
    rule: flexible
    terms:
      window: {value: 30 days, better: more, limit: 3 months}  # here

Good:

    kind: policy
    id: returns
    rule: flexible
    terms:
      window: {value: 30 days, better: more, limit: 90 days}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.moves import typed
from servkit.book.problem import ValueProblem
from servkit.lint.finding import Finding, at
from servkit.lint.timelines import plain_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.lint.needs.owned import Owned
    from servkit.lint.needs.terms import Terms

CODE = "SK302"
SEVERITY = "error"


def check(terms: Terms, kinds: Mapping[str, Sequence[Entry]], settings: Settings) -> Iterator[Finding]:
    for kind, key in (("segment", "sets"), ("customer", "promised")):
        for entry in kinds[kind]:
            for ref, amount in entry.moves.items():
                owners = [owned for owned in terms.get(ref, ()) if not owned.term.fixed]
                if owners and all(_apart(amount, owned, settings, kind) for owned in owners):
                    other = next(plain_values(_first(owners[0])))
                    yield at(entry, (key, ref), f"{ref}: this does not compare with {other}; use the unit of the term")


def _first(owned: Owned) -> Expression | None:
    return owned.term.value or next((row.value for row in owned.term.rows if row.value is not None), None)


def _apart(amount: Expression, owned: Owned, settings: Settings, kind: str) -> bool:
    """Whether a moved value does not compare with what it will be held against."""
    term = owned.term
    held = bool(term.limit or term.grant or any(row.limit or row.grant for row in term.rows))
    if not term.better or not (held or kind == "customer"):
        return False
    family = next((value.family for value in plain_values(_first(owned))), None)
    try:
        return family is not None and any(
            value.family != family for value in plain_values(typed(amount, term, settings))
        )
    except ValueProblem:
        return False
