"""Walking through a document: its anchors, its blocks, and references that lead somewhere or are none."""

from __future__ import annotations

from collections.abc import Mapping
from operator import is_not
from typing import TYPE_CHECKING, Any

from servkit.handout.model import Block, Heading, Index, IndexEntry, Run
from servkit.handout.records import Record, but, held
from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.handout.model import Document


def blocks(part: Any) -> Iterator[Block]:
    """Every block of a document, chapter, block or tuple of them, outer ones first."""
    if isinstance(part, Block):
        yield part
    if isinstance(part, tuple):
        for item in part:
            yield from blocks(item)
    elif isinstance(part, Record) and not isinstance(part, Run):
        for _, value in held(part):
            if isinstance(value, (tuple, Record)):
                yield from blocks(value)


def runs(part: Any) -> Iterator[Run]:
    """Every run of text."""
    if isinstance(part, Run):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from runs(item)
    elif isinstance(part, Record):
        for _, value in held(part):
            if isinstance(value, (tuple, Record)):
                yield from runs(value)


def texts(part: Any) -> Iterator[str]:
    """Every text a reader will see, labels and titles among them."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Run):
        yield part.text
    elif isinstance(part, tuple):
        for item in part:
            yield from texts(item)
    elif isinstance(part, Mapping):
        yield from part.values()
    elif isinstance(part, Record):
        for name, value in held(part):
            if name not in {"anchor", "key", "tone", "kind", "language", "name", "style"}:
                yield from texts(value)


def anchors(document: Document) -> set[str]:
    """Every place that can be referred to."""
    found = {chapter.anchor for chapter in document.chapters}
    found |= {block.anchor for block in blocks(document.chapters) if isinstance(block, Heading) and block.anchor}
    return found


def settled(document: Document) -> Document:
    """The document with every reference that leads nowhere turned into plain text, no anchor used twice, and no
    character in any text that is none (see :func:`servkit.text.clean`)."""
    unique = but(document, chapters=_unique(document.chapters, set()))
    out: Document = _settled(unique, anchors(unique))
    return out


def _clean(words: str) -> str:
    return clean(words).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def _unique(part: Any, seen: set[str]) -> Any:
    """Two places with one name would be a link that leads to the wrong one: the later one is given a number."""
    if isinstance(part, tuple):
        return tuple(_unique(item, seen) for item in part)
    if not isinstance(part, Record) or isinstance(part, Run):
        return part
    changes: dict[str, Any] = {}
    anchor = getattr(part, "anchor", "")
    if anchor:
        if anchor in seen:
            count = 2
            while f"{anchor}-{count}" in seen:
                count += 1
            changes["anchor"] = anchor = f"{anchor}-{count}"
        seen.add(anchor)
    for name, value in held(part):
        if isinstance(value, tuple) and value and not isinstance(value[0], (Run, str)):
            changes[name] = _unique(value, seen)
    return but(part, **changes) if changes else part


def _settled(part: Any, known: set[str]) -> Any:
    if isinstance(part, str):
        return _clean(part)
    if isinstance(part, Run):
        words, ref = _clean(part.text), part.ref if part.ref in known else ""
        return part if words is part.text and ref == part.ref else but(part, text=words, ref=ref)
    if isinstance(part, tuple):
        items = tuple([_settled(item, known) for item in part])
        return items if any(map(is_not, items, part)) else part
    if isinstance(part, Index):
        return Index(tuple(entry for entry in _settled(part.entries, known) if entry.places))
    if isinstance(part, IndexEntry):
        places = tuple((_clean(title), place) for title, place in part.places if place in known)
        return IndexEntry(_clean(part.words), places)
    if isinstance(part, Record):
        found = {
            name: made
            for name, value in held(part)
            if isinstance(value, (tuple, str)) and (made := _settled(value, known)) is not value
        }
        return but(part, **found) if found else part
    return part
