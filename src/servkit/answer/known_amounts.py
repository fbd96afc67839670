"""What amounts come to, from what is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from servkit.book.amounts import Expression
    from servkit.book.conditions import Record
    from servkit.book.values import Value


class RecordFacts:
    """Facts (see :class:`servkit.book.amounts.Facts`) that are all on record."""

    def __init__(self, record: Record) -> None:
        self.values, self.today = record.values, record.today

    def day(self, name: str) -> int | None:
        return int(self.values[name].size)

    def size(self, name: str) -> tuple[Decimal, Value | None]:
        value = self.values[name]
        return value.size, value


def known_amount(amount: Expression | None, record: Record) -> Value | None:
    """What an amount comes to; None where there is none, or where something it names is not on record."""
    if amount is None or not all(name in record.values for name in amount.names()):
        return None
    return amount.work_out(RecordFacts(record))
