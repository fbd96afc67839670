"""Spans: a known size as a point, an unknown one as an interval, and what a value ranges over."""

from __future__ import annotations

from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.units import minor_digits
from servkit.book.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable

_FAR = Decimal(10) ** 24


class Span(NamedTuple):
    """Sizes from ``low`` to ``high`` (None: no bound); an end is *in* where it is reached and not only approached."""

    low: Decimal | None
    low_in: bool
    high: Decimal | None
    high_in: bool

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high

    def samples(self) -> list[Decimal]:
        """A few sizes inside, towards both ends and between."""
        if self.is_point:
            return [self.low or Decimal(0)]
        low = self.low if self.low is not None else (min(self.high, Decimal(0)) if self.high is not None else 0) - _FAR
        high = self.high if self.high is not None else max(low, Decimal(0)) + _FAR
        low, high = Decimal(low), Decimal(high)
        edge = min(Decimal("1e-9"), (high - low) / 4)
        return [low if self.low_in else low + edge, (low + high) / 2, high if self.high_in else high - edge]


def point(size: Decimal) -> Span:
    return Span(size, True, size, True)


class Range(NamedTuple):
    """What a value may be while facts it is worked out from are unknown; ``names`` are those that make a difference.

    ``low`` and ``high`` are None where nothing bounds it or the bound is only approached.
    """

    low: Value | None
    high: Value | None
    names: frozenset[str]


Amount = Value | Range


def split(span: Span, at: Decimal) -> tuple[Span | None, Span | None]:
    """What of a span lies below a size, and what from there on."""
    if span.low is not None and span.low >= at:
        return None, span
    if span.high is not None and (span.high < at or (span.high == at and not span.high_in)):
        return span, None
    return Span(span.low, span.low_in, at, False), Span(at, True, span.high, span.high_in)


def hull(left: Span | None, right: Span | None) -> Span:
    """The span from the least to the most of two, one of which there has to be."""
    if left is None or right is None:
        both = left or right
        assert both is not None
        return both
    low, low_in = _either(left.low, left.low_in, right.low, right.low_in, larger_wins=False)
    high, high_in = _either(left.high, left.high_in, right.high, right.high_in, larger_wins=True)
    return Span(low, low_in, high, high_in)


def larger(left: Span, right: Span) -> Span:
    """The span of max(x, y)."""
    low, low_in = _both(left.low, left.low_in, right.low, right.low_in, larger_wins=True)
    high, high_in = _either(left.high, left.high_in, right.high, right.high_in, larger_wins=True)
    return Span(low, low_in, high, high_in)


def smaller(left: Span, right: Span) -> Span:
    """The span of min(x, y)."""
    low, low_in = _either(left.low, left.low_in, right.low, right.low_in, larger_wins=False)
    high, high_in = _both(left.high, left.high_in, right.high, right.high_in, larger_wins=False)
    return Span(low, low_in, high, high_in)


def _both(
    a: Decimal | None, a_in: bool, b: Decimal | None, b_in: bool, *, larger_wins: bool
) -> tuple[Decimal | None, bool]:
    """The inner one of two ends; where they are equal it is reached only if both are."""
    if a is None or b is None:
        return (b, b_in) if a is None else (a, a_in)
    if a == b:
        return a, a_in and b_in
    return (a, a_in) if (a > b) is larger_wins else (b, b_in)


def _either(
    a: Decimal | None, a_in: bool, b: Decimal | None, b_in: bool, *, larger_wins: bool
) -> tuple[Decimal | None, bool]:
    """The outer one of two ends; no end at all goes before any."""
    if a is None or b is None:
        return None, False
    if a == b:
        return a, a_in or b_in
    return (a, a_in) if (a > b) is larger_wins else (b, b_in)


def increasing(span: Span, f: Callable[[Decimal], Decimal], *, falls: bool = False) -> Span:
    """The span of a continuous function that rises (or falls) all along."""
    low = None if span.low is None else f(span.low)
    high = None if span.high is None else f(span.high)
    return Span(high, span.high_in, low, span.low_in) if falls else Span(low, span.low_in, high, span.high_in)


def rounded(span: Span, currency: str) -> Span:
    """Money rounded half up to the minor unit: every end is then reached, for something near it rounds to it."""
    step = Decimal(1).scaleb(-minor_digits(currency))

    def end(size: Decimal | None, *, up: bool) -> Decimal | None:
        """An end; a tie goes away from zero, or towards it, whichever way what is near the end goes."""
        if size is None:
            return None
        away = up is (size >= 0)
        with localcontext(prec=200):
            return size.quantize(step, rounding=ROUND_HALF_UP if away else ROUND_HALF_DOWN)

    low = end(span.low, up=not (span.low_in and span.low is not None and span.low < 0))
    high = end(span.high, up=span.high_in and span.high is not None and span.high >= 0)
    return Span(low, low is not None, high, high is not None)
