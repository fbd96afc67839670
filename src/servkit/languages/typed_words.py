"""What people type in another language: its units of time, its months, yes and no, today and tomorrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.units import UNITS
from servkit.scripts.localization import locale_of
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.languages.catalogue import Catalogue

_UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip


def typed_words(words: Catalogue) -> dict[str, str]:
    """Folded words of the language, each to the English word that
    :func:`servkit.book.typed_values.read_typed` knows. Empty for English."""
    if words.language.partition("-")[0] == "en" or locale_of(words.language) is None:
        return {}
    known: dict[str, set[str]] = {}
    for said, meant in _from_cldr(words.language):
        known.setdefault(_plain(said), set()).add(meant)
    units = {said: meant.pop() for said, meant in known.items() if len(meant) == 1 and said != "m"}
    return units | {_plain(said): meant for said, meant in _own(words)}


def _plain(said: str) -> str:
    return fold(said).strip(" .")


def _own(words: Catalogue) -> Iterator[tuple[str, str]]:
    yes, no = words.gettext("yes"), words.gettext("no")
    yield yes, "yes"
    yield no, "no"
    if yes[:1] != no[:1]:
        yield yes[:1], "yes"
        yield no[:1], "no"
    yield words.gettext("today"), "today"
    yield words.gettext("tomorrow"), "tomorrow"
    yield words.gettext("yesterday"), "yesterday"


def _from_cldr(language: str) -> Iterator[tuple[str, str]]:
    from babel.dates import get_month_names
    from babel.units import format_unit

    locale = locale_of(language)
    assert locale is not None
    for unit in _UNITS:
        for length in ("long", "short", "narrow"):
            for count in (1, 2, 5):
                text = format_unit(count, f"duration-{unit}", length, locale=locale)
                if (name := text.replace(str(count), "").strip()) and f"{unit}s" in UNITS:
                    yield name, f"{unit}s"
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            names = get_month_names(width, context, locale)
            yield from ((name, _MONTHS[place - 1]) for place, name in names.items())
