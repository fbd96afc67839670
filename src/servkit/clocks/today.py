"""The present day in a time zone, and how long it lasts.

Loading a time zone costs the desk dearly, so the day is kept with its first and last moment where anything is kept.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

#: The present day of time zones, as it was last told or kept.
_known: dict[str, str] = {}


def today_in(timezone: str) -> date:
    """The present day in a time zone."""
    from datetime import date

    return date.fromisoformat(day_in(timezone).partition(" ")[0])


def day_in(timezone: str) -> str:
    """The present day in a time zone: its date, its first and last moment."""
    known = _known.get(timezone)
    if known is None or not is_today(known, int(time.time())):
        known = _known[timezone] = _day_in(timezone)
    return known


def know(timezone: str, day: str) -> None:
    """Use a day that was kept, so that no time zone has to be loaded as long as it lasts."""
    _known[timezone] = day


def is_today(day: str | None, now: int) -> bool:
    """Whether a kept day is the present one."""
    _, first, last = (day or "- 0 0").split()
    return int(first) <= now < int(last)


def _day_in(timezone: str) -> str:
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    midnight = datetime.now(ZoneInfo(timezone)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    following = midnight + timedelta(days=1)
    return f"{midnight.date()} {int(midnight.timestamp())} {int(following.timestamp())}"
