"""A dated value, limit or grant begins later than its document.

Before its first day, a dated value doesn't exist: the term is not offered, and the limit limits nobody.

Why: Nobody notices the gap until a customer is affected by it.

Fix: Add the value for the time before, or let `effective` begin on the same day.

Bad:

    kind: policy
    id: rates
    rule: fixed
    terms:
      missed:
        value:
          2027-01-01: 32 USD  # here

Good:

    kind: policy
    id: rates
    rule: fixed
    effective: {from: 2027-01-01}
    terms:
      missed:
        value:
          2027-01-01: 32 USD
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from servkit.book.amounts import Dated
from servkit.lint.finding import Finding, at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.terms import Term
    from servkit.lint.fixtures.owned_terms import OwnedTerm

CODE = "SK317"
SEVERITY = "error"
SCOPE = "document"


def check(owned_terms: Sequence[OwnedTerm], today: int) -> Iterator[Finding]:
    for owned in owned_terms:
        if not owned.dated:
            continue
        first_day = max(owned.owner.period[0] or 1, today)
        for kind, where, amount in _amounts(owned.term):
            if not isinstance(amount, Dated) or amount.by is not None:
                continue
            if amount.steps[0][0] > first_day:
                first = date.fromordinal(amount.steps[0][0]).isoformat()
                day = date.fromordinal(first_day).isoformat()
                message = (
                    f"This {kind} begins on {first}, and there is none on {day}. Add the one that holds until then."
                )
                yield at(owned.owner, (*owned.at(*where), first), message, key=True)


def _amounts(term: Term) -> Iterator[tuple[str, tuple[str | int, ...], Expression | None]]:
    yield "value", ("value",), term.value
    yield "limit", ("limit",), term.limit
    for role, amount in term.grant.items():
        yield "grant", ("grant", role), amount
    for index, row in enumerate(term.rows):
        yield "value", ("cases", index, "value"), row.value
        yield "limit", ("cases", index, "limit"), row.limit
        for role, amount in (row.grant or {}).items():
            yield "grant", ("cases", index, "grant", role), amount
