"""Amounts and periods that a text promises, with what they are about: `You can return parts within 30 days`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from servkit.exchange.topic_words import concepts, is_about, topic
from servkit.scripts.figures import Figure, figures_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from servkit.book.settings import Settings
    from servkit.book.values import Value

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
#: Of a sentence, no more is read.
_LONGEST = 2000
#: Days on any clock, and those on which a company works: they compare with each other.
_WORKING_DAYS = "working days"


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


class _Amount(NamedTuple):
    """An amount in a sentence, and where it stands."""

    start: int
    end: int
    size: Size


def claims_in(text: str, settings: Settings) -> Iterator[Claim]:
    """The amounts of a text."""
    found, before = 0, frozenset[str]()
    for whole in _SENTENCE.split(_LIQUID.sub("…", text)):
        sentence = whole[:_LONGEST]
        for clause, amounts in _clauses(sentence, _amounts(sentence, settings)):
            about = topic(clause)
            if not is_about(about):  # `It holds for 60 days.`
                about |= concepts(before)
            for amount in amounts:
                found += 1
                if found > _MOST:
                    return
                written = " ".join(sentence[amount.start : amount.end].split())
                yield Claim(written, amount.size, about, " ".join(whole.split()))
        before = topic(sentence)


def size_of(value: Value, *, working: bool = False) -> Size | None:
    """A value as it compares; None for one that a text doesn't promise. ``working``: it counts working days."""
    if value.type not in ("duration", "money", "percent"):
        return None
    if working or value.family.endswith(" days"):
        return Size(_WORKING_DAYS, value.amount, value.amount)
    return Size(value.family, value.size, value.size)


def _amounts(sentence: str, settings: Settings) -> list[_Amount]:
    """The amounts of a sentence, both ends of a range as one."""
    out: list[_Amount] = []
    lower: Figure | None = None
    for figure in figures_in(sentence, settings)[0]:
        size = size_of(figure.value, working=figure.working)
        if size is None:
            continue
        start = figure.place
        if lower is not None and (least := size_of(lower.value, working=lower.working)) is not None:
            start, size = lower.place, size._replace(low=min(least.low, size.low))
        if figure.lower:
            lower = figure
        else:
            lower = None
            out.append(_Amount(start, figure.end, size))
    return out


def _clauses(sentence: str, amounts: Sequence[_Amount]) -> Iterator[tuple[str, list[_Amount]]]:
    """The parts of a sentence, each with an amount of its own where there are several, and what each says beside its
    amounts."""
    parts: list[tuple[str, list[_Amount]]] = []
    start = 0
    cuts = [hit.start() for hit in _CLAUSE.finditer(sentence)]
    for end in [*(cut for cut in cuts if not any(one.start < cut < one.end for one in amounts)), len(sentence)]:
        if within := [one for one in amounts if start <= one.start < end]:
            parts.append((_without(sentence, within, start, end), within))
            start = end
    if parts and not is_about(topic(parts[-1][0])):  # `Within 30 days, you can return it.`
        parts[-1] = (parts[-1][0] + sentence[start:], parts[-1][1])
    return iter(parts)


def _without(sentence: str, amounts: Sequence[_Amount], place: int, end: int) -> str:
    """A part of a sentence without its amounts and from when they count."""
    out = []
    for amount in amounts:
        out.append(sentence[place : amount.start])
        start = _START.match(sentence[amount.end : min(end, amount.end + 80)])
        place = amount.end + (start.end() if start else 0)
    return " ".join([*out, sentence[place:end]])
