"""Texts that are nearly the same, found without comparing every pair.

A text's sketch is the smallest hashes of its runs of words (a bottom-k sketch). Two texts that share several of them
are compared closely. A run that many texts share says nothing about any two of them, and is left out, so that the work
grows with the number of texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from servkit.book.entries import Entry

#: The keys whose texts are compared, and how short a text is alike by chance.
_KEYS = ("say", "statement", "do", "steps", "trigger", "go_beyond", "listen_for", "expectation", "in_practice")
_LEAST = 60
_RUN = 3
_MOST_WORDS = 1 << 14
_SKETCH_SIZE = 24
_SHARED = 4
#: As many of the texts that share the most are compared.
_CANDIDATES = 3
#: A run in more texts than this is a turn of phrase.
_COMMON = 12
#: So many characters of a text are compared.
_COMPARED = 4000
#: Bits of the number of a word: that of a run has two more, and is one of those that Python is quickest with.
_BITS = (1 << 28) - 1

#: A hash of the whole text, and the smallest of those of its runs of words.
Sketch = tuple[int, "list[int]"]


class _Hashes(dict[str, int]):
    """A number for every word; the same words stand in every document."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = self[word] = crc32(word.encode("utf-8", "replace")) & _BITS
        return found


_hashes = _Hashes()


def similar_documents(entries: Sequence[Entry], alike: int) -> Iterator[tuple[Entry, Entry]]:
    """Pairs of documents with different ids that say nearly the same, by at least so many of 100 points."""
    compared = [(entry, compared_text(entry)[1]) for entry in sorted(entries, key=attrgetter("path", "line"))]
    compared = [(entry, text) for entry, text in compared if len(text) >= _LEAST]
    sketches = [sketch(text) for _, text in compared]
    for first, second in near_pairs(sketches, lambda number: compared[number][1], alike):
        one, other = compared[first][0], compared[second][0]
        if one.id != other.id:
            yield one, other


def compared_text(entry: Entry) -> tuple[str, str]:
    """The first key of a document with a text that is compared, and all these texts."""
    prose, first = entry.prose, "id"
    texts: list[str] = []
    for key in _KEYS:
        if key in prose and not (key == "say" and entry.kind != "script"):
            first = key if first == "id" else first
            _add_texts(prose[key], texts)
    return first, " ".join(texts)


def _add_texts(data: Any, texts: list[str]) -> None:
    if isinstance(data, str):
        texts.append(data)
    elif isinstance(data, (list, dict)):
        for item in data.values() if isinstance(data, dict) else data:
            _add_texts(item, texts)


def sketch(text: str) -> Sketch:
    """The sketch of a text."""
    flat = _flat(text)
    numbers = list(map(_hashes.__getitem__, flat.split(" ")))
    numbers += [0] * (_RUN - len(numbers))
    runs = {one ^ two << 1 ^ three << 2 for one, two, three in zip(numbers, numbers[1:], numbers[2:], strict=False)}
    return crc32(flat.encode("utf-8", "replace")), sorted(runs)[:_SKETCH_SIZE]


def near_pairs(sketches: Sequence[Sketch], text: Callable[[int], str], alike: int) -> Iterator[tuple[int, int]]:
    """Pairs of numbers of texts that are alike by at least so many of 100 points, each text once, with the first
    that is like it. ``text`` gives the text of a number."""
    often = Counter(chain.from_iterable(dict(sketches).values()))  # of texts that are the same, one
    telling = {run for run, count in often.items() if 1 < count <= _COMMON}
    seen: dict[int, int] = {}
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for number, (whole, runs) in enumerate(sketches):
        first = seen.setdefault(whole, number)
        if first != number and _flat(text(first)) == _flat(text(number)):
            yield first, number
            continue
        shared: list[int] = []
        for run in telling.intersection(runs):
            shared += holders[run]
            holders[run].append(number)
        counts = Counter(shared) if len(shared) >= _SHARED else {}
        if not counts or max(counts.values()) < _SHARED:
            continue
        for other, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_CANDIDATES]:
            if count < _SHARED:
                break
            if _alike(_flat(text(other)), _flat(text(number)), alike):
                yield other, number
                break


def _flat(text: str) -> str:
    """As much of a text as is compared, without regard to capitals and spaces."""
    return " ".join(text[:_COMPARED].casefold().split())


def _alike(one: str, other: str, alike: int) -> bool:
    common = sum((Counter(one) & Counter(other)).values())
    if 200 * common < alike * (len(one) + len(other)):
        return False  # texts are no more alike than the letters they are made of
    from rapidfuzz import fuzz

    return bool(fuzz.ratio(one, other, score_cutoff=alike))
