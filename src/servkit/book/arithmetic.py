"""Exact arithmetic with values, for amounts that are worked out."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal, localcontext

from servkit.book.units import CLOCK_UNITS, UNITS, several_of
from servkit.book.values import EXACT, Value, amount_value

#: A duration with more decimals than this is written in a smaller unit.
_PRECISE_ENOUGH = 12


def with_amount(like: Value, amount: Decimal) -> Value:
    """The same kind and unit with another amount; a noun written in the singular becomes plural where it must."""
    unit = like.unit
    if like.type == "number" and unit and like.amount == 1 and amount != 1:
        unit = several_of(unit)
    return amount_value(like.type, amount, unit)


def of_size(like: Value, size: Decimal) -> Value:
    """The value of this size in the unit of ``like`` (sizes are in the family's smallest unit)."""
    if like.type != "duration":
        return with_amount(like, size)
    word = like.unit.rpartition(" ")[2]
    factor = (CLOCK_UNITS if " " in like.unit else UNITS)[word][1]
    if size % factor and -int(EXACT.divide(size, factor).as_tuple().exponent) > _PRECISE_ENOUGH:
        # 100 seconds are no number of hours that anybody could write down
        clock, _, _ = like.unit.rpartition(" ")
        smallest = "months" if like.family == "months" else "seconds"
        return amount_value("duration", size, f"{clock} {smallest}" if clock else smallest)
    return with_amount(like, EXACT.divide(size, factor))


def periods(span: Decimal, per: Decimal, *, started: bool) -> Decimal:
    """How many ``per`` fit in ``span``: whole ones, or started ones. Exact; ``per`` is positive."""
    with localcontext(EXACT):
        if not started:
            return span // per
        return (span / per).to_integral_value(rounding=ROUND_CEILING) if span % per else span // per


def exact_product(left: Decimal, right: Decimal) -> Decimal:
    return EXACT.multiply(left, right)
