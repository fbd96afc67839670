"""The parts of a file and of a book as lists, and which lines of a text can be folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.book.discovery import SETTINGS
from servkit.names.scalars import yaml_documents
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.editor.open_book import OpenBook
    from servkit.editor.text import Text
    from servkit.names.scalars import Scalar, YamlDocument

_DECLARING = ("areas", "attributes", "facts", "clocks", "reasons")


class Part(NamedTuple):
    """A document or a part of one: its name, what it is, and its place in characters; ``begin`` and ``end`` are
    those of the whole, ``start`` and ``stop`` those of the name."""

    name: str
    detail: str
    begin: int
    end: int
    start: int
    stop: int
    parts: tuple[Part, ...] = ()


class Listed(NamedTuple):
    """Something in the book, for a list to choose from; ``line`` and ``column`` count from 1."""

    name: str
    kind: str
    path: str
    line: int
    column: int


def parts_of(path: str, raw: bytes) -> Iterator[Part]:
    """The documents of a file, with their terms; of servkit.yaml, what it declares."""
    _, documents = yaml_documents(raw)
    for document in documents:
        data = document.data if isinstance(document.data, dict) else {}
        if path == SETTINGS:
            for key in _DECLARING:
                scalar = document.at((key,), key=True)
                if scalar is not None:
                    yield _part(scalar, "", document, tuple(_keys(document, key)))
        elif (scalar := document.at(("id",)) or document.at(("kind",))) is not None:
            yield _part(scalar, str(data.get("kind") or ""), document, tuple(_keys(document, "terms")))


def _keys(document: YamlDocument, key: str) -> Iterator[Part]:
    mapping = document.data.get(key)
    for name in mapping if isinstance(mapping, dict) else ():
        scalar = document.at((key, name), key=True)
        if scalar is not None:
            yield Part(scalar.value, key.rstrip("s"), scalar.start, scalar.end, scalar.start, scalar.end)


def _part(scalar: Scalar, detail: str, document: YamlDocument, parts: tuple[Part, ...]) -> Part:
    end = max(scalar.end, *(part.end for part in parts)) if parts else scalar.end
    begin, end = (document.start, max(document.end, end)) if detail else (scalar.start, end)
    return Part(scalar.value or "?", detail, min(begin, scalar.start), end, scalar.start, scalar.end, parts)


def search(book: OpenBook, query: str, most: int = 200) -> list[Listed]:
    """Documents, terms and what servkit.yaml declares, whose id or title holds a text, by name."""
    settings, words = book.settings, fold(query).split()
    if settings is None:
        return []

    def fits(*texts: str) -> bool:
        folded = fold(" ".join(texts))
        return all(word in folded for word in words)

    found: list[Listed] = []
    for entry in book.book.entries:
        title = settings.pick(entry.prose.get("title")) or str(entry.prose.get("name") or "")
        if fits(entry.id, title):
            found.append(Listed(f"{entry.id}: {title}" if title else entry.id, entry.kind, entry.path, entry.line, 1))
        for name in entry.logic.get("terms", ()) if entry.owns_terms else ():
            if len(found) < most and fits(f"{entry.id}.{name}"):
                place = entry.source.place(("terms", name), key=True) if entry.source is not None else (entry.line, 1)
                found.append(Listed(f"{entry.id}.{name}", "term", entry.path, *place))
        if len(found) >= most:
            break
    return found[:most]


def folds(text: Text) -> Iterator[tuple[int, int]]:
    """The first and last lines (from 0) that fold into one: what is indented below a line, and each document."""
    open_: list[tuple[int, int]] = []
    last = 0
    document = 0
    for number in range(text.line_count):
        line = text.line(number)
        content = line.lstrip(" ")
        if not content:
            continue
        if line == "---" or line.startswith("--- "):
            yield from ((first, last) for _, first in open_ if last > first)
            open_.clear()
            if last > document:
                yield document, last
            document = last = number
            continue
        indent = len(line) - len(content) + (1 if content.startswith("- ") else 0)
        while open_ and open_[-1][0] >= indent:
            _, first = open_.pop()
            if last > first:
                yield first, last
        open_.append((indent, number))
        last = number
    yield from ((first, last) for _, first in reversed(open_) if last > first)
    if document and last > document:
        yield document, last
