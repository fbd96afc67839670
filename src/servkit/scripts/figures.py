"""Amounts and periods in a text, in digits or in words: ``30 days``, ``$25``, ``10 %``, ``two weeks``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from babel.numbers import get_group_symbol

from servkit.book.literals import read
from servkit.book.number_words import NUMBER_WORDS
from servkit.book.problems import ValueProblem
from servkit.book.written_form import HALVES, plain_number, written_form
from servkit.scripts.localization import locale_of
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from servkit.book.settings import Settings
    from servkit.book.values import Value

_SPACE = " \u00a0\u202f"
#: Numbers in words, without those that also say how often something happens: `twice a day`.
_SPOKEN = {word: str(number) for word, number in NUMBER_WORDS.items() if word not in ("a", "an")}
_SPOKEN_NUMBER = "|".join(sorted((*_SPOKEN, *(half for half in HALVES if half not in _SPOKEN)), key=len, reverse=True))
_NUMBER = re.compile(
    rf"\d{{1,3}}(?:[{_SPACE}'’]\d{{3}})+(?!\d)(?:[.,]\d{{1,2}})?|\d(?:[\d.,]*\d)?[½¼¾]?|[½¼¾]"
    rf"|(?<![\w-])(?i:{_SPOKEN_NUMBER})(?![\w'’])"
)
_SIGN = re.compile(r"(?:US|AU|CA|NZ|HK|[ACR])?[$€£¥₹₩₽₺]|\b[A-Z]{3}")
#: What follows a number: a sign, or up to three words, the longest of which that is a unit is taken.
_UNIT = re.compile(rf"[{_SPACE}-]?(?P<words>[%€£$¥₹₩₽₺]|zł|[^\W\d_]+(?:[ -][^\W\d_]+){{0,2}})")
#: The first of two ends: `3 to 5 days`, `3–5 days`.
_RANGE = re.compile(rf"[{_SPACE}]?(?:-|–|—|to|and|or|bis|und|oder|a|y|o|à|et|ou)[{_SPACE}]?", re.IGNORECASE)
#: Days on which a company works, as many languages say it.
_WORKING_DAYS = re.compile(
    r"(?:business|working|office|week)[ -]?days?|werktagen?|arbeitstagen?|dias (?:habiles|laborables)"
    r"|jours (?:ouvres|ouvrables)|werktag|arbeitstag|dia (?:habil|laborable)|jour (?:ouvre|ouvrable)"
)
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    "|Sept?|Oct|Nov|Dec|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|enero|febrero|marzo|abril|mayo|junio|julio"
    "|agosto|septiembre|octubre|noviembre|diciembre|janvier|février|mars|avril|juin|juillet|août|septembre|octobre"
    "|novembre|décembre"
)
#: Digits that are neither an amount nor a period, and some that may be one (``True``) but in no form that is read.
_OTHER = (
    ("a link or an address", False, re.compile(r"\b(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-][\w.-]{0,250}")),
    (
        "a date",
        False,
        re.compile(
            rf"""
            \b\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b
            | \b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b
            | \b\d{{1,2}}(?:st|nd|rd|th|\.)?[ ](?:(?:of|de)[ ])?(?:{_MONTHS})\b\.?(?:(?:,|[ ]de)?[ ]\d{{4}}\b)?
            | \b(?:{_MONTHS})\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?[ ]\d{{4}}\b)?
            | \b\d{{1,2}}(?:st|nd|rd|th)\b
            """,
            re.VERBOSE,
        ),
    ),
    (
        "hours and minutes",
        True,
        re.compile(r"\b\d{1,3}(?:h\d{2}\b|:\d{2} ?(?:h|hours?|hrs?|Std|Stunden|horas?|heures?)\b)", re.IGNORECASE),
    ),
    (
        "a time of day",
        False,
        re.compile(
            r"\b\d{1,2}:\d{2}\b(?: ?[ap]\.?m\b\.?| Uhr\b)?|\b\d{1,2} ?(?:[ap]\.?m\b\.?|Uhr\b|o['’]clock)", re.IGNORECASE
        ),
    ),
    (
        "a telephone number",
        False,
        re.compile(r"(?<![\w.])\+\d[\d ()/.-]{5,20}\d|\(\d{2,5}\) ?\d[\d -]{4,20}\d|\b\d{3}-\d{3}-\d{4}\b"),
    ),
)
#: A word with letters in front and digits behind, as accounts and orders have them; not `USD25` or `up-to-30-days`.
_NAME = re.compile(r"#\d[\w-]*|(?<![\w-])(?![A-Z]{3}\d)[A-Za-z][\w-]*")
_NO_NAME = re.compile(r"\d-?[^\W\d_]{3}")
_UNREAD = "it has no unit that the book knows"
_TWO_WAYS = "it can be read in two ways"


class Figure(NamedTuple):
    """An amount or a period, as it is written and where (characters from 0).

    ``working``: it counts the days on which a company works, and no clock of the book says which those are. ``lower``:
    it is the lower end of a range, as `3` is in `3 to 5 days`, and the next figure is the upper one."""

    text: str
    place: int
    value: Value
    working: bool = False
    lower: bool = False

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.place + len(self.text)


class Unread(NamedTuple):
    """Something with digits that was not read, and why. ``amount``: it may be an amount or a period."""

    text: str
    place: int
    why: str
    amount: bool


def figures_in(
    text: str, settings: Settings, counted: Collection[str] = (), language: str | None = None
) -> tuple[list[Figure], list[Unread]]:
    """All figures of a text, and what could not be read, each in the order of the text.

    ``language`` is that of the text: it says which sign parts thousands. ``counted`` are the families of numbers of
    things that matter, such as ``number visit``: any word can stand behind a number."""
    if not _NUMBER.search(text):
        return [], []
    reader = _Reader(settings, counted, language or settings.language)
    unread = [*_other(text)]
    rest = list(text)
    for one in unread:
        rest[one.place : one.place + len(one.text)] = "_" * len(one.text)
    text = "".join(rest)
    figures: list[Figure] = []
    following: Figure | None = None
    for hit in reversed(list(_NUMBER.finditer(text))):
        found = reader.figure(text, hit) or reader.lower_end(text, hit, following)
        if found is not None:
            figures.append(found)
        elif hit[0][-1].isalpha():
            continue  # `one of us` is no amount
        else:
            why = _UNREAD if plain_number(hit[0]) is not None else _TWO_WAYS
            unread.append(Unread(_with_words(text, hit), hit.start(), why, amount=True))
        following = found
    return figures[::-1], _without_repeats(unread)


def _other(text: str) -> Iterator[Unread]:
    """What has digits and is no figure that can be read."""
    for why, amount, pattern in _OTHER:
        for hit in pattern.finditer(text):
            yield Unread(hit[0], hit.start(), why, amount)
    for hit in _NAME.finditer(text):
        if any(char.isdigit() for char in hit[0]) and not _NO_NAME.search(hit[0]):
            yield Unread(hit[0], hit.start(), "a number of something", amount=False)


class _Reader:
    """Reads single figures."""

    def __init__(self, settings: Settings, counted: Collection[str], language: str) -> None:
        self.settings, self.counted = settings, counted
        self.grouped = _grouped(language)

    def figure(self, text: str, hit: re.Match[str]) -> Figure | None:
        """The figure that a number belongs to."""
        for start, end in _spans(text, hit):
            found = self._read(text[start:end], start)
            if found is not None:
                return found
        return None

    def lower_end(self, text: str, hit: re.Match[str], following: Figure | None) -> Figure | None:
        """The number before another one, in its unit."""
        if following is None or following.place < hit.end() or not _RANGE.fullmatch(text[hit.end() : following.place]):
            return None
        number = _NUMBER.search(following.text)
        if number is None:
            return None
        found = self._read(following.text[: number.start()] + hit[0] + following.text[number.end() :], hit.start())
        return None if found is None else found._replace(text=hit[0], lower=True)

    def _read(self, written: str, place: int) -> Figure | None:
        """An amount or a period, in the book's own units or as people write them; None for anything else."""
        text = written
        if (grouped := _NUMBER.search(text)) and self.grouped.fullmatch(grouped[0]):
            digits = "".join(char for char in grouped[0] if char.isdigit())
            text = text[: grouped.start()] + digits + text[grouped.end() :]
        number = _NUMBER.match(text)
        plain = _SPOKEN.get(number[0].casefold()) or plain_number(number[0]) if number else None
        unit = text[number.end() :].strip(_SPACE + "-") if number else ""
        value = self._value(f"{plain} {unit}") if plain else None
        if value is None and plain and _WORKING_DAYS.fullmatch(fold(unit)):
            value = self._value(f"{plain} days")
            return None if value is None else Figure(written, place, value, working=True)
        value = value or self._value(written_form(text, self.settings.currency))
        return None if value is None else Figure(written, place, value)

    def _value(self, form: str | None) -> Value | None:
        """The value of what a book may write, where it is one that a text can be held to."""
        try:
            value = read(form, self.settings.vocabulary) if form else None
        except ValueProblem:
            return None
        if value is None or value.type in ("money", "percent", "duration"):
            return value
        return value if value.type == "number" and value.family in self.counted else None


