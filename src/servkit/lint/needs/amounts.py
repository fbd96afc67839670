"""The texts that stand where amounts stand, each once, and the names that amounts are worked out from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.entries import Entry

#: Where amounts stand, and the keys that say what they are worked out from.
KEYS = ("terms", "sets", "promised", "steps", "follow_up", "when", "attributes", "given", "customer")
_FROM = frozenset({"of", "by", "at_least", "at_most"})


class Amounts(NamedTuple):
    """The texts, most of which a book has a thousand times, and the names."""

    texts: set[str]
    names: set[str]


def amounts(entries: Sequence[Entry]) -> Amounts:
    """The texts and names of some documents."""
    texts: set[str] = set()
    names: set[str] = set()
    stack = [entry.prose[key] for entry in entries for key in KEYS if key in entry.prose]
    while stack:
        part: Any = stack.pop()
        if isinstance(part, dict):
            for key, item in part.items():
                if not isinstance(item, str):
                    stack.append(item)
                    continue
                texts.add(item)
                if key in _FROM:
                    names.add(item)
        elif isinstance(part, str):
            texts.add(part)
        elif part is not None:
            for item in part:
                if isinstance(item, str):
                    texts.add(item)
                else:
                    stack.append(item)
    return Amounts(texts, names)
