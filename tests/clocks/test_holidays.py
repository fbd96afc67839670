"""Holidays of a part of a country, and days of one's own on which a clock is shut."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from servkit.book.literals import read
from servkit.book.problems import ValueProblem
from servkit.book.settings import Clock
from servkit.clocks.service import ServiceClock

from .test_service import clock

CLOSED = frozenset({date(2026, 12, 24), date(2026, 12, 31)})
WEEK = "Mo-Fr 08:00-18:00"


def due(duration: str, start: str, **own: object) -> str:
    made = clock("Europe/Berlin")
    service = ServiceClock(made.settings)
    service.settings.clocks["desk"] = Clock("desk", **{"hours": f"{WEEK}; PH off", **own})  # type: ignore[arg-type]
    found = service.due(read(duration, ("desk",)), datetime.fromisoformat(start), None)
    assert found is not None
    return found.isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("region", "day"),
    [
        (None, "2026-01-06T18:00"),
        ("BY", "2026-01-07T18:00"),  # Epiphany, a Tuesday
        ("BE", "2026-01-06T18:00"),
    ],
)
def test_the_holidays_of_a_region_count_too(region: str | None, day: str) -> None:
    assert due("1 desk day", "2026-01-05T09:00", country="DE", region=region) == day


def test_holidays_of_the_whole_country_still_count_in_a_region() -> None:
    assert due("1 desk hour", "2026-05-01T09:00", country="DE", region="BY") == "2026-05-04T09:00"


@pytest.mark.parametrize(
    ("hours", "over"),
    [
        (f"{WEEK}; PH off", "2026-01-07T09:00"),
        (f"{WEEK}; PH 10:00-12:00", "2026-01-06T11:00"),
        (f"{WEEK}; PH,Sa off", "2026-01-07T09:00"),
        ("Mo,We-Fr,PH 08:00-18:00", "2026-01-06T09:00"),
        ("Mo,We-Fr 08:00-18:00, PH 10:00-12:00", "2026-01-06T11:00"),
        (WEEK, "2026-01-06T09:00"),
    ],
)
def test_hours_that_name_holidays(hours: str, over: str) -> None:
    assert due("1 desk hour", "2026-01-06T00:00", hours=hours, country="DE", region="BY") == over


@pytest.mark.parametrize("hours", ["Dec PH off", "PH Mo off", "PH -1 day off", f"{WEEK} || PH off", "Mo-PH off"])
def test_holidays_as_part_of_something_else_are_refused_with_a_region(hours: str) -> None:
    with pytest.raises(ValueProblem, match="With `region`, `PH` stands for itself: write `PH off`"):
        due("1 desk hour", "2026-01-06T00:00", hours=hours, country="DE", region="BY")


@pytest.mark.parametrize(
    ("country", "region", "says"),
    [
        ("DE", "Bavaria", "`Bavaria` is not a part of the country `DE`."),
        ("DE", "YB", "`YB` is not a part of the country `DE`."),
        ("DE", "Bayern", "`Bayern` is not a part of the country `DE`. Write `region: BY`."),
        ("DE", "DE-BY", "`DE-BY` is not a part of the country `DE`. Write `region: BY`."),
        ("DE", "Nordrhein Westfalen", "`Nordrhein Westfalen` is not a part of the country `DE`. Write `region: NW`."),
        ("US", "california", "`california` is not a part of the country `US`. Write `region: CA`."),
        ("DE", "Tirol", "`Tirol` is not a part of the country `DE`. They are BB, BE,"),
        ("ZZ", "BY", "No public holidays are known for the parts of `ZZ`."),
    ],
)
def test_an_unknown_region_is_told(country: str, region: str, says: str) -> None:
    with pytest.raises(ValueProblem) as told:
        due("1 desk hour", "2026-01-06T00:00", country=country, region=region)
    assert str(told.value).startswith(says)


@pytest.mark.parametrize(
    ("hours", "duration", "start", "over"),
    [
        (WEEK, "1 desk day", "2026-12-23T10:00", "2026-12-25T18:00"),
        (WEEK, "1 desk hour", "2026-12-23T17:30", "2026-12-25T08:30"),
        (WEEK, "1 desk hour", "2026-12-24T09:00", "2026-12-25T09:00"),
        ("PH 10:00-12:00; Mo-Su 10:00-12:00", "1 desk hour", "2026-12-24T00:00", "2026-12-25T11:00"),
        ("24/7", "10 desk hours", "2026-12-23T20:00", "2026-12-25T06:00"),
        ("Mo-Su 22:00-06:00", "4 desk hours", "2026-12-23T21:00", "2026-12-25T02:00"),  # a night ends at midnight
        ("Mo-Su 22:00-06:00", "1 desk day", "2026-12-23T12:00", "2026-12-26T06:00"),
        ("Mo-Su 22:00-06:00", "5 desk hours", "2026-12-22T21:00", "2026-12-23T03:00"),
        ("2026 Dec 24 08:00-18:00; 2026 Dec 28 08:00-18:00", "1 desk hour", "2026-12-24T08:00", "2026-12-28T09:00"),
        (f"{WEEK}; 2026 Dec 24 08:00-12:00", "1 desk hour", "2026-12-24T08:00", "2026-12-25T09:00"),
    ],
)
def test_a_closed_day_is_shut_all_day(hours: str, duration: str, start: str, over: str) -> None:
    assert due(duration, start, hours=hours, country="DE", closed=CLOSED) == over


def test_a_clock_that_is_always_closed_says_so() -> None:
    with pytest.raises(ValueProblem, match="is not open for 1 desk hour"):
        due("1 desk hour", "2026-12-24T00:00", hours="2026 Dec 24 08:00-18:00", closed=CLOSED)


def test_years_of_which_no_holidays_are_known() -> None:
    assert due("1 desk hour", "2400-01-06T10:00", country="DE", region="BY") == "2400-01-06T11:00"
