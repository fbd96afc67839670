"""What people type in another language: its months, yes and no, today and tomorrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.scripts.localization import locale_of
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.languages.catalogue import Catalogue

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip


def typed_words(words: Catalogue) -> dict[str, str]:
    """Folded words of the language, each to the English word that
    :func:`servkit.book.typed_values.read_typed` knows. Empty for English."""
    if words.language.partition("-")[0] == "en" or locale_of(words.language) is None:
        return {}
    pairs = (*_months(words.language), *_own(words))
    return {_plain(said): meant for said, meant in pairs}


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


def _months(language: str) -> Iterator[tuple[str, str]]:
    from babel.dates import get_month_names

    locale = locale_of(language)
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            names = get_month_names(width, context, locale)
            yield from ((name, _MONTHS[place - 1]) for place, name in names.items())
