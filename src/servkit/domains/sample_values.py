"""An example value of a cell, as a person might write it: round, in a usual unit, on a day nearby."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from servkit.book.intervals import Span
from servkit.book.units import CLOCK_UNITS, UNITS
from servkit.book.values import Value, amount_value, choice_value, date_value, flag_value, text_value, time_value, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.settings import Attribute
    from servkit.domains.axis import Axis, Cell

#: One, a tenth, a hundredth …
_FINE = tuple(Decimal(1).scaleb(-places) for places in range(25))
_UNITS = {"seconds": ("weeks", "days", "hours", "minutes", "seconds"), "months": ("years", "months")}
#: Noon, the hours of a watch, full hours, halves …
_MINUTES = tuple(map(Decimal, (720, 360, 60, 30, 15, 5, 1)))
#: A witness of a date lies about this many days before the day of the lookup, where that does not matter.
_BEFORE = 30


def value_of(axis: Axis, index: int, today: int, currency: str | None) -> Value:
    """A value inside a cell of an axis."""
    return value_in(axis.variable, axis.cell(index), today, currency)


def value_in(variable: Attribute, cell: Cell, today: int, currency: str | None) -> Value:
    """A value of a variable inside a cell."""
    kind = variable.type
    if cell.days is not None:
        first, last = cell.days
        return date_value(date.fromordinal(min(max(today - _BEFORE, first), last)))
    if kind == "flag":
        return flag_value(bool(cell.value))
    if kind == "choice":
        return choice_value(str(cell.value), variable.of)
    if kind == "text":
        return text_value(str(cell.value))
    assert cell.span is not None
    if kind == "time":
        return _time(cell.span)
    return _amount(kind, cell.family, cell.span, currency)


def _amount(kind: str, family: str, span: Span, currency: str | None) -> Value:
    if kind == "duration":
        return _duration(family if family != "number" else "seconds", span)
    size = _inside(span, _FINE)
    if kind == "money":
        return amount_value(kind, size, family.partition(" ")[2] or currency or "USD")
    return amount_value(kind, size, family.partition(" ")[2] if kind == "number" else "")


def _time(span: Span) -> Value:
    """Noon where that is in the span, else a full hour, a half, a quarter …"""
    assert span.low is not None
    assert span.high is not None
    return time_value(int(_inside(Span(span.low - 1, False, span.high + 1, False), _MINUTES)))


def _duration(family: str, span: Span) -> Value:
    """In the largest unit that gives a whole number."""
    clock, _, scale = family.rpartition(" ")
    if clock:
        words = ["hours", "minutes", "seconds"] if scale == "hours" else ["days"]
        units = {f"{clock} {word}": Decimal(CLOCK_UNITS[word][1]) for word in words}
    else:
        units = {word: Decimal(UNITS[word][1]) for word in _UNITS[scale]}
    size = _inside(span, [*units.values(), *_FINE[1:]] if not span.is_point else [])
    for unit, factor in units.items():
        if size and not size % factor and (unit not in ("weeks", "years") or span.is_point):
            return amount_value("duration", size / factor, unit)
    unit, factor = list(units.items())[-1]
    return amount_value("duration", size / factor, unit)


def _inside(span: Span, steps: Sequence[Decimal]) -> Decimal:
    """A round size in a span: a multiple of the first step that has one there."""
    if span.is_point:
        assert span.low is not None
        return span.low
    if span.low is None:
        if span.high is None or span.high > 0:
            return Decimal(0)
        return (span.high - 1).to_integral_value()
    if span.high is None:
        return span.low + (steps[min(1, len(steps) - 1)] if span.low % steps[0] else steps[0])
    for step in steps:
        size = (span.low // step + 1) * step
        if span.low < size < span.high:
            return size
        if span.low < size - step < span.high:  # below zero, division cuts towards zero
            return size - step
    return (span.low + span.high) / 2


def written(value: Value) -> Any:
    """A value as a scenario writes it: a list as a list."""
    return list(value.amount) if value.type == "list" else write(value)
