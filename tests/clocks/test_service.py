"""When a duration is over: on opening hours, and in real time."""

from __future__ import annotations

import contextlib
import time
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servkit.book.literals import read
from servkit.book.problems import ValueProblem
from servkit.book.settings import Settings
from servkit.clocks.service import ServiceClock

CLOCKS = {
    "office": ["Mo-Fr 08:00-18:00; PH off", "US", None],
    "german": ["Mo-Fr 08:00-18:00; PH off", "DE", "Europe/Berlin"],
    "british": ["Mo-Fr 09:00-17:00; PH off", "GB", "Europe/London"],
    "split": ["Mo-Fr 08:00-12:00,13:00-18:00", None, None],
    "night": ["Fr 20:00-02:00", None, None],
    "nights": ["Mo-Su 22:00-06:00", None, None],
    "always": ["24/7", None, None],
    "never": ["off", None, None],
    "once": ["2026 Mar 04 08:00-18:00", None, None],
    "saturday": ["Sa 10:00-24:00; Su 00:00-20:00", None, None],
    "theirs": ["Mo-Fr 08:00-18:00", None, "zone"],
    "broken": ["Mo-Fr 8 till late", None, None],
    "nowhere": ["Mo-Fr 08:00-18:00; PH off", "ZZ", None],
    "lost": ["Mo-Fr 08:00-18:00", None, "Mars/Olympus"],
}


def clock(timezone: str = "America/New_York") -> ServiceClock:
    data: dict[str, Any] = {
        "name": "B",
        "language": "en",
        "languages": ["en"],
        "currency": None,
        "timezone": timezone,
        "channels": [],
        "roles": [],
        "areas": {},
        "customers": [],
        "kinds": [],
        "applicable": [],
        "owners": [],
        "avoid": {},
        "journal": None,
        "reasons": {},
        "report_to": [],
        "ignore": [],
        "clocks": CLOCKS,
        "names": [["zone", "text", [], None, None, None, False, False]],
    }
    return ServiceClock(Settings(data))


def due(duration: str, start: str, zone: str | None = None, timezone: str = "America/New_York") -> str | None:
    found = clock(timezone).due(read(duration, CLOCKS), datetime.fromisoformat(start), zone)
    return None if found is None else found.isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("duration", "start", "over"),
    [
        # 2026-03-02 is a Monday
        ("4 office hours", "2026-03-02T09:30", "2026-03-02T13:30"),
        ("4 office hours", "2026-03-02T06:00", "2026-03-02T12:00"),
        ("4 office hours", "2026-03-02T16:00", "2026-03-03T10:00"),
        ("1 office hour", "2026-03-02T17:00", "2026-03-02T18:00"),
        ("10 office hours", "2026-03-02T08:00", "2026-03-02T18:00"),
        ("1 office hour", "2026-03-02T18:00", "2026-03-03T09:00"),
        ("1 office minute", "2026-03-06T18:00", "2026-03-09T08:01"),
        ("2 office hours", "2026-03-06T17:30", "2026-03-09T09:30"),
        ("25 office hours", "2026-03-02T08:00", "2026-03-04T13:00"),
        ("0.5 office hours", "2026-03-02T17:45", "2026-03-03T08:15"),
        ("0 office hours", "2026-03-01T03:00", "2026-03-01T03:00"),
        ("0 office days", "2026-03-01T03:00", "2026-03-01T03:00"),
        ("90 office seconds", "2026-03-02T17:59", "2026-03-03T08:00"),
        ("1 office day", "2026-03-02T09:30", "2026-03-03T18:00"),
        ("1 office day", "2026-03-02T23:30", "2026-03-03T18:00"),
        ("1 office day", "2026-03-02T00:00", "2026-03-03T18:00"),
        ("2 office days", "2026-03-06T12:00", "2026-03-10T18:00"),
        ("1 office day", "2026-03-07T12:00", "2026-03-09T18:00"),
        # public holidays: Thanksgiving 26 November 2026, Independence Day (observed on Friday 3 July)
        ("1 office day", "2026-11-25T12:00", "2026-11-27T18:00"),
        ("2 office hours", "2026-11-25T17:00", "2026-11-27T09:00"),
        ("1 office day", "2026-07-02T12:00", "2026-07-06T18:00"),
        ("1 split day", "2026-03-02T12:30", "2026-03-03T18:00"),
        ("5 split hours", "2026-03-02T11:00", "2026-03-02T17:00"),
        ("1 split hour", "2026-03-02T11:00", "2026-03-02T12:00"),
        # over midnight, a night belongs to the day it begins on
        ("4 night hours", "2026-03-02T12:00", "2026-03-07T00:00"),
        ("6 night hours", "2026-03-02T12:00", "2026-03-07T02:00"),
        ("7 night hours", "2026-03-02T12:00", "2026-03-13T21:00"),
        ("1 night day", "2026-03-02T12:00", "2026-03-07T02:00"),
        ("1 night day", "2026-03-06T21:00", "2026-03-14T02:00"),
        ("1 night day", "2026-03-07T01:00", "2026-03-14T02:00"),
        ("1 nights day", "2026-03-02T23:00", "2026-03-04T06:00"),
        ("1 nights day", "2026-03-03T03:00", "2026-03-05T06:00"),
        ("2 nights hours", "2026-03-02T05:00", "2026-03-02T23:00"),
        ("1 always day", "2026-03-02T09:30", "2026-03-04T00:00"),
        ("1 always day", "2026-03-02T00:00", "2026-03-04T00:00"),
        ("36 always hours", "2026-03-02T09:30", "2026-03-03T21:30"),
        ("1 saturday day", "2026-03-06T09:30", "2026-03-08T00:00"),
        ("2 saturday days", "2026-03-06T09:30", "2026-03-08T20:00"),
        ("1 once day", "2026-03-02T09:30", "2026-03-04T18:00"),
        ("10 once hours", "2026-03-02T09:30", "2026-03-04T18:00"),
    ],
)
def test_opening_hours(duration: str, start: str, over: str) -> None:
    assert due(duration, start) == over


