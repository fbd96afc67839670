"""The nouns that amounts count (``3 rings``), and how often each is used in the whole book."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.units import CURRENCIES, UNITS, singular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.lint.needs.amounts import Amounts

_COUNTED = re.compile(r"-?[0-9][0-9.]*\s+([^\W\d_]\S*)\Z")
#: Where amounts stand, and where in it they do not.
_KEYS = ("terms", "sets", "promised", "when", "attributes")
_PROSE = frozenset({"title", "why", "of"})
_BEGINNINGS = frozenset("-0123456789")


class Counted(NamedTuple):
    """A text that counts something that is no unit, and where it stands."""

    entry: Entry
    where: tuple[str | int, ...]
    text: str
    noun: str


#: Of a noun (in the singular, in small letters): how often it is used, and the first place as path, line of the
#: document, and where in it.
_Uses = dict[str, "list[Any]"]


def glean(entries: Sequence[Entry], amounts: Amounts) -> _Uses:
    """The nouns in some documents."""
    nouns = {text: singular(noun).casefold() for text in amounts.texts if (noun := _noun(text)) is not None}
    out: _Uses = {}
    for entry in entries if nouns else ():
        for key in _KEYS:
            for where, text in _places(entry.prose.get(key), (key,)):
                if text in nouns:
                    out.setdefault(nouns[text], [0, entry.path, entry.line, list(where), text])[0] += 1
    return out


def counted(gleaned: Iterable[_Uses], entries: Sequence[Entry]) -> Sequence[Counted]:
    """What counts a noun that nothing else in the book counts."""
    uses: _Uses = {}
    for part in gleaned:
        for noun, found in part.items():
            if noun in uses:
                uses[noun][0] += found[0]
            else:
                uses[noun] = found
    once = [use for use in uses.values() if use[0] == 1]
    wanted = {(path, line) for _, path, line, *_ in once}
    there = {(entry.path, entry.line): entry for entry in entries if (entry.path, entry.line) in wanted} if once else {}
    return [Counted(there[path, line], tuple(where), text, _noun(text) or "") for _, path, line, where, text in once]


def _noun(text: str) -> str | None:
    """What a text counts; None where it is no amount, or of a unit."""
    hit = _COUNTED.match(text) if text[:1] in _BEGINNINGS else None
    return hit[1] if hit and hit[1] not in UNITS and hit[1] not in CURRENCIES else None


def _places(data: Any, where: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """All texts in their order, with where they stand."""
    if isinstance(data, str):
        yield where, data
    elif data is not None:
        parts: Iterable[tuple[str | int, Any]] = data.items() if isinstance(data, dict) else enumerate(data)
        for step, item in parts:
            if step not in _PROSE:
                yield from _places(item, (*where, step))
