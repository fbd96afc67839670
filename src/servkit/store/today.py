"""The present day in a time zone, and how long it lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def today_in(timezone: str) -> date:
    """The present day in a time zone."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(timezone)).date()


def day_in(timezone: str) -> str:
    """The same with its first and last moment: loading the zone each time would cost the desk dearly."""
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    midnight = datetime.now(ZoneInfo(timezone)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    following = midnight + timedelta(days=1)
    return f"{midnight.date()} {int(midnight.timestamp())} {int(following.timestamp())}"


def is_today(day: str | None, now: int) -> bool:
    """Whether a kept day (its date, its first and last moment) is the present one."""
    _, first, last = (day or "- 0 0").split()
    return int(first) <= now < int(last)
