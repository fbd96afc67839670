"""The present day, where the book is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.clocks.today import day_in, is_today, know, today_in

if TYPE_CHECKING:
    import pytest


def test_a_new_day_begins_in_the_book_s_own_time_zone() -> None:
    for zone in ("America/New_York", "Pacific/Kiritimati"):
        day = day_in(zone)
        date, first, last = day.split()
        assert date == today_in(zone).isoformat()
        assert int(last) - int(first) in (82_800, 86_400, 90_000)
        assert is_today(day, int(first))
        assert not is_today(day, int(last))
    assert not is_today(None, 0)


def test_a_kept_day_is_used_as_long_as_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_772_323_200)
    know("Asia/Kathmandu", "2026-03-01 1772301900 1772388300")
    assert today_in("Asia/Kathmandu").isoformat() == "2026-03-01"
    know("Asia/Kathmandu", "1999-12-31 1772000000 1772323200")
    assert today_in("Asia/Kathmandu").isoformat() != "1999-12-31"
