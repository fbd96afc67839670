"""The present day, where the book is."""

from __future__ import annotations

from servkit.store.today import day_in, is_today, today_in


def test_a_new_day_begins_in_the_book_s_own_time_zone() -> None:
    for zone in ("America/New_York", "Pacific/Kiritimati"):
        day = day_in(zone)
        date, first, last = day.split()
        assert date == today_in(zone).isoformat()
        assert int(last) - int(first) in (82_800, 86_400, 90_000)
        assert is_today(day, int(first))
        assert not is_today(day, int(last))
    assert not is_today(None, 0)
