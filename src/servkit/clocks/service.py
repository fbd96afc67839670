"""Service clocks: when a duration ends, counted in opening hours or in real time (BOOK.md 2, *Clocks*)."""

from __future__ import annotations

from datetime import MAXYEAR, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from servkit.book.dates import add_months
from servkit.book.problems import ValueProblem
from servkit.clocks.holidays import with_holidays, without_days
from servkit.clocks.hours import is_open, read_hours
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servkit.book.settings import Settings
    from servkit.book.values import Value

#: How far ahead opening hours are searched: a clock that does not open in ten years never opens.
HORIZON = timedelta(days=3660)
_DAY = timedelta(days=1)


class Opening(NamedTuple):
    """A period in which a clock is open."""

    start: datetime
    end: datetime


class ServiceClock:
    """The clocks of a book."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.zone = ZoneInfo(settings.timezone)

    def zone_attribute(self, duration: Value) -> str | None:
        """The attribute that holds the time zone of the duration's clock; None where the clock names none."""
        clock = self.settings.clocks.get(_clock_of(duration))
        return clock.timezone if clock and clock.timezone in self.settings.names else None

    def due(self, duration: Value, start: datetime, zone: str | None) -> datetime | None:
        """When a duration from ``start`` ends, in the book's time zone without an offset; None for a part of a month.

        ``start`` without an offset is in the book's time zone too. ``zone`` is the value of the clock's zone attribute.
        Raises ValueProblem where the clock's hours or zone cannot be read, or it never opens for so long.
        """
        name = _clock_of(duration)
        try:
            begin = _existing(start.replace(tzinfo=self.zone) if start.tzinfo is None else start.astimezone(self.zone))
            if name:
                end = self._on_clock(name, duration, begin, zone)
            elif duration.family == "months":
                end = _months_later(begin, duration.size)
            else:
                end = _later(begin, duration.size)
            return None if end is None else end.astimezone(self.zone).replace(tzinfo=None)
        except OverflowError:
            raise ValueProblem(f"{duration} from {start:%Y-%m-%d} is beyond the calendar.") from None

    def _on_clock(self, name: str, duration: Value, start: datetime, zone: str | None) -> datetime | None:
        clock = self.settings.clocks[name]
        fixed = clock.timezone if clock.timezone not in self.settings.names else None
        zone = zone or fixed or self.settings.timezone
        written = clock.hours
        if clock.region and clock.country:
            written = with_holidays(clock.hours, clock.country, clock.region, start.year)
            read_hours(name, clock.hours, clock.country, zone)  # what is wrong is told as it is written
        hours = read_hours(name, written, clock.country, zone)
        local = start.astimezone(ZoneInfo(zone))
        if duration.size == 0:
            return local
        openings = (Opening(*period) for period in without_days(_openings(hours, local), clock.closed))
        if duration.family.endswith(" days"):
            return _clock_days(name, openings, local, duration)
        remaining = timedelta(seconds=float(duration.size))
        for opening in openings:
            length = _elapsed(opening.start, opening.end)
            if remaining <= length:
                return _later(opening.start, Decimal(str(remaining.total_seconds())))
            remaining -= length
        message = f"The clock {quoted(name)} is not open for {duration} in the ten years from {start:%Y-%m-%d}."
        raise ValueProblem(message)


def _clock_of(duration: Value) -> str:
    return duration.unit.rpartition(" ")[0]


def _existing(moment: datetime) -> datetime:
    """The moment itself, or an hour later where summer time skips it."""
    return moment.astimezone(ZoneInfo("UTC")).astimezone(moment.tzinfo)


def _later(start: datetime, seconds: Decimal) -> datetime:
    """The moment so many seconds later in real time; a change to or from summer time makes no difference."""
    utc = start.astimezone(ZoneInfo("UTC"))
    return (utc + timedelta(seconds=float(seconds))).astimezone(start.tzinfo)


def _elapsed(start: datetime, end: datetime) -> timedelta:
    utc = ZoneInfo("UTC")
    return end.astimezone(utc) - start.astimezone(utc)


def _months_later(start: datetime, months: Decimal) -> datetime | None:
    """The same time of day N months later; None for a part of a month, which has no fixed length."""
    if months % 1:
        return None
    if (start.year * 12 + start.month - 1 + months) // 12 > MAXYEAR:
        raise OverflowError
    day = add_months(start.date(), int(months))
    return _existing(start.replace(year=day.year, month=day.month, day=day.day))


def _wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _openings(hours: Any, start: datetime) -> Iterator[Opening]:
    """The periods from ``start`` on in which the hours are open. One that lasts for days is cut at every midnight."""
    end = _existing(start + HORIZON)
    for opened, closed, state, _ in hours.intervals(start, end):
        if not is_open(state):
            continue
        # When an hour comes twice, a clock opens and closes in the first one; the library does not say which it means.
        begin = start if _wall(opened) <= _wall(start) else opened.replace(fold=0)
        finish = (closed or end).replace(fold=0)
        if _elapsed(begin, finish) <= timedelta(0):
            finish = finish.replace(fold=1)
        while finish - begin > _DAY:
            midnight = (begin + _DAY).replace(hour=0, minute=0, second=0, microsecond=0)
            yield Opening(begin, midnight)
            begin = midnight
        yield Opening(begin, finish)


def _clock_days(name: str, openings: Iterable[Opening], start: datetime, duration: Value) -> datetime:
    """When the clock closes on the Nth day it opens after the day of the start."""
    if duration.size % 1:
        raise ValueProblem(f"{duration} is not a whole number of days on the clock {quoted(name)}.")
    days, opened, last, close = int(duration.size), 0, start.date(), start
    for opening in openings:
        day = opening.start.date()
        if opening.start == start and day == start.date():
            continue
        if day != last:
            if opened == days:
                return close
            opened, last = opened + 1, day
        close = opening.end
        if day == start.date():
            last = day
    if opened == days:
        return close
    shown = "1 day" if days == 1 else f"{days} days"
    raise ValueProblem(f"The clock {quoted(name)} opens on fewer than {shown} in the ten years from {start:%Y-%m-%d}.")
