"""The searchable text of a document: its id, its name and all its words, without case and accents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings

#: Keys whose texts are names of other things rather than words to search for.
_NOT_SEARCHED = frozenset(
    {"kind", "effective", "review_by", "when", "of", "type", "better", "grant", "limit", "given", "expect"}
)


def name_of(entry: Entry, settings: Settings) -> str:
    """What a person calls the document: a customer's name, else the title, else the id."""
    prose = entry.prose
    name = prose.get("name") if entry.kind == "customer" else None
    return str(name or settings.pick(prose.get("title")) or entry.id)


def words_in(prose: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a document with the key it stands under, in the author's order."""
    if isinstance(prose, str):
        yield key, prose
    elif isinstance(prose, list):
        for item in prose:
            yield from words_in(item, key)
    elif isinstance(prose, dict):
        for name, item in prose.items():
            if name not in _NOT_SEARCHED:
                deeper = key or name
                yield from words_in(item, deeper)


def folded(entry: Entry, settings: Settings) -> str:
    """The searchable text: the id, the name, and the other texts, a line each."""
    rest = "\n".join(text for _, text in words_in(entry.prose))
    return fold(f"{entry.id}\n{name_of(entry, settings)}\n{rest}")