@pytest.mark.parametrize(
    ("duration", "start", "over"),
    [
        # in Berlin, six hours ahead of New York (five between their changes of the clocks)
        ("1 german hour", "2026-03-02T02:00", "2026-03-02T03:00"),
        ("1 german hour", "2026-03-02T11:30", "2026-03-03T02:30"),
        ("1 german day", "2026-04-30T10:00", "2026-05-04T12:00"),
        ("1 german hour", "2026-12-24T11:30", "2026-12-28T02:30"),
        # May bank holiday and Christmas in London
        ("1 british day", "2026-05-01T10:00", "2026-05-05T12:00"),
        ("1 british day", "2026-12-24T11:00", "2026-12-29T12:00"),
    ],
)
def test_other_countries(duration: str, start: str, over: str) -> None:
    assert due(duration, start) == over


@pytest.mark.parametrize(
    ("duration", "start", "over"),
    [
        # clocks go forward on 2026-03-08 at 2:00, back on 2026-11-01 at 2:00
        ("24 hours", "2026-03-07T09:30", "2026-03-08T10:30"),
        ("1 day", "2026-03-07T09:30", "2026-03-08T10:30"),
        ("1 week", "2026-03-02T09:30", "2026-03-09T10:30"),
        ("24 hours", "2026-10-31T09:30", "2026-11-01T08:30"),
        ("2 hours", "2026-03-08T01:30", "2026-03-08T04:30"),
        ("2 hours", "2026-11-01T00:30", "2026-11-01T01:30"),
        ("3 hours", "2026-11-01T00:30", "2026-11-01T02:30"),
        ("1 month", "2026-02-08T09:30", "2026-03-08T09:30"),
        ("1 month", "2026-02-08T02:30", "2026-03-08T03:30"),
        ("1 month", "2026-01-31T09:30", "2026-02-28T09:30"),
        ("1 month", "2024-01-31T09:30", "2024-02-29T09:30"),
        ("1 year", "2024-02-29T09:30", "2025-02-28T09:30"),
        ("13 months", "2026-01-31T23:59", "2027-02-28T23:59"),
        ("0 months", "2026-01-31T09:30", "2026-01-31T09:30"),
        ("0 seconds", "2026-01-31T09:30", "2026-01-31T09:30"),
        ("0.5 hours", "2026-01-31T09:30", "2026-01-31T10:00"),
        ("0.5 months", "2026-01-31T09:30", None),
        # a clock that is open while the hour is skipped, or is there twice
        ("3 nights hours", "2026-03-07T23:00", "2026-03-08T03:00"),
        ("3 nights hours", "2026-10-31T23:00", "2026-11-01T01:00"),
        ("7 nights hours", "2026-03-07T22:00", "2026-03-08T06:00"),
        ("9 nights hours", "2026-10-31T22:00", "2026-11-01T06:00"),
        ("24 always hours", "2026-03-07T09:30", "2026-03-08T10:30"),
    ],
)
def test_changes_of_the_clocks_and_months(duration: str, start: str, over: str | None) -> None:
    assert due(duration, start) == over


def test_a_start_that_says_its_offset() -> None:
    assert due("1 office hour", "2026-03-02T14:30+00:00") == "2026-03-02T10:30"
    assert due("1 hour", "2026-11-01T06:30+00:00") == "2026-11-01T02:30"


def test_a_zone_from_an_attribute() -> None:
    assert clock().zone_attribute(read("1 theirs hour", CLOCKS)) == "zone"
    assert clock().zone_attribute(read("1 office hour", CLOCKS)) is None
    assert clock().zone_attribute(read("1 hour", CLOCKS)) is None
    assert due("1 theirs hour", "2026-03-02T09:30", "America/Los_Angeles") == "2026-03-02T12:00"
    assert due("1 theirs day", "2026-03-02T23:30", "Asia/Tokyo") == "2026-03-04T04:00"
    assert due("1 theirs hour", "2026-03-02T09:30") == "2026-03-02T10:30"


