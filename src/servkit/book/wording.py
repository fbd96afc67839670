"""What not to say, and what to say instead: `wording` as authors write it, one mapping or several in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.source import PartPath


def wording_of(raw: Any, where: PartPath = ("wording",)) -> Iterator[tuple[PartPath, str, list[Any]]]:
    """Every phrase to avoid, with its place and what to say instead: a list of prose."""
    if isinstance(raw, list):
        for index, item in enumerate(raw):
            yield from wording_of(item, (*where, index))
    elif isinstance(raw, dict):
        for phrase, rather in raw.items():
            yield (*where, phrase), phrase, rather if isinstance(rather, list) else [rather]
