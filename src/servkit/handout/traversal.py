"""Walking through a handout, and finishing it: clean text, unique anchors, and no dead references."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from servkit.handout.model import (
    Block,
    Callout,
    Chapter,
    CutCard,
    Handout,
    Heading,
    Index,
    IndexEntry,
    Measure,
    Question,
    Quote,
    Run,
    SignOff,
)
from servkit.handout.typesetting import typesetter
from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from servkit.handout.typesetting import Typesetter


def walk(part: Any) -> Iterator[Any]:
    """The part and everything inside it, outer parts first."""
    yield part
    if isinstance(part, tuple):
        for item in part:
            yield from walk(item)
    elif is_dataclass(part):
        for field in fields(part):
            yield from walk(getattr(part, field.name))


def blocks(part: Any) -> Iterator[Block]:
    """Every block of a handout, chapter, block or tuple of them, outer ones first."""
    return (found for found in walk(part) if isinstance(found, Block))


def runs(part: Any) -> Iterator[Run]:
    """Every run of text."""
    return (found for found in walk(part) if isinstance(found, Run))


def finished(handout: Handout) -> Handout:
    """The handout as formats may write it. References that lead nowhere become plain text, a second place with the
    same anchor gets a number, texts hold no control characters (see :func:`servkit.text.clean`), and quotation marks
    and days are those of the language."""
    setter = typesetter(handout.language)
    taken: set[str] = set()

    def with_own_anchor(part: Any) -> Any:
        if not isinstance(part, (Chapter, Heading)) or not part.anchor:
            return part
        anchor, count = part.anchor, 1
        while anchor in taken:
            count += 1
            anchor = f"{part.anchor}-{count}"
        taken.add(anchor)
        return replace(part, anchor=anchor)

    def settled(part: Any) -> Any:
        if isinstance(part, str):
            return clean(part).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
        if isinstance(part, Run) and part.ref not in taken:
            return replace(part, ref="")
        if isinstance(part, Index):
            entries = (
                replace(entry, places=tuple((title, place) for title, place in entry.places if place in taken))
                for entry in part.entries
            )
            return Index(tuple(entry for entry in entries if entry.places))
        return part

    def typeset(part: Any) -> Any:
        if isinstance(part, tuple) and part and all(isinstance(item, Run) for item in part):
            return setter.runs(part)
        names = _TEXTS.get(type(part), ())
        return replace(part, **{name: _all_set(getattr(part, name), setter) for name in names}) if names else part

    out: Handout = _rebuilt(_rebuilt(_rebuilt(handout, with_own_anchor), settled), typeset)
    return out


#: The fields of text that are no runs, and no anchors, keys or names.
_TEXTS: dict[type, tuple[str, ...]] = {
    Handout: ("title", "book", "footer", "subtitle", "lines"),
    Chapter: ("title", "label"),
    Heading: ("label",),
    Quote: ("label",),
    Callout: ("title",),
    Measure: ("value", "label", "note"),
    SignOff: ("note", "fields"),
    CutCard: ("title",),
    Question: ("choices",),
    IndexEntry: ("words",),
}


def _all_set(part: Any, setter: Typesetter) -> Any:
    return tuple(_all_set(item, setter) for item in part) if isinstance(part, tuple) else setter.words(part)


def _rebuilt(part: Any, change: Callable[[Any], Any]) -> Any:
    """The part with ``change`` made to everything in it, outer parts first."""
    part = change(part)
    if isinstance(part, tuple):
        return tuple(_rebuilt(item, change) for item in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{field.name: _rebuilt(getattr(part, field.name), change) for field in fields(part)})
    return part
