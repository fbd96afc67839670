"""The hours of a clock in the words of a language: a clock has a name in the book, and no title."""

from __future__ import annotations

import re

from servkit.scripts.localization import locale_of

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = "|".join(_DAYS)
#: Days and hours that can be said in a few words; public holidays aside.
_PLAIN = re.compile(
    rf"(?P<first>{_DAY})-(?P<last>{_DAY}) (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)(?:\s*;\s*PH (?:off|closed))?\s*\Z"
)
_WHOLE_DAYS = (("00:00", "24:00"), ("00:00", "23:59"))


def clock_words(hours: str, language: str) -> str | None:
    """``Mo.–Fr. 08:00–17:00``; None where a few words do not say it, or in a language that nobody knows."""
    found, locale = _PLAIN.match(hours.strip()), locale_of(language)
    if found is None or locale is None:
        return None
    from babel.dates import get_day_names  # slow to import, and a book in one language does without

    names = get_day_names("abbreviated", locale=locale)
    days = "–".join(str(names[_DAYS.index(found[key])]) for key in ("first", "last"))
    times = (found["opens"], found["closes"])
    return days if times in _WHOLE_DAYS else f"{days} {'–'.join(times)}"
