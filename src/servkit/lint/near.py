"""The nearest of the names there are, for a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


def did_you_mean(name: str, known: Collection[str]) -> str:
    """``; did you mean 'returns'?``, or nothing where no name is near."""
    if not known:
        return ""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, tuple(known), scorer=fuzz.ratio, score_cutoff=72)
    return f"; did you mean {found[0]!r}?" if found else ""