@cache
def _grouped(language: str) -> re.Pattern[str]:
    """A number whose thousands are parted as the language does it."""
    locale = locale_of(language)
    sign = get_group_symbol(locale) if locale else ","
    return re.compile(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+")


def _spans(text: str, hit: re.Match[str]) -> Iterator[tuple[int, int]]:
    """What may be the whole figure: a sign and the number, or the number and up to three words."""
    before = text[max(0, hit.start() - 5) : hit.start()]
    for sign in _SIGN.finditer(before):
        if not before[sign.end() :].strip(_SPACE):
            yield hit.start() - len(before) + sign.start(), hit.end()
    unit = _UNIT.match(text, hit.end())
    if unit is None:
        return
    ends = [unit.start("words") + end.end() for end in re.finditer(r"[^\s-]+", unit["words"])]
    yield from ((hit.start(), end) for end in reversed(ends))


def _with_words(text: str, hit: re.Match[str]) -> str:
    unit = _UNIT.match(text, hit.end())
    return text[hit.start() : unit.end()] if unit and " " not in unit["words"] else hit[0]


def _without_repeats(unread: list[Unread]) -> list[Unread]:
    """In the order of the text, without what lies inside another."""
    out: list[Unread] = []
    for one in sorted(unread, key=lambda one: (one.place, -len(one.text))):
        if not out or one.place >= out[-1].place + len(out[-1].text):
            out.append(one)
    return out
