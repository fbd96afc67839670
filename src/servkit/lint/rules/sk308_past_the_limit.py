"""A value, grant or promise goes beyond the limit of the term.

At the desk it is cut to the limit, so the customer never gets what the author wrote.

Why: A limit is a decision to stop there. To give more, raise the limit where everybody can see it.

Fix: Raise the limit, or give no more than it.

Bad:

    kind: policy
    id: returns
    rule: flexible
    terms:
      window:
        value: 30 days
        better: more
        limit: 90 days
        grant: {supervisor: 60 days, owner: 120 days}  # here

Good:

    kind: policy
    id: returns
    rule: flexible
    terms:
      window:
        value: 30 days
        better: more
        limit: 90 days
        grant: {supervisor: 60 days, owner: 90 days}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.overrides import typed
from servkit.book.problems import ValueProblem
from servkit.lint.finding import Finding, at
from servkit.lint.timelines import all_past, on_day
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.settings import Settings
    from servkit.book.terms import Term
    from servkit.lint.fixtures.overrides import Override
    from servkit.lint.fixtures.owned_terms import OwnedTerm
    from servkit.lint.fixtures.terms import Terms

CODE = "SK308"
SEVERITY = "error"


def check(
    owned_terms: Sequence[OwnedTerm], terms: Terms, overrides: Sequence[Override], settings: Settings
) -> Iterator[Finding]:
    for owned in owned_terms:
        if owned.term.better is None:
            continue
        for where, amount, limit in _bounded(owned.term):
            for day, message in _beyond(amount, limit, owned.term).items():
                yield at(owned.owner, owned.at(*where, *day), message)
    for override in overrides:
        beyond = [_override_beyond(override.amount, owned.term, settings) for owned in terms.get(override.ref, ())]
        if beyond and all(beyond):
            for day, message in beyond[0].items():
                yield at(override.entry, (*override.where, *day), message)


def _bounded(term: Term) -> Iterator[tuple[tuple[str | int, ...], Expression | None, Expression]]:
    """Every value and grant with the limit that bounds it."""
    own = term.limit
    if own is not None:
        yield ("value",), term.value, own
        for role, amount in term.grant.items():
            yield ("grant", role), amount, own
    for index, row in enumerate(term.rows):
        limit = row.limit if row.limit is not None else own
        if limit is None:
            continue
        yield ("cases", index, "value"), row.value, limit
        for role, amount in (row.grant or {}).items():
            yield ("cases", index, "grant", role), amount, limit
        if row.value is None and row.limit is not None:
            yield ("cases", index, "limit"), term.value, row.limit


def _beyond(amount: Expression | None, limit: Expression | None, term: Term) -> dict[tuple[str, ...], str]:
    """Messages about what is beyond the limit, by the key of its day."""
    messages: dict[tuple[str, ...], str] = {}
    for day, value, bound in all_past(amount, limit, str(term.better)):
        message = (
            f"`{value}` is beyond the limit of {quoted(term.ref)}, so the desk would show `{bound}`."
            " Change the limit or the value."
        )
        messages.setdefault(on_day(amount, day), message)
    return messages


def _override_beyond(amount: Expression, term: Term, settings: Settings) -> dict[tuple[str, ...], str]:
    """Messages about an override that is beyond every limit that the term may have."""
    if term.fixed or term.better is None:
        return {}
    limits = [row.limit if row.limit is not None else term.limit for row in term.rows]
    try:
        value = typed(amount, term, settings)
    except ValueProblem:
        return {}
    beyond = [_beyond(value, limit, term) for limit in (term.limit, *limits)]
    return beyond[0] if all(beyond) else {}
