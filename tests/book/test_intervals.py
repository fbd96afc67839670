"""Spans and their rounding, against brute force."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from servkit.book.intervals import Span, hull, larger, point, rounded, smaller, split
from servkit.book.units import minor_digits

D = Decimal
SIZES = st.decimals(-3, 3, places=1)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    low = draw(st.none() | SIZES)
    high = draw(st.none() | SIZES)
    if low is not None and high is not None:
        low, high = sorted((low, high))
        if low == high:
            return point(low)
    return Span(low, low is not None and draw(st.booleans()), high, high is not None and draw(st.booleans()))


def inside(span: Span, size: Decimal) -> bool:
    above = span.low is None or size > span.low or (span.low_in and size == span.low)
    return above and (span.high is None or size < span.high or (span.high_in and size == span.high))


#: Fine enough that every open end of tenths has something next to it.
GRID = [D(n) / 20 for n in range(-64, 65)]


def sizes(span: Span) -> list[Decimal]:
    return [size for size in GRID if inside(span, size)]


def _half_up(size: Decimal, currency: str) -> Decimal:
    return size.quantize(D(1).scaleb(-minor_digits(currency)), rounding=ROUND_HALF_UP)


@settings(deadline=None)
@given(spans(), spans())
def test_the_larger_and_the_smaller_of_two(left: Span, right: Span) -> None:
    for made, choose in ((larger(left, right), max), (smaller(left, right), min)):
        found = {choose(a, b) for a in sizes(left) for b in sizes(right)}
        assert all(inside(made, size) for size in found)
        for end, reached in ((made.low, made.low_in), (made.high, made.high_in)):
            assert end is None or (end in found) is reached


@given(spans(), SIZES)
def test_a_span_is_parted_without_loss(span: Span, at: Decimal) -> None:
    below, above = split(span, at)
    assert [size for size in sizes(span) if size < at] == (sizes(below) if below else [])
    assert [size for size in sizes(span) if size >= at] == (sizes(above) if above else [])
    assert hull(below, above) == span


@given(st.integers(-30, 30), st.integers(0, 30), st.booleans(), st.booleans(), st.sampled_from(["USD", "JPY", "BHD"]))
def test_rounding_a_span_is_rounding_what_is_in_it(
    start: int, length: int, low_in: bool, high_in: bool, code: str
) -> None:
    unit = {"USD": D("0.001"), "JPY": D("0.1"), "BHD": D("0.0001")}[code]  # ten to the minor unit, so that ties occur
    span = Span(start * unit, low_in or not length, (start + length) * unit, high_in or not length)
    fine = unit / 50
    found = [
        _half_up(start * unit + step * fine, code)
        for step in range(length * 50 + 1)
        if (step or span.low_in) and (step < length * 50 or span.high_in)
    ]
    made = rounded(span, code)
    assert (made.low, made.high) == (min(found), max(found))
    assert made.low_in
    assert made.high_in
