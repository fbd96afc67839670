"""Comparisons and several values in one text (``>= 10``, ``at least 10``, ``north or south``), as a condition has them.
A book is not read so; messages show what to write."""

from __future__ import annotations

import re

_OPERATORS = {
    "at_least": (">=", "=>", "≥", "at least", "min", "minimum", "from", "mindestens", "ab", "al menos", "au moins"),
    "at_most": ("<=", "=<", "≤", "at most", "max", "maximum", "up to", "höchstens", "bis", "como máximo", "au plus"),
    "more_than": (">", "more than", "over", "above", "mehr als", "über", "más de", "plus de"),
    "less_than": ("<", "less than", "fewer than", "under", "below", "weniger als", "unter", "menos de", "moins de"),
    "before": ("before", "vor", "antes de", "avant"),
    "after": ("after", "since", "nach", "seit", "después de", "desde", "après", "depuis"),
}
_BY_WORD = {word: operator for operator, words in _OPERATORS.items() for word in words}
_OF_DATES = {"at_least": "on_or_after", "at_most": "on_or_before", "more_than": "after", "less_than": "before"}
_WORDS = "|".join(re.escape(word) for word in sorted(_BY_WORD, key=len, reverse=True))
_COMPARED = re.compile(
    rf"(?P<word>{_WORDS})(?P<space> *)(?P<amount>[^\s,}}\]](?:[^,}}\]#]*[^\s,}}\]#])?)", re.IGNORECASE
)
_ENDED = re.compile(r"(?P<amount>.+?) ?(?P<word>\+|or more|and more|and up|or less|and less|oder mehr|o más|ou plus)\Z")
_RANGE = re.compile(r"(?P<least>\d[\d.]*) ?(?:-|–|to|bis|a|à) ?(?P<most>\d[\d.]*)(?P<unit> ?[^\d]*)")
_ALTERNATIVES = re.compile(r"\s+(?:or|oder|o|ou)\s+|\s*\|+\s*")
_ITEMS = re.compile(r"\s+(?:or|oder|o|ou|and|und|y|et|e|&)\s+|\s*[,;|]\s*|\s+/\s+")


def comparison(text: str, type_: str = "number") -> str | None:
    """A comparison as a condition writes it, ``>= 10`` as ``{at_least: 10}``; None for what compares nothing."""
    text = " ".join(text.split())
    if (found := _COMPARED.fullmatch(text)) is not None:
        if found["word"][-1].isalpha() and not found["space"]:
            return None
        operator, amount = _BY_WORD[found["word"].lower()], found["amount"]
    elif (found := _ENDED.fullmatch(text)) is not None and found["amount"][0].isdigit():
        operator, amount = "at_most" if "less" in found["word"] else "at_least", found["amount"]
    elif (found := _RANGE.fullmatch(text)) is not None and type_ != "date":
        unit = found["unit"].rstrip()
        return f"{{between: [{found['least']}{unit}, {found['most']}{unit}]}}"
    else:
        return None
    return f"{{{_OF_DATES.get(operator, operator) if type_ == 'date' else operator}: {amount}}}"


def alternatives(text: str) -> list[str]:
    """What stands on both sides of an ``or`` in a text; nothing without one."""
    return _parted(_ALTERNATIVES, text)


def items(text: str) -> list[str]:
    """What a text lists with commas, ``or`` and ``and``; nothing where it lists nothing."""
    return _parted(_ITEMS, text)


def _parted(between: re.Pattern[str], text: str) -> list[str]:
    parts = [part.strip() for part in between.split(text) if part.strip()] if len(text) < 200 else []
    return parts if len(parts) > 1 else []
