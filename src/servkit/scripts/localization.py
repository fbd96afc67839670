"""Values as people say them in a language: in a script, and on paper.

English says them as a book writes them (BOOK.md 9). Other languages use CLDR's data through Babel, which is imported
only for them, because importing it takes longer than filling a script.
"""

from __future__ import annotations

import math
from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from servkit.book.units import noun_form
from servkit.book.values import Value, write
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from babel import Locale

    from servkit.book.dates import Relative


class ScriptValue:
    """A value in a script: it prints as people say it, and Liquid compares it as what it is."""

    __slots__ = ("text", "value")

    def __init__(self, value: Value, language: str) -> None:
        self.value = value
        self.text = localize(value, language)

    def __str__(self) -> str:
        return self.text

    def __contains__(self, part: object) -> bool:
        return str(part) in self.text

    def __iter__(self) -> Iterator[str]:
        return iter((self.text,))

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __liquid__(self) -> Any:
        if self.value.type in ("money", "percent", "duration"):
            return ComparableAmount(self.value, self.text)
        if self.value.type in ("flag", "number"):
            amount: bool | Decimal = self.value.amount
            return amount
        return write(self.value) if self.value.type == "date" else self.text


class ComparableAmount(Decimal):
    """An amount with a unit, as Liquid compares it: by size with an amount of its family, by its figure with a plain
    number, and as written with a text. What does not compare is neither less nor more."""

    value: Value
    text: str

    def __new__(cls, value: Value, text: str) -> ComparableAmount:  # noqa: PYI034 - a Decimal has no other way
        self = super().__new__(cls, value.amount)
        self.value, self.text = value, text
        return self

    def _pair(self, other: object) -> tuple[Decimal, Decimal] | None:
        if isinstance(other, ComparableAmount):
            same = self.value.family == other.value.family
            return (self.value.size, other.value.size) if same else None
        plain = isinstance(other, (int, float, Decimal)) and not isinstance(other, bool)
        return (self.value.amount, Decimal(str(other))) if plain else None

    def __lt__(self, other: object) -> bool:
        pair = self._pair(other)
        return pair is not None and pair[0] < pair[1]

    def __gt__(self, other: object) -> bool:
        pair = self._pair(other)
        return pair is not None and pair[0] > pair[1]

    def __le__(self, other: object) -> bool:
        pair = self._pair(other)
        return pair is not None and pair[0] <= pair[1]

    def __ge__(self, other: object) -> bool:
        pair = self._pair(other)
        return pair is not None and pair[0] >= pair[1]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return other in (self.text, write(self.value))
        pair = self._pair(other)
        return pair is not None and pair[0] == pair[1]

    def __hash__(self) -> int:
        return hash(self.value.key)


def localize(value: Value, language: str) -> str:
    """The value in words and figures of the language; as a book writes it where CLDR does not know the language."""
    if value.type == "list":
        return ", ".join(value.amount)
    if language.partition("-")[0] == "en" or value.type in ("text", "choice"):
        return write(value)
    if value.type == "flag":
        return _FLAGS.get(language.partition("-")[0], {}).get(value.amount) or write(value)
    locale = locale_of(language)
    return write(value) if locale is None else _with_babel(value, locale)


def localize_list(items: Sequence[str], style: Literal["standard", "or"], language: str) -> str:
    """``a, b or c`` (style ``or``) or ``a, b and c`` (style ``standard``) in the language, else in English."""
    locale = None if len(items) < 2 or language.partition("-")[0] == "en" else locale_of(language)
    if locale is None:
        return enumeration(items, "or" if style == "or" else "and") if items else ""
    from babel.lists import format_list

    return format_list(items, style, locale)


def localize_moment(when: datetime, language: str, *, year: bool) -> str:
    """A day of the week, a day and a time in the language, such as ``Mo., 2. März, 11:00``; else in English."""
    from babel.dates import format_time

    time_ = format_time(when, "short", locale=locale_of(language) or "en")
    return f"{localize_day(when, language, year=year)}, {time_}"


def localize_date(day: date, language: str) -> str:
    """A day in figures, as in a list: ``02.03.2026``; else in English."""
    from babel.dates import format_date

    return format_date(day, "medium", locale=locale_of(language) or "en")


def localize_day(day: date, language: str, *, year: bool = True) -> str:
    """A day with its day of the week in the language, such as ``Mo., 2. März 2026``; else in English."""
    from babel.dates import format_skeleton

    return format_skeleton("yMMMEd" if year else "MMMEd", day, locale=locale_of(language) or "en")


def localize_relative(day: Relative, language: str) -> str:
    """``2 years ago`` in the language, as CLDR has it."""
    locale = None if language.partition("-")[0] == "en" else locale_of(language)
    if locale is None:
        return str(day)
    from babel.dates import TIMEDELTA_UNITS, format_timedelta

    seconds = day.count * dict(TIMEDELTA_UNITS)[day.unit]
    # Babel names the units as literals.
    return format_timedelta(seconds, day.unit, threshold=math.inf, add_direction=True, locale=locale)  # type: ignore[arg-type]


def language_name(language: str) -> str:
    """What people who speak a language call it; its code where nobody knows that."""
    locale = locale_of(language)
    return (locale.get_display_name() if locale is not None else None) or language


def is_right_to_left(language: str) -> bool:
    """Whether the language is written from right to left."""
    locale = locale_of(language)
    return locale is not None and locale.text_direction == "rtl"


def locale_of(language: str) -> Locale | None:
    """CLDR's data for a language, or None where there is none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _with_babel(value: Value, locale: Locale) -> str:
    from babel.dates import format_date, format_time
    from babel.numbers import format_currency, format_decimal, format_percent
    from babel.units import format_unit

    amount = value.amount
    if value.type == "date":
        return format_date(amount, "long", locale)
    if value.type == "time":
        return format_time(time.fromisoformat(amount), "short", locale=locale)
    if value.type == "money":
        if amount % 1:
            text = format_currency(amount, value.unit, locale=locale, decimal_quantization=False)
        else:
            whole = locale.currency_formats["standard"].pattern.replace(".00", "")
            text = format_currency(amount, value.unit, whole, locale, currency_digits=False)
        return text.replace(value.unit, value.unit + "\u00a0") if text.startswith(value.unit) else text
    if value.type == "percent":
        return format_percent(amount.scaleb(-2), locale=locale, decimal_quantization=False)
    if value.type == "duration":
        clock, _, unit = value.unit.rpartition(" ")
        name = f"duration-{unit.rstrip('s')}"
        text = format_unit(amount, name, locale=locale)
        if name in text:  # in some languages CLDR has only the short form
            text = format_unit(amount, name, length="short", locale=locale)
        return f"{text} ({clock})" if clock else text
    text = format_decimal(amount, locale=locale, decimal_quantization=False)
    return f"{text} {noun_form(value.unit, one=amount == 1)}" if value.unit else text


#: "Yes" and "no" as CLDR has them in its POSIX data, which Babel leaves out.
_FLAGS: dict[str, dict[bool, str]] = {
    "ar": {True: "نعم", False: "لا"}, "de": {True: "ja", False: "nein"}, "es": {True: "sí", False: "no"},
    "fr": {True: "oui", False: "non"}, "he": {True: "כן", False: "לא"}, "it": {True: "sì", False: "no"},
    "ja": {True: "はい", False: "いいえ"}, "nl": {True: "ja", False: "nee"}, "pl": {True: "tak", False: "nie"},
    "pt": {True: "sim", False: "não"}, "zh": {True: "是", False: "否"},
}  # fmt: skip
