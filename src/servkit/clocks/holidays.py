"""Public holidays of a part of a country, and the days of one's own on which a clock is shut."""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from servkit.book.problems import ValueProblem
from servkit.nearest import nearest
from servkit.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import Protocol

    class Period(Protocol):
        """A period in which a clock is open."""

        @property
        def start(self) -> datetime: ...

        @property
        def end(self) -> datetime: ...


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?"
#: The days of the week and the holidays that a rule names.
_DAYS = re.compile(rf"\b{_DAY}(?:\s*,\s*{_DAY})*\b")
_QUOTED = re.compile(r'"[^"]*"')
#: How many years of holidays are written out: as far ahead as hours are searched.
_YEARS = 11


@cache
def with_holidays(hours: str, country: str, region: str, year: int) -> str:
    """Hours in which ``PH`` is written out as the public holidays of a part of a country, from a year on.

    Raises ValueProblem for a region that the country does not have, and where PH is part of something else.
    """
    if "PH" not in _QUOTED.sub("", hours):
        return hours
    days = ",".join(f"{day.year} {_MONTHS[day.month - 1]} {day.day:02}" for day in _holidays(country, region, year))
    return ";".join(filter(None, (_written_out(rule, days) for rule in hours.split(";")))) or "off"


def _written_out(rule: str, days: str) -> str:
    """A rule with the days in place of ``PH``; other days that it names stay, as a rule before it."""
    if not re.search(r"\bPH\b", _QUOTED.sub("", rule)):
        return rule
    found = next((found for found in _DAYS.finditer(rule) if "PH" in found[0]), None)
    if found is None:
        raise _too_much(rule)
    before, after = rule[: found.start()].strip(), rule[found.end() :].strip()
    others = [day for part in found[0].split(",") if (day := part.strip()) != "PH"]
    is_alone = not before or (before.endswith(",") and not others)
    if not is_alone or any("PH" in day for day in others) or re.match(rf"{_DAY}|[-+[]", after):
        raise _too_much(rule)
    named = [",".join(others), f"{before} {days}" if days else ""]
    return ";".join(f"{some} {after}" for some in named if some)


def _too_much(rule: str) -> ValueProblem:
    return ValueProblem(f"With `region`, `PH` stands for itself: write {quoted('PH off')} in place of {quoted(rule)}.")


def _holidays(country: str, region: str, year: int) -> list[date]:
    # Heavy, and only clocks with a region need it.
    from holidays import country_holidays
    from holidays.utils import list_supported_countries

    parts = list_supported_countries(include_aliases=True).get(country)
    if parts is None:
        raise ValueProblem(f"No public holidays are known for the parts of {quoted(country)}. Leave `region` out.")
    if region not in parts:
        rest = _nearest_part(country, region, parts)
        raise ValueProblem(f"{quoted(region)} is not a part of the country {quoted(country)}. {rest}")
    return sorted(country_holidays(country, subdiv=region, years=range(year, min(year + _YEARS, MAXYEAR) + 1)))


def _nearest_part(country: str, region: str, parts: Sequence[str]) -> str:
    """What to write for a part that a country does not have: people write ``Bayern`` and mean ``BY``."""
    from holidays import country_holidays

    if not parts:
        return "It has none. Leave `region` out."
    titles = {**country_holidays(country).subdivisions_aliases, **{part: part for part in parts}}
    bare = region.removeprefix(f"{country}-")
    code = next((code for title, code in titles.items() if fold(title) == fold(bare)), None)
    if code is None and (near := nearest(region, titles, 1)):
        code = titles[near[0]]
    return f"Write {quoted(f'region: {code}')}." if code else f"They are {', '.join(parts)}."


def without_days(periods: Iterator[Period], closed: Collection[date]) -> Iterator[tuple[datetime, datetime]]:
    """Periods as start and end, without the days on which a clock is shut from midnight to midnight."""
    for start, end in ((period.start, period.end) for period in periods):
        begin, day = start, start.date()
        while day <= end.date():
            if day in closed:
                midnight = _midnight(start, day)
                if begin < midnight:
                    yield begin, midnight
                begin = max(start, _midnight(start, day + timedelta(days=1)))
            day += timedelta(days=1)
        if begin < end:
            yield begin, end


def _midnight(like: datetime, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=like.tzinfo)
