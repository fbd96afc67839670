"""A value, grant or promise goes past the term's limit.

At the desk the value is shown at the limit, so it is never what the author wrote.

Why: a limit is the point at which somebody decided to stop. Whoever needs more raises the limit, where it is seen.

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

from servkit.answer.moves import typed
from servkit.book.problem import ValueProblem
from servkit.lint.finding import Finding, at
from servkit.lint.timelines import first_past

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.terms import Term
    from servkit.lint.needs.owned import Owned
    from servkit.lint.needs.terms import Terms

CODE = "SK308"
SEVERITY = "error"


def check_each(owned: Sequence[Owned]) -> Iterator[Finding]:
    for one in owned:
        if one.term.better is None:
            continue
        for where, amount, limit in _bounded(one.term):
            if message := _past(amount, limit, one.term):
                yield at(one.owner, one.at(*where), message)


def check(terms: Terms, kinds: Mapping[str, Sequence[Entry]], settings: Settings) -> Iterator[Finding]:
    for kind, key in (("segment", "sets"), ("customer", "promised")):
        for entry in kinds[kind]:
            for ref, amount in entry.moves.items():
                found = [_moved_past(amount, owned.term, settings) for owned in terms.get(ref, ())]
                if found and all(found):
                    yield at(entry, (key, ref), f"{ref}: {found[0]}")


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


def _past(amount: Expression | None, limit: Expression | None, term: Term) -> str | None:
    found = first_past(amount, limit, str(term.better))
    return f"{found[0]} is past the limit {found[1]}; the desk would show the limit" if found else None


def _moved_past(amount: Expression, term: Term, settings: Settings) -> str | None:
    """What a segment sets or a promise names is past every limit the term may have."""
    if term.fixed or term.better is None:
        return None
    limits = [row.limit if row.limit is not None else term.limit for row in term.rows]
    try:
        value = typed(amount, term, settings)
    except ValueProblem:
        return None
    found = [_past(value, limit, term) for limit in (term.limit, *limits)]
    return found[0] if all(found) else None
