"""The nearest of the names there are, for a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_MANY = 500


def did_you_mean(name: str, known: Collection[str]) -> str:
    """``; did you mean 'returns'?``, or nothing where no name is near."""
    if len(known) > _MANY:  # a slip leaves most of a name as it was; looking at all would take too long
        known = [other for other in known if other[:2] == name[:2] and abs(len(other) - len(name)) < 4]
    if not known:
        return ""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, tuple(known), scorer=fuzz.ratio, score_cutoff=72)
    return f"; did you mean {found[0]!r}?" if found else ""
