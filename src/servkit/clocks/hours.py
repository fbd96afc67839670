"""Opening hours: reading what OpenStreetMap's syntax has, and what to write where people write it in another way."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from servkit.book.problems import ValueProblem
from servkit.book.time_zones import near_zone, time_zone
from servkit.nearest import nearest
from servkit.text import quoted

#: What can be written, where nothing better can be said.
_EXAMPLE = "Write them like `Mo-Fr 08:00-18:00; Sa 10:00-14:00; PH off`."
_FAILED_AT = re.compile(r"--> (\d+):(\d+)")
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
#: Languages whose names of days are understood, those of English first.
_LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pt")
_WORDS = {
    "weekdays": "Mo-Fr", "weekday": "Mo-Fr", "werktags": "Mo-Fr", "weekends": "Sa-Su", "weekend": "Sa-Su",
    "wochenende": "Sa-Su", "daily": "Mo-Su", "täglich": "Mo-Su", "diario": "Mo-Su", "everyday": "Mo-Su",
    "holidays": "PH", "holiday": "PH", "feiertage": "PH", "feiertags": "PH", "feiertag": "PH", "festivos": "PH",
    "closed": "off", "shut": "off", "geschlossen": "off", "zu": "off", "cerrado": "off", "fermé": "off",
    "to": "-", "until": "-", "till": "-", "bis": "-", "a": "-", "à": "-", "through": "-", "thru": "-",
    "and": ",", "und": ",", "y": ",", "et": ",", "from": "", "von": "", "public": "", "uhr": "", "o'clock": "",
    "hrs": "",
}  # fmt: skip
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?h?([ap])?m?\Z")
_PIECE = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d|\d\d?\.\d\d?\.(?!\d))"
    r"|(?P<time>\d{1,2}(?:[:.]\d\d|h\d\d|h)?(?: ?[ap]\.?m\b\.?)?(?![\d/]))"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?\.?)|(?P<sign>[-–—−,;&/]|\|\|)|(?P<other>\S)",
    re.IGNORECASE,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class HoursProblem(ValueProblem):
    """Hours that cannot be read. ``key`` of the clock is at fault, ``start`` characters after its value begins
    (None: all of it)."""

    def __init__(self, message: str, key: str = "hours", start: int | None = None) -> None:
        super().__init__(message)
        self.key, self.start = key, start


@cache
def read_hours(name: str, hours: str, country: str | None, zone: str) -> Any:
    """The opening hours of a clock, with the public holidays of its country. Raises HoursProblem."""
    # Heavy, and only books with clocks need it.
    from opening_hours import OpeningHours, ParserError, UnknownCountryError  # type: ignore[attr-defined]  # its types lack the errors

    try:
        return OpeningHours(hours, timezone=time_zone(zone), country=country)
    except (ValueError, TypeError):  # TypeError: a zone that is too new for the library
        message = f"{quoted(zone)} is not a time zone such as Europe/Paris (clock {quoted(name)}). {near_zone(zone)}"
        raise HoursProblem(message.rstrip(), "timezone") from None
    except ParserError as bad:
        found = _FAILED_AT.search(str(bad))
        raise _unreadable(name, hours, int(found[2]) - 1 if found else 0) from None
    except UnknownCountryError:
        raise HoursProblem(_no_country(str(country), name), "country") from None


def _unreadable(name: str, hours: str, failed: int) -> HoursProblem:
    """What cannot be read: the word in which reading failed, or the one before it."""
    if not hours.strip():
        return HoursProblem(f"The clock {quoted(name)} has no hours. {_EXAMPLE}")
    bare = hours.rstrip()
    place = min(failed, len(bare) - 1)
    start_at = (
        place if bare[place] in ",;" else len(bare[: place + 1].rstrip()) - len(_last_word(bare[: place + 1].rstrip()))
    )
    word = re.match(r"[^\s,;|]+|[,;]", hours[start_at:])
    what = quoted(word[0]) if word else quoted(hours)
    written = written_hours(hours)
    advice = f"Write {quoted(written)}." if written else _EXAMPLE
    return HoursProblem(f"{what} in the hours of the clock {quoted(name)} can't be read. {advice}", start=start_at)


def _last_word(text: str) -> str:
    """The word at the end of a text."""
    return re.split(r"[\s,;|]", text)[-1]


def _no_country(country: str, name: str) -> str:
    codes = countries()
    code = next((code for code, names in codes.items() if country.casefold() in names), None)
    if code is None and country.upper() in codes:
        code = country.upper()
    if code is None and (
        near := nearest(country, titles := {title: code for code, names in codes.items() for title in names}, 1)
    ):
        code = titles[near[0]]
    message = f"No public holidays are known for the country {quoted(country)} (clock {quoted(name)})."
    return f"{message} {f'Write {quoted(code)}.' if code else 'Write its code of two letters, such as US or DE.'}"


@cache
def countries() -> dict[str, frozenset[str]]:
    """Country codes, each with the names that the country has in the languages that are understood here (CLDR)."""
    from babel import Locale  # only those who mistype a country need it

    names: dict[str, set[str]] = {}
    for language in _LANGUAGES:
        for code, title in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                names.setdefault(code, set()).add(str(title).casefold())
    names["GB"] |= {"uk", "england", "great britain"}
    names["US"] |= {"usa", "united states of america", "america"}
    return {code: frozenset(found) for code, found in names.items()}


def written_hours(hours: str) -> str | None:
    """Hours as people write them (``Mon-Fri 9am-5pm``) in the syntax of OpenStreetMap; None where that does not
    come to hours that can be read."""
    from opening_hours import validate

    out = ""
    for found in _PIECE.finditer(re.sub(r"\b24 ?(?:h|hours?)\b(?!\d)", "24/7", hours, flags=re.IGNORECASE)):
        piece = _piece(found)
        if piece is None:
            return None
        out = _joined(out, piece)
    out = _later_in_the_day(re.sub(r"[ ,;]+\Z", "", out))
    return out if out and validate(out) else None


def _piece(found: re.Match[str]) -> str | None:
    """One piece of hours as OpenStreetMap has it; None for one that means nothing."""
    text = found[0]
    if found["date"]:
        year, month, day = text.split("-") if "-" in text else ("", *reversed(text.rstrip(".").split(".")))
        return f"{year} {_MONTHS[int(month) - 1]} {day}".strip() if 1 <= int(month) <= 12 else None
    if found["time"]:
        return _time(text)
    if found["sign"]:
        return {"&": ",", "–": "-", "—": "-", "−": "-"}.get(text, text)
    if not found["word"]:
        return text
    word = text.rstrip(".").casefold()
    if word in _WORDS:
        return _WORDS[word]
    return _day(word) or (text if text in (*_DAYS, *_MONTHS, "PH", "SH", "off", "open", "week") else None)


def _time(text: str) -> str | None:
    found = _TIME.match(text.lower().replace(" ", "").replace("p.m", "pm").replace("a.m", "am").rstrip("."))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour <= 24 and minute < 60 else None


@cache
def _day_names() -> dict[str, str]:
    """The names of the days and their abbreviations, to OpenStreetMap's. What two languages share is the first's."""
    from babel.dates import get_day_names

    names: dict[str, str] = {"tues": "Tu", "wednes": "We", "thur": "Th", "thurs": "Th"}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated", "short"):
            for number, title in get_day_names(width, locale=language).items():
                names.setdefault(str(title).casefold().rstrip("."), _DAYS[number])
    return names


def _day(word: str) -> str | None:
    names = _day_names()
    return names.get(word) or names.get(word.removesuffix("s"))


def _joined(out: str, piece: str) -> str:
    """The pieces so far and the next one, with what belongs between them."""
    if piece in ("-", ",", ";", "||", "") or not out:
        return out.rstrip() + {"-": "-", ",": ", ", ";": "; ", "||": " || "}.get(piece, piece)
    last = out.rstrip(" ,")[-1:]
    if piece[:2] in _DAYS and last.isdigit() and out.rstrip()[-1:] in (",", *"0123456789"):
        return f"{out.rstrip(' ,')}; {piece}"  # a day after a time begins a new rule
    return (
        out + piece
        if out[-1:] in "- "
        else f"{out} {piece}"
        if not (last.isdigit() and piece[:1].isdigit())
        else f"{out}, {piece}"
    )


def _later_in_the_day(hours: str) -> str:
    """``09:00-05:00`` as ``09:00-17:00``: nobody opens in the morning to close before it."""

    def later(found: re.Match[str]) -> str:
        begin, end = int(found[1]), int(found[3])
        return f"{found[1]}:{found[2]}-{end + 12:02}:{found[4]}" if end <= begin <= 12 and end < 12 else found[0]

    return re.sub(r"(\d\d):(\d\d)-(\d\d):(\d\d)", later, hours)


class OverruledPart(NamedTuple):
    """A part of hours that does nothing where it is, the place where it begins, and hours in which it does."""

    part: str
    start: int
    written: str


def overruled_part(hours: str, country: str | None, start: datetime) -> OverruledPart | None:
    """A part of hours that those after it overrule, looked at in the three years from a day on."""
    parts = _parts(hours)
    if len(parts) < 2:
        return None
    now = _open_periods(hours, country, start)
    for number, (place, part) in enumerate(parts[:-1]):
        others = [text for _, text in parts[:number] + parts[number + 1 :]]
        last = "; ".join([*others, part])
        if _open_periods("; ".join(others), country, start) == now != _open_periods(last, country, start):
            return OverruledPart(part, place, last)
    return None


def _parts(hours: str) -> list[tuple[int, str]]:
    """The parts between semicolons, comments in quotation marks aside, each with where it begins."""
    found = re.finditer(r'(?:"[^"]*"|[^;"])+', hours)
    return [(part.start() + len(part[0]) - len(part[0].lstrip()), part[0].strip()) for part in found if part[0].strip()]


def _open_periods(hours: str, country: str | None, start: datetime) -> list[Any]:
    from opening_hours import OpeningHours  # as above

    periods = OpeningHours(hours, country=country).intervals(start, start + timedelta(days=3 * 365))
    return [(begin, end) for begin, end, state, _ in periods if is_open(state)]


def is_open(state: Any) -> bool:
    """Whether a state of the library is open; a part of hours that is not certain is not."""
    return str(state) in ("open", "State.OPEN")
