"""What amounts come to, from what is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.amounts import Counted, Dated, Plain
from servkit.book.intervals import Amount, Range, Span, point

if TYPE_CHECKING:
    from servkit.book.amounts import Expression
    from servkit.book.conditions import Record
    from servkit.book.values import Value


class RecordFacts:
    """Facts (see :class:`servkit.book.amounts.Facts`) that are all on record."""

    def __init__(self, record: Record) -> None:
        self.values, self.today = record.values, record.today

    def day(self, name: str) -> int | None:
        return int(self.values[name].size)

    def span(self, name: str) -> tuple[Span, Value | None]:
        value = self.values[name]
        return point(value.size), value


def known_amount(amount: Expression | None, record: Record) -> Amount | None:
    """What an amount comes to; None where there is none, or where something it names is not on record."""
    if amount is None or not all(name in record.values for name in amount.names()):
        return None
    return amount.work_out(RecordFacts(record))


def step_of(amount: Expression, found: Amount, record: Record) -> Plain | Counted:
    """What gives a value: of a dated one the step in force, or that of this very value where the day is unknown."""
    if not isinstance(amount, Dated):
        return amount
    if amount.by is None or amount.by in record.values:
        return amount.first(RecordFacts(record)) or amount.steps[0][1]
    steps = [step for _, step in amount.steps]
    plain = (step for step in steps if isinstance(step, Plain) and step.value == found)
    return next(plain, None) or next((step for step in steps if isinstance(step, Counted)), steps[0])


def family_of(amount: Expression, found: Amount) -> str:
    """The family of a value; that of a range without ends is known from what is counted."""
    if not isinstance(found, Range):
        return found.family
    steps = [step for _, step in amount.steps] if isinstance(amount, Dated) else [amount]
    return next((step.zero.family for step in steps if isinstance(step, Counted)), "")
