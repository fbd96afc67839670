"""Text as a printer sets it: the quotation marks of the language, and days as its readers write them.

Authors type ``"`` and ``'`` and ``2026-03-01``. What is shown as it was typed (code, links, paths) stays so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.dates import format_date
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.token import Token

from servkit.scripts.localization import locale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.handout.model import Run, Runs

#: Outer and inner quotation marks (CLDR 46, ``delimiters``); French ones stand a space away from the words.
_QUOTES = {
    "en": "“”‘’", "ar": "”“’‘", "cs": "„“‚‘", "da": "“”‘’", "de": "„“‚‘", "de-CH": "«»‹›", "el": "«»“”", "es": "«»“”",
    "et": "„“‚‘", "fa": "«»‹›", "fi": "””’’", "fr": ("«\u202f", "\u202f»", "“", "”"), "he": "””’’", "hr": "„“‚‘",
    "hu": "„”»«", "it": "«»“”", "ja": "「」『』", "lt": "„“„“", "lv": "“”‘’", "nb": "«»‘’", "nn": "«»‘’", "no": "«»‘’",
    "pl": "„”«»", "ro": "„”«»", "ru": "«»„“", "sk": "„“‚‘", "sl": "„“‚‘", "sv": "””’’", "uk": "«»„“",
}  # fmt: skip
#: More quotation marks in one text stay as they are.
MAX_MARKS = 500
#: The space before a colon, and before all other marks of French.
NARROW = "\N{NARROW NO-BREAK SPACE}"
_SPACES = {":": "\N{NO-BREAK SPACE}"}
_DAY = re.compile(r"(?<![\w/.:=-])(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?(?!\w)|(?![\w/=-]))", re.ASCII)


class Typesetter:
    """Sets text in one language."""

    def __init__(self, language: str) -> None:
        self.locale = locale_of(language) or Locale("en")
        quotes: Sequence[str] = _QUOTES.get(language) or _QUOTES.get(language.partition("-")[0]) or _QUOTES["en"]
        self._marks = _spaced_marks(self.locale)
        self._state: Any = SimpleNamespace(md=SimpleNamespace(options=SimpleNamespace(quotes=quotes)))

    def words(self, words: str) -> str:
        """A text in one style."""
        return self._spaced(self._set([words])[0] if _needs_it([words]) else words)

    def runs(self, runs: Runs) -> Runs:
        """A text in several styles: a quotation may begin in one and end in another."""
        if _needs_it([run.text for run in runs]):
            words = self._set([None if run.code or run.text == "\n" else run.text for run in runs])
            runs = tuple(_with(run, text) for run, text in zip(runs, words, strict=True))
        if self._marks is None:
            return runs
        return tuple(_with(run, self._spaced(run.text)) for run in runs)

    def day(self, day: date) -> str:
        """A day as people of the language write it."""
        return str(format_date(day, "long", self.locale))

    def _spaced(self, text: str) -> str:
        """A text with the spaces that French has before a colon and the like."""
        if self._marks is None:
            return text
        return self._marks.sub(lambda found: f"{_SPACES.get(found[1][0], NARROW)}{found[1]}", text)

    def _set(self, texts: Sequence[str | None]) -> list[str]:
        """The texts; None is what stands between them and stays as it is."""
        tokens = [
            Token("hardbreak", "", 0) if text is None else Token("text", "", 0, content=_DAY.sub(self._day, text))
            for text in texts
        ]
        process_inlines(tokens, self._state)
        return [token.content for token in tokens]

    def _day(self, found: re.Match[str]) -> str:
        try:
            day = self.day(date(int(found[1]), int(found[2]), int(found[3])))
        except ValueError:
            return found[0]
        return f"{day}, {found[4]}" if found[4] else day


def _spaced_marks(locale: Locale) -> re.Pattern[str] | None:
    """The marks that stand a space away from the word before them, with the space that was typed; None in a language
    that has none. In Canada and Switzerland a colon stands apart, and other marks do not."""
    if locale.language != "fr":
        return None
    marks = ":" if locale.territory in ("CA", "CH") else ":;!?"
    return re.compile(rf"(?<=[^\s:;!?]) ?([{marks}][:;!?]*)(?=\s|\Z)")


@cache
def typesetter(language: str) -> Typesetter:
    """The typesetter of a language."""
    return Typesetter(language)


def _needs_it(texts: Sequence[str]) -> bool:
    """Whether there is anything to set. Pairing quotation marks by the thousand, which nobody writes, takes long."""
    marks = sum(text.count('"') + text.count("'") for text in texts)
    return 0 < marks <= MAX_MARKS or (not marks and any(map(_DAY.search, texts)))


def _with(run: Run, text: str) -> Run:
    return run if run.code or run.text == "\n" else replace(run, text=text)
