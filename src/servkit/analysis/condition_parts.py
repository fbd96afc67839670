"""Conditions put into words, and the parts of a condition with the places they were written at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.conditions import All, AnyOf, Atom, Condition, InSegment, Not

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Where = tuple[str | int, ...]
#: A longer list of things is cut.
_MOST_LISTED = 4


def condition_words(condition: Condition) -> str:
    """A condition in words."""
    if isinstance(condition, Not):
        return f"not ({condition_words(condition.part)})"
    if isinstance(condition, All):
        word = " or " if isinstance(condition, AnyOf) else " and "
        return word.join(
            f"({condition_words(part)})" if isinstance(part, All) else condition_words(part) for part in condition.parts
        )
    if isinstance(condition, InSegment):
        verb = "not in" if condition.op in ("is_not", "not_in") else "in"
        return f"{verb} segment {(' and ' if condition.op == 'has_all' else ' or ').join(condition.items)}"
    assert isinstance(condition, Atom)
    return condition.words()


def joined(things: Sequence[str], word: str = "and") -> str:
    """``a, b and c``; a long list is cut."""
    if len(things) > _MOST_LISTED + 1:
        things = [*things[:_MOST_LISTED], f"{len(things) - _MOST_LISTED} more"]
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} {word} {things[-1]}"


def parts_with_places(condition: Condition, data: Any, where: Where) -> Iterator[tuple[Condition, Where]]:
    """Every part of a condition with its place, the condition itself first.

    ``data`` is what the author wrote: a mapping of one entry is that entry, a mapping of several is all of them
    (:mod:`servkit.book.condition_parser`).
    """
    yield condition, where
    yield from _inside(condition, data, where)


def _inside(condition: Condition, data: Any, where: Where) -> Iterator[tuple[Condition, Where]]:
    if len(data) > 1:
        assert isinstance(condition, All)
        for part, (name, test) in zip(condition.parts, data.items(), strict=True):
            yield part, (*where, name)
            yield from _entry(part, name, test, (*where, name))
    else:
        name, test = next(iter(data.items()))
        yield from _entry(condition, name, test, (*where, name))


def _entry(condition: Condition, name: str, data: Any, where: Where) -> Iterator[tuple[Condition, Where]]:
    if name == "not":
        assert isinstance(condition, Not)
        yield from parts_with_places(condition.part, data, where)
    elif name in ("all", "any"):
        assert isinstance(condition, All)
        items = data if isinstance(data, list) else [data]
        for index, (part, item) in enumerate(zip(condition.parts, items, strict=True)):
            yield from parts_with_places(part, item, (*where, index))
    elif isinstance(data, dict) and len(data) > 1:
        assert isinstance(condition, All)
        for part, op in zip(condition.parts, data, strict=True):
            yield part, (*where, op)
