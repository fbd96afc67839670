"""The names of currencies and units that come with servkit are those of CLDR."""

from __future__ import annotations

from babel import Locale
from babel.numbers import get_currency_name
from babel.units import format_unit

from servkit.book.cldr_names import currency_names, unit_names
from servkit.book.units import CURRENCIES

#: The languages that are understood, in the order in which a name is given its meaning.
LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pt")


def test_currencies_are_called_as_cldr_calls_them() -> None:
    expected: dict[str, str] = {}
    for language in LANGUAGES:
        for code in filter(CURRENCIES.__contains__, Locale(language).currencies):
            for count in (None, 1, 3):
                expected.setdefault(get_currency_name(code, count, locale=language).casefold(), code)
    assert currency_names() == expected


def test_units_of_time_are_called_as_cldr_calls_them() -> None:
    expected: dict[str, str] = {}
    for language in LANGUAGES:
        for unit in ("second", "minute", "hour", "day", "week", "month", "year"):
            for length in ("long", "short"):
                for number in (1, 3):
                    words = format_unit(number, f"duration-{unit}", length, locale=language)
                    name = words.replace(str(number), "").strip().rstrip(".").casefold()
                    if len(name) > 1 and " " not in name:
                        expected.setdefault(name, f"{unit}s")
    assert unit_names() == expected