@pytest.mark.parametrize(
    ("duration", "zone", "message"),
    [
        ("1 theirs hour", "localtime", "`localtime` is not a time zone"),
        ("1 theirs hour", "Mars/Olympus", "`Mars/Olympus` is not a time zone"),
        ("1 theirs hour", "../../etc/passwd", "is not a time zone"),
        ("1 theirs hour", "America", "`America` is not a time zone"),
        ("0 theirs hours", "Mars/Olympus", "is not a time zone"),
        ("1 lost hour", None, "`Mars/Olympus` is not a time zone"),
        ("1 broken hour", None, "`8` in the hours of the clock `broken` can't be read"),
        ("1 nowhere hour", None, "No public holidays are known for the country `ZZ`"),
        ("1 never hour", None, "The clock `never` is not open for 1 never hour in the ten years from 2026-03-02"),
        ("1 never day", None, "The clock `never` opens on fewer than 1 day in the ten years from 2026-03-02"),
        ("11 once hours", None, "is not open for 11 once hours"),
        ("2 once days", None, "opens on fewer than 2 days"),
        ("1.5 office days", None, "1.5 office days is not a whole number of days on the clock `office`"),
        ("99999999 office hours", None, "is not open for 99999999 office hours"),
        ("99999999 office days", None, "opens on fewer than 99999999 days"),
        ("99999999 weeks", None, "beyond the calendar"),
        ("99999999 years", None, "beyond the calendar"),
        ("99999999999999999999 hours", None, "beyond the calendar"),
        ("99999999999999999999 office hours", None, "beyond the calendar|is not open for"),
    ],
)
def test_what_cannot_be_said_is_told_and_soon(duration: str, zone: str | None, message: str) -> None:
    begun = time.process_time()
    with pytest.raises(ValueProblem, match=message):
        due(duration, "2026-03-02T09:30", zone)
    assert time.process_time() - begun < 4


def test_the_end_of_the_calendar() -> None:
    with pytest.raises(ValueProblem, match=r"beyond the calendar|ten years"):
        due("100 office hours", "9999-12-30T09:30")
    for start in ("0001-01-01T00:00", "9999-12-31T23:59"):
        for zone in ("Pacific/Kiritimati", "Pacific/Niue", "UTC"):
            for duration in ("0 hours", "1 hour", "1 month", "1 office day", "0 office hours", "1 theirs hour"):
                with contextlib.suppress(ValueProblem):
                    due(duration, start, zone)
                with contextlib.suppress(ValueProblem):
                    due(duration, start, timezone=zone)


# --- against a plain count of minutes ------------------------------------------------------------------------------

ZONE = ZoneInfo("America/New_York")
UTC = ZoneInfo("UTC")
SPANS = [(8 * 60, 12 * 60), (13 * 60, 18 * 60), (22 * 60, 26 * 60)]
HOURS = "Mo-Sa 08:00-12:00,13:00-18:00,22:00-26:00"


def is_open(moment: datetime) -> bool:
    """Whether a minute is open, told without the library."""
    for day in (moment.date(), moment.date() - timedelta(days=1)):
        minute = (moment.date() - day).days * 1440 + moment.hour * 60 + moment.minute
        if day.weekday() < 6 and any(low <= minute < high for low, high in SPANS):
            return True
    return False


START = st.builds(
    lambda day, minute: (
        datetime.combine(date(2026, 3, 5) + timedelta(days=day), datetime.min.time()) + timedelta(minutes=minute)
    ),
    st.sampled_from([0, 1, 2, 3, 4, 5, 238, 239, 240, 241]),
    st.integers(0, 1439),
)


@given(START, st.integers(1, 3000))
@settings(max_examples=60, deadline=None)
def test_the_open_time_until_it_is_over_is_the_duration(start: datetime, minutes: int) -> None:
    service = clock()
    service.settings.clocks["office"] = service.settings.clocks["office"]._replace(hours=HOURS, country=None)
    over = service.due(read(f"{minutes} office minutes", CLOCKS), start, None)
    moment, counted = start.replace(tzinfo=ZONE).astimezone(UTC), 0
    while counted < minutes:
        counted += is_open(moment.astimezone(ZONE))
        moment += timedelta(minutes=1)
    assert over == moment.astimezone(ZONE).replace(tzinfo=None)


@given(
    START, st.sampled_from(list(CLOCKS)[:7]), st.sampled_from(["hours", "days"]), st.integers(0, 40), st.integers(0, 40)
)
@settings(max_examples=80, deadline=None)
def test_a_longer_duration_is_never_over_earlier(start: datetime, name: str, unit: str, one: int, other: int) -> None:
    service, zone = clock(), ZoneInfo("UTC")
    service.zone = zone  # in UTC, so that the later of two times is the later moment
    found = [service.due(read(f"{count} {name} {unit}", CLOCKS), start, None) for count in sorted((one, other))]
    assert found[0] is not None
    assert found[1] is not None
    assert start <= found[0] <= found[1]


def test_decimals_are_exact() -> None:
    assert due("0.1 hours", "2026-03-02T09:30") == "2026-03-02T09:36"
    start = datetime.fromisoformat("2026-03-02T00:00")
    assert clock().due(read("0.7 seconds", CLOCKS), start, None) == start + timedelta(milliseconds=700)
