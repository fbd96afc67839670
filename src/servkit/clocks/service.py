"""Service clocks: when a duration is over, counted on opening hours or in real time (BOOK.md 2, *Clocks*)."""

from __future__ import annotations

from datetime import MAXYEAR, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from servkit.book.dates import add_months
from servkit.book.problems import ValueProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.settings import Settings
    from servkit.book.values import Value

#: How far ahead a clock is searched: one that opens for nothing in ten years never opens.
HORIZON = timedelta(days=3660)
_DAY = timedelta(days=1)


class Opening(NamedTuple):
    """A time during which a clock is open."""

    start: datetime
    end: datetime


class ServiceClock:
    """The clocks of a book. ``due`` answers in the book's time zone, without an offset."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.zone = ZoneInfo(settings.timezone)

    def zone_attribute(self, duration: Value) -> str | None:
        """The text attribute that holds the time zone of the duration's clock, where the clock says so."""
        clock = self.settings.clocks.get(_clock_of(duration))
        return clock.timezone if clock and clock.timezone in self.settings.names else None

    def due(self, duration: Value, start: datetime, zone: str | None) -> datetime | None:
        """The moment a duration from ``start`` is over. ``start`` without an offset is in the book's time zone.

        ``zone`` is what the clock's zone attribute holds, where it has one. Raises ValueProblem where a clock's hours
        or zone cannot be read, or it never opens.
        """
        begin = _real(start.replace(tzinfo=self.zone) if start.tzinfo is None else start.astimezone(self.zone))
        name = _clock_of(duration)
        try:
            if name:
                found = self._on_clock(name, duration, begin, zone)
            elif duration.family == "months":
                found = _months_later(begin, duration.size)
            else:
                found = _later(begin, duration.size)
        except OverflowError:
            raise ValueProblem(f"{duration} from {start:%Y-%m-%d} is beyond the calendar") from None
        return None if found is None else found.astimezone(self.zone).replace(tzinfo=None)

    def _on_clock(self, name: str, duration: Value, start: datetime, zone: str | None) -> datetime | None:
        clock = self.settings.clocks[name]
        own = zone or (clock.timezone if clock.timezone not in self.settings.names else None) or self.settings.timezone
        hours = _hours(name, clock.hours, clock.country, own)
        local = start.astimezone(ZoneInfo(own))
        if duration.size == 0:
            return local
        if duration.family.endswith(" days"):
            return _clock_days(name, hours, local, duration)
        left = timedelta(seconds=float(duration.size))
        for opening in _openings(hours, local):
            length = _elapsed(opening.start, opening.end)
            if left <= length:
                return _later(opening.start, Decimal(str(left.total_seconds())))
            left -= length
        raise ValueProblem(f"the clock {name!r} is not open for {duration} in the ten years from {start:%Y-%m-%d}")


def _clock_of(duration: Value) -> str:
    return duration.unit.rpartition(" ")[0]


def _real(moment: datetime) -> datetime:
    """The moment as its clock shows it: a time that a change of the clocks skips is an hour later."""
    return moment.astimezone(ZoneInfo("UTC")).astimezone(moment.tzinfo)


def _later(start: datetime, seconds: Decimal) -> datetime:
    """Real time passes, through changes of the clocks."""
    utc = start.astimezone(ZoneInfo("UTC"))
    return (utc + timedelta(seconds=float(seconds))).astimezone(start.tzinfo)


def _elapsed(start: datetime, end: datetime) -> timedelta:
    utc = ZoneInfo("UTC")
    return end.astimezone(utc) - start.astimezone(utc)


def _months_later(start: datetime, months: Decimal) -> datetime | None:
    """The same time of day N months on; None for a part of a month, which has no length."""
    if months % 1:
        return None
    if (start.year * 12 + start.month - 1 + months) // 12 > MAXYEAR:
        raise OverflowError
    day = add_months(start.date(), int(months))
    found = start.replace(year=day.year, month=day.month, day=day.day)
    return _real(found)


@cache
def _hours(name: str, hours: str, country: str | None, zone: str) -> Any:
    """The opening hours of a clock, with the public holidays of its country."""
    from opening_hours import OpeningHours, ParserError, UnknownCountryError  # type: ignore[attr-defined]

    try:
        tz = ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise ValueProblem(f"{zone!r} is not a time zone (the clock {name!r} needs one)") from None
    try:
        return OpeningHours(hours, timezone=tz, country=country)
    except ParserError as bad:
        reason = str(bad).strip().splitlines()[-1].strip(" =")
        raise ValueProblem(f"the hours {hours!r} of the clock {name!r} cannot be read: {reason}") from None
    except UnknownCountryError:
        raise ValueProblem(f"no public holidays are known for {country!r} (the clock {name!r})") from None


def _wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _openings(hours: Any, start: datetime) -> Iterator[Opening]:
    """The times from ``start`` on during which the hours are open, parted at midnight where they go on for days."""
    end = _real(start + HORIZON)
    for begin, finish, state, _ in hours.intervals(start, end):
        if str(state) not in ("open", "State.OPEN"):
            continue
        # Of an hour that comes twice, a clock opens and closes in the first; the library does not say which it means.
        begin = start if _wall(begin) <= _wall(start) else begin.replace(fold=0)  # noqa: PLW2901
        finish = (finish or end).replace(fold=0)  # noqa: PLW2901
        if _elapsed(begin, finish) <= timedelta(0):
            finish = finish.replace(fold=1)  # noqa: PLW2901
        while finish - begin > _DAY:
            midnight = (begin + _DAY).replace(hour=0, minute=0, second=0, microsecond=0)
            yield Opening(begin, midnight)
            begin = midnight  # noqa: PLW2901
        yield Opening(begin, finish)


def _clock_days(name: str, hours: Any, start: datetime, duration: Value) -> datetime:
    """When the clock closes on the Nth day it opens after the day of the start."""
    if duration.size % 1:
        raise ValueProblem(f"{duration} is not a whole number of days on the clock {name!r}")
    wanted, seen, last, close = int(duration.size), 0, start.date(), start
    for opening in _openings(hours, start):
        day = opening.start.date()
        if opening.start == start and day == start.date():
            continue
        if day != last:
            if seen == wanted:
                return close
            seen, last = seen + 1, day
        close = opening.end
        if day == start.date():
            last = day
    if seen == wanted:
        return close
    days = "1 day" if wanted == 1 else f"{wanted} days"
    raise ValueProblem(f"the clock {name!r} does not open on {days} in the ten years from {start:%Y-%m-%d}")
