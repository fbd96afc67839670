"""The present day in a time zone. Only the command line asks for it; everything else is given a day."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today_in(timezone: str) -> date:
    """The present day in a time zone, by its name in the IANA database."""
    return datetime.now(ZoneInfo(timezone)).date()
