"""Days counted from another day (BOOK.md 5 and 9)."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

FIRST, LAST = date.min.toordinal(), date.max.toordinal()
_UNITS = {"day": 1, "week": 7, "month": 1, "year": 12}
_RELATIVE = r"(0|[1-9][0-9]{0,6}) (day|week|month|year)s? (ago|ahead)\Z"
_SPAN = r"(0|[1-9][0-9]{0,6}) (day|week|month|year)s?\Z"


class Relative(NamedTuple):
    """``2 years ago``: a number of units before (negative) or after the day of the lookup."""

    count: int  # type: ignore[assignment]  # the field hides tuple.count, which nobody wants here
    unit: str

    def ordinal(self, today: int) -> int:
        """The day as a proleptic Gregorian ordinal, kept within the calendar."""
        if self.unit in ("day", "week"):
            return min(max(today + self.count * _UNITS[self.unit], FIRST), LAST)
        return add_months(date.fromordinal(today), self.count * _UNITS[self.unit]).toordinal()

    def __str__(self) -> str:
        n = abs(self.count)
        return f"{n} {self.unit}{'' if n == 1 else 's'} {'ago' if self.count < 0 else 'ahead'}"


def relative(text: str) -> Relative | None:
    """Read ``N units ago`` or ``N units ahead``."""
    found = re.match(_RELATIVE, " ".join(text.split()))
    if not found:
        return None
    count = int(found[1])
    return Relative(-count if found[3] == "ago" else count, found[2])


def span(text: str) -> Relative | None:
    """Read the ``N units`` of ``within``."""
    found = re.match(_SPAN, " ".join(text.split()))
    return Relative(int(found[1]), found[2]) if found else None


def add_months(start: date, months: int) -> date:
    """N months from a day: the same day of the month or, where there is none, its last (BOOK.md 9)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year < 1:
        return date.min
    if year > date.max.year:
        return date.max
    last = 31 if month == 11 else (date(year, month + 2, 1) - date(year, month + 1, 1)).days
    return date(year, month + 1, min(start.day, last))
