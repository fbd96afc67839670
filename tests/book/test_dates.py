"""Days counted from another day (BOOK.md 5 and 9)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servkit.book.dates import FIRST, LAST, Relative, add_months, relative, span


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("2 years ago", "2026-03-01", "2024-03-01"),
        ("1 year ago", "2024-02-29", "2023-02-28"),
        ("1 month ago", "2026-03-31", "2026-02-28"),
        ("1 month ahead", "2024-01-31", "2024-02-29"),
        ("12 months ahead", "2024-02-29", "2025-02-28"),
        ("2 weeks ago", "2026-03-01", "2026-02-15"),
        ("0 days ago", "2026-03-01", "2026-03-01"),
        ("10  days  ahead", "2026-12-25", "2027-01-04"),
        ("9999999 years ago", "2026-03-01", "0001-01-01"),
        ("9999999 days ahead", "2026-03-01", "9999-12-31"),
        ("9999999 months ahead", "2026-03-01", "9999-12-31"),
    ],
)
def test_days_before_and_after_another(text: str, today: str, day: str) -> None:
    found = relative(text)
    assert found is not None
    assert date.fromordinal(found.ordinal(date.fromisoformat(today).toordinal())) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["2 years", "1.5 years ago", "-1 days ago", "2 hours ago", "two weeks ago", "ago", "02 days ago"]
)
def test_only_whole_days_weeks_months_and_years(text: str) -> None:
    assert relative(text) is None


def test_the_span_of_within() -> None:
    assert span("90 days") == Relative(90, "day")
    assert span("1 month") == Relative(1, "month")
    for text in ("90 hours", "0.5 months", "90 days ago", "90"):
        assert span(text) is None


RELATIVES = st.builds(Relative, st.integers(-5000, 5000), st.sampled_from(["day", "week", "month", "year"]))


@given(RELATIVES)
def test_a_relative_day_is_read_as_it_is_written(wanted: Relative) -> None:
    assert relative(str(wanted)) == wanted


@given(RELATIVES, st.dates())
def test_every_relative_day_is_in_the_calendar_and_on_the_right_side(wanted: Relative, today: date) -> None:
    day = wanted.ordinal(today.toordinal())
    assert FIRST <= day <= LAST
    assert (day - today.toordinal()) * wanted.count >= 0


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-2000, 2000))
def test_months_keep_the_day_of_the_month_or_take_its_last(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    last = date.fromordinal((add_months(end.replace(day=1), 1)).toordinal() - 1).day
    assert end.day == min(start.day, last)
