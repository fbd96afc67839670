"""Amounts and periods that a text promises, with what they are about: `You can return parts within 30 days`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.literals import read
from servkit.book.problems import ValueProblem
from servkit.book.written_form import written_form
from servkit.exchange.topic_words import concepts, is_about, topic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

#: Days on which a company works, as many languages say it: they compare with days on a clock of the book.
BUSINESS = "business"
_BUSINESS_DAYS = (
    r"(?:business|working|office|week) ?days?|werktagen?|arbeitstagen?|dias (?:habiles|laborables)|jours ouvr[ée]s"
)
_WORDS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|twelve|ein|eine|einen|zwei|drei|una?|dos|tres|une|deux|trois"
)
_NUMBER = r"\d{1,3}(?:[.,'’]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
_AMOUNT = re.compile(
    rf"(?<![\w.,-])(?:(?P<low>\d+) ?(?:-|–|to|bis|a|à) ?(?=\d))?"
    rf"(?:(?P<sign>US\$|AU?\$|CA?\$|NZ\$|HK\$|[€£$¥₹]|(?-i:[A-Z]{{3}})) ?(?P<money>{_NUMBER})(?![\w%])"
    rf"|(?P<number>{_NUMBER}|\b(?:{_WORDS})\b)[ \u00a0\u202f-]?(?P<unit>{_BUSINESS_DAYS}|[^\W\d_]{{1,12}}\b|%|€|£))",
    re.IGNORECASE,
)
#: What is said to somebody ends here.
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_CLAUSE = re.compile(r", | and | but | or | und | oder | aber | y | o | pero | et | ou | mais ", re.IGNORECASE)
_LIQUID = re.compile(r"\{\{(?:(?!\{\{|\}\}).)*\}\}|\{%(?:(?!\{%|%\}).)*%\}", re.DOTALL)
#: From when a period counts: that is no matter of its own.
_START = re.compile(
    r"^[ ]?(?:of|from|after|since|following|upon|before|prior to|nach|ab|seit|vor|de|desde|despues de|apres|avant)"
    r"(?: (?:the|your|our|its|a|der|dem|den|die|das|ihrer|ihrem|la|el|su|le|votre))?(?: (?:date|day|datum|tag) of)?"
    r"(?: (?:the|your))? [^\W\d_]+",
    re.IGNORECASE,
)
#: A text with more of them is a table, not a promise.
_MOST = 40


class Size(NamedTuple):
    """An amount as it compares: amounts of one family do. ``low`` is less than ``high`` for `3 to 5 days`."""

    family: str
    low: Decimal
    high: Decimal

    def agrees(self, other: Size) -> bool:
        """Whether both can be true."""
        return self.low <= other.high and other.low <= self.high


class Claim(NamedTuple):
    """An amount in a text: as it is written, as it compares, what it is about, and the sentence."""

    written: str
    size: Size
    about: frozenset[str]
    sentence: str


def claims_in(text: str, currency: str | None) -> Iterator[Claim]:
    """The amounts of a text. ``currency`` is the book's, which ``$`` means."""
    if not any(char.isdigit() for char in text) and not re.search(_WORDS, text, re.IGNORECASE):
        return
    found, before = 0, frozenset[str]()
    for sentence in _SENTENCE.split(_LIQUID.sub("…", text)):
        for clause in _clauses(sentence[:2000]):
            amounts = [(hit, size) for hit in _AMOUNT.finditer(clause) if (size := _size(hit, currency)) is not None]
            if not amounts:
                continue
            about = topic(_without(clause, [hit for hit, _ in amounts]))
            if not is_about(about):  # `It holds for 60 days.`
                about |= concepts(before)
            for hit, size in amounts:
                found += 1
                if found > _MOST:
                    return
                yield Claim(" ".join(hit[0].split()), size, about, " ".join(sentence.split()))
        before = topic(sentence[:2000])


def _clauses(sentence: str) -> list[str]:
    """The parts of a sentence, each with an amount of its own where there are several."""
    parts: list[str] = []
    waiting = ""
    place = 0
    for end in [*(hit.start() for hit in _CLAUSE.finditer(sentence)), len(sentence)]:
        waiting += sentence[place:end]
        place = end
        if any(_may_be_amount(hit) for hit in _AMOUNT.finditer(waiting)):
            parts.append(waiting)
            waiting = ""
    if waiting and parts and not is_about(topic(parts[-1])):  # `Within 30 days, you can return it.`
        parts[-1] += waiting
    return parts


def _may_be_amount(hit: re.Match[str]) -> bool:
    return hit["money"] is not None or _size(hit, "USD") is not None


def _without(clause: str, hits: list[re.Match[str]]) -> str:
    """A clause without its amounts and from when they count."""
    out, end = [], 0
    for hit in hits:
        out.append(clause[end : hit.start()])
        start = _START.match(clause[hit.end() : hit.end() + 80])
        end = hit.end() + (start.end() if start else 0)
    return " ".join([*out, clause[end:]])


def _size(hit: re.Match[str], currency: str | None) -> Size | None:
    if hit["money"] is not None:
        return _read(hit["low"], f"{hit['sign']}{hit['money']}", currency)
    return _read(hit["low"], f"{hit['number']} {hit['unit']}", currency)


@lru_cache(4096)
def _read(low: str | None, text: str, currency: str | None) -> Size | None:
    number, _, unit = text.partition(" ")
    family = None
    if re.fullmatch(_BUSINESS_DAYS, unit, re.IGNORECASE):
        family, text = BUSINESS, f"{number} days"
    written = written_form(text.replace("\u00a0", " "), currency)
    if written is None:
        return None
    try:
        value = read(written)
    except ValueProblem:
        return None
    if value.type not in ("duration", "money", "percent"):
        return None
    if family == BUSINESS:
        size = value.size / 86400
        return Size(BUSINESS, size if low is None else size.__class__(low), size)
    if low is None:
        return Size(value.family, value.size, value.size)
    least = value.size * type(value.size)(low) / value.amount if value.amount else value.size
    return Size(value.family, min(least, value.size), value.size)
