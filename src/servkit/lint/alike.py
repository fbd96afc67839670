"""Texts that are nearly the same, found without comparing every pair.

Of each text the smallest hashes of its runs of words are kept (a bottom-k sketch); two texts that share several of them
are looked at closely. Where many texts share a run it says nothing of any two, and is passed over, so that the work
grows with the number of texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RUN = 3
_KEPT = 24
_SHARED = 4
#: A run in more texts than this is a turn of phrase.
_COMMON = 12
#: So many characters of a text are compared.
_COMPARED = 4000


def near_pairs(texts: Sequence[str], alike: int) -> Iterator[tuple[int, int]]:
    """Pairs of places of texts that are alike by at least so many of 100 points, each text told once, with the first
    that is like it."""
    from rapidfuzz import fuzz

    holders: defaultdict[int, list[int]] = defaultdict(list)
    seen: dict[str, int] = {}
    for place, text in enumerate(texts):
        folded = text[:_COMPARED].casefold()
        if folded in seen:
            yield seen[folded], place
            continue
        seen[folded] = place
        shared: Counter[int] = Counter()
        for run in _sketch(folded):
            with_run = holders[run]
            if len(with_run) <= _COMMON:
                shared.update(with_run)
                with_run.append(place)
        for other, count in shared.most_common(3):
            if count >= _SHARED and fuzz.ratio(texts[other][:_COMPARED], text[:_COMPARED], score_cutoff=alike):
                yield other, place
                break


def _sketch(text: str) -> list[int]:
    words = text.split()
    runs = {crc32(" ".join(words[start : start + _RUN]).encode()) for start in range(max(len(words) - _RUN + 1, 1))}
    return sorted(runs)[:_KEPT]
