"""Completing a case with what amounts are worked out from, so that a term comes to one value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from servkit.answer.case import Case, Customer
from servkit.book.amounts import Counted, Dated, Plain
from servkit.book.values import Value, amount_value, date_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servkit.book.amounts import Expression
    from servkit.book.settings import Settings


def complete(case: Case, amounts: Iterable[Expression | None], settings: Settings) -> Case:
    """The case with a value for every name that the amounts need and that is not known yet."""
    attributes = dict(case.customer.attributes) if case.customer is not None else {}
    given = dict(case.given)
    for name, value in _ingredients(amounts, case.on, settings):
        if name not in attributes and name not in given:
            (given if settings.names[name].fact else attributes)[name] = value
    somebody = case.customer or Customer("-", "Somebody", {})
    customer = somebody._replace(attributes=attributes) if attributes else case.customer
    return case._replace(given=given, customer=customer)


def _ingredients(amounts: Iterable[Expression | None], today: date, settings: Settings) -> Iterator[tuple[str, Value]]:
    for amount in amounts:
        if isinstance(amount, Dated):
            if amount.by:
                yield amount.by, date_value(max(today, date.fromordinal(amount.steps[0][0])))
            yield from _ingredients((step for _, step in amount.steps), today, settings)
        elif isinstance(amount, Counted):
            for name in (amount.at_least, amount.at_most):
                if isinstance(name, str):
                    yield name, amount.zero
            like = next((found for part in (amount.after, amount.per) for found in _plain(part)), None)
            yield amount.of, like or _one(settings.names[amount.of].type, amount.zero, settings)


def _plain(part: Plain | Dated | None) -> Iterator[Value]:
    if isinstance(part, Plain):
        yield part.value
    elif isinstance(part, Dated):
        yield from (step.value for _, step in part.steps if isinstance(step, Plain))


def _one(kind: str, like: Value, settings: Settings) -> Value:
    """One of what is counted."""
    unit = like.unit if kind == like.type else {"money": settings.currency or "USD", "duration": "days"}.get(kind, "")
    return amount_value(kind, Decimal(1), unit)
