"""Two values that belong together can't be compared.

Seconds to weeks compare with each other. So do months and years, the hours of one clock, the days of one clock, amounts
of money in one currency, and numbers of the same thing. The values of a term have to compare with its limit and its
grants. If the term says what is `better`, they also have to compare with what is promised.

Why: Are 30 days more or less than a month? Staff should not have to guess.

Fix: Write both values in the same unit.

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

from servkit.answer.overrides import typed
from servkit.book.amounts import Dated
from servkit.book.literals import doubt
from servkit.book.problems import ValueProblem
from servkit.lint.finding import Finding, at
from servkit.lint.timelines import meetings, on_day, parts, plain_values
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.settings import Settings
    from servkit.book.terms import Term
    from servkit.book.values import Value
    from servkit.lint.fixtures.overrides import Override
    from servkit.lint.fixtures.owned_terms import OwnedTerm
    from servkit.lint.fixtures.terms import Terms

    Where = tuple[str | int, ...]

CODE = "SK302"
SEVERITY = "error"
SCOPE = "document"


def check(
    owned_terms: Sequence[OwnedTerm], terms: Terms, overrides: Sequence[Override], settings: Settings
) -> Iterator[Finding]:
    for owned in owned_terms:
        if owned.dated:
            for where, message in dict(_incomparable_days(owned.term)).items():
                yield at(owned.owner, owned.at(*where), message)
    for override in overrides:
        owners = [owned for owned in terms.get(override.ref, ()) if not owned.term.fixed]
        incomparable = [_incomparable_part(override, owned, settings) for owned in owners]
        if incomparable and incomparable[0] is not None and all(incomparable):
            where, value = incomparable[0]
            own = next(plain_values(_first_amount(owners[0])))
            message = f"`{value}` can't be compared with the `{own}` of {quoted(override.ref)}. Use the same unit."
            yield at(override.entry, (*override.where, *where), message)


def _incomparable_days(term: Term) -> Iterator[tuple[Where, str]]:
    """Dated values that do not compare on some later day. The reader reports those that never do."""
    for key, where, bound, at_value, value in _pairs(term):
        if bound is None or value is None or not (isinstance(bound, Dated) or isinstance(value, Dated)):
            continue
        if next(plain_values(bound)).family != next(plain_values(value)).family:
            continue
        for day, amount, own in meetings(bound, value):
            if amount.family != own.family:
                place = (*where, *on_day(bound, day)) if isinstance(bound, Dated) else (*at_value, *on_day(value, day))
                yield place, f"The {key} `{amount}` can't be compared with `{own}`. Use the same unit."


def _pairs(term: Term) -> Iterator[tuple[str, Where, Expression | None, Where, Expression | None]]:
    """Every limit and grant with the value that it bounds, and the places of both."""
    rows = [(("cases", index), row.value, row.limit, row.grant) for index, row in enumerate(term.rows)]
    for row, value, limit, grant in (((), term.value, term.limit, term.grant), *rows):
        at_value = (*row, "value") if value is not None else ("value",)
        own_row: Where = row if limit is not None else ()
        yield "limit", (*own_row, "limit"), limit or term.limit, at_value, value or term.value
        own_row = row if grant is not None else ()
        for role, amount in (term.grant if grant is None else grant).items():
            yield "grant", (*own_row, "grant", role), amount, at_value, value or term.value


def _first_amount(owned: OwnedTerm) -> Expression | None:
    return owned.term.value or next((row.value for row in owned.term.rows if row.value is not None), None)


def _incomparable_part(
    override: Override, owned: OwnedTerm, settings: Settings
) -> tuple[tuple[str, ...], Value] | None:
    """The part of an override that does not compare with the value, limit and grants of the term, and its place."""
    term = owned.term
    is_compared = bool(term.limit or term.grant or any(row.limit or row.grant for row in term.rows))
    if not term.better or not (is_compared or override.promised):
        return None
    family = next((value.family for value in plain_values(_first_amount(owned))), None)
    try:
        amounts = parts(typed(override.amount, term, settings)) if family is not None else ()
        values = [(where, value) for where, part in amounts for value in plain_values(part)]
    except ValueProblem:
        return None
    return next(((where, value) for where, value in values if value.family != family and not doubt(value)), None)
