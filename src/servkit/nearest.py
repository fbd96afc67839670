"""The nearest of the names there are, for a message. The one place that decides what is near."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servkit.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Collection

#: Among more names, only those that begin or end as the mistyped one are compared.
_MANY = 500
#: A longer name was pasted by mistake.
_LONGEST = 120
#: How similar (0 to 100) a name has to be, one of few letters and one of many; and how much less than the best one.
_SIMILAR_SHORT, _SIMILAR, _BEHIND_BEST = 66, 72, 12
_SHORT = 6

_QUOTED = re.compile(r"`([^`…]+)`")
_SUGGESTION = re.compile(r"Did you mean `([^`…]+)`\?|Write `([^`…]+)`(?:\.| instead)")


def nearest(name: str, known: Collection[str], most: int = 3) -> list[str]:
    """The names most similar to a mistyped one, best first; capitals, accents, hyphens and spaces aside."""
    mistyped = _plain(name[:_LONGEST])
    if not mistyped or not known:
        return []
    candidates = {other: _plain(other) for other in known}
    if len(candidates) > _MANY:  # comparing all would take too long
        candidates = {
            other: plain
            for other, plain in candidates.items()
            if abs(len(plain) - len(mistyped)) < 4 and (plain[:1] == mistyped[:1] or plain[-2:] == mistyped[-2:])
        }
    from rapidfuzz import fuzz, process  # only those who mistype need it

    similar = _SIMILAR_SHORT if len(mistyped) < _SHORT else _SIMILAR
    scores = {other: score for _, score, other in process.extract(mistyped, candidates, scorer=fuzz.ratio, limit=None)}
    begun = {other: plain for other, plain in candidates.items() if plain[:2] == mistyped[:2]}  # a part of the name
    for _, score, other in process.extract(mistyped, begun, scorer=fuzz.WRatio, limit=None):
        scores[other] = max(score, scores[other])
    near = sorted(
        (-score, *_likeness(candidates[other], mistyped), other) for other, score in scores.items() if score >= similar
    )
    return [other for score, *_, other in near[:most] if score <= near[0][0] + _BEHIND_BEST]


def did_you_mean(name: str, known: Collection[str]) -> str:
    """A sentence for a message, ``Did you mean `returns`?``; empty if no name is near."""
    near = nearest(name, known, 1)
    return f"Did you mean {quoted(near[0])}?" if near else ""


def suggestion_in(message: str) -> tuple[list[str], str] | None:
    """The texts that a message quotes, one of which is the author's, and what it then suggests to write, as
    :func:`did_you_mean` and the messages about values say it; None where it suggests nothing."""
    found = _SUGGESTION.search(message)
    if found is None:
        return None
    return _QUOTED.findall(message[: found.start()]), found[1] or found[2]


def _likeness(name: str, mistyped: str) -> tuple[bool, int]:
    """Of two names that are equally near, one with the same letters is meant, or one that begins in the same way."""
    begin = next((at for at, pair in enumerate(zip(name, mistyped, strict=False)) if pair[0] != pair[1]), len(mistyped))
    return sorted(name) != sorted(mistyped), -begin


def _plain(name: str) -> str:
    if name.isascii() and name.isalnum():  # most of the words of a book
        return name.lower()
    return " ".join(fold(name).replace("_", " ").replace("-", " ").split())
