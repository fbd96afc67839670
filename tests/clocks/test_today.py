"""The present day, where the book is."""

from __future__ import annotations

from servkit.clocks.today import today_in


def test_the_day_is_that_of_the_time_zone() -> None:
    """These two are 26 hours apart, so they never have the same day."""
    assert today_in("Etc/GMT+12") < today_in("Pacific/Kiritimati")
