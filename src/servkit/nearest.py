"""The nearest of the names there are, for a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection

_MANY = 500


def did_you_mean(name: str, known: Collection[str]) -> str:
    """A sentence for a message, ``Did you mean `returns`?``; empty if no name is near."""
    if len(known) > _MANY:  # a typo leaves most of a name as it was; comparing all would take too long
        known = [other for other in known if other[:2] == name[:2] and abs(len(other) - len(name)) < 4]
    if not known:
        return ""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, tuple(known), scorer=fuzz.ratio, score_cutoff=72)
    return f"Did you mean {quoted(found[0])}?" if found else ""
