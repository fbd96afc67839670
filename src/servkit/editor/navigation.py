"""From a name to what it stands for: where that is declared, where it is used, and giving it another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.customers.directory import Directory
from servkit.names.renaming import names_in, plan_renaming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.editor.open_book import OpenBook
    from servkit.names.occurrences import Occurrence
    from servkit.names.renaming import Renaming
    from servkit.names.symbols import Symbol


class Named(NamedTuple):
    """A name at a place, and what it stands for; ``start`` and ``end`` are characters of the file's text."""

    path: str
    occurrence: Occurrence
    symbol: Symbol
    start: int
    end: int


def name_at(book: OpenBook, path: str, offset: int) -> Named | None:
    """The name at an offset of a file, where it stands for something."""
    found = [one for one in _named(book, path) if one.start <= offset <= one.end]
    return min(found, key=lambda one: one.end - one.start, default=None)


def declarations(book: OpenBook, symbol: Symbol) -> Iterator[Named]:
    """Where something is declared; a document in several versions is so in several places."""
    for path in _files_declaring(book, symbol):
        yield from (one for one in _named(book, path) if one.symbol == symbol and one.occurrence.declares)


def uses(book: OpenBook, symbol: Symbol) -> Iterator[Named]:
    """Every place where something is named, those that declare it among them."""
    word = symbol.name.rpartition(".")[2] if symbol.kind == "term" else symbol.name
    for path in book.paths:
        raw = book.read(path)
        if raw is not None and (word.encode() in raw or b"\\" in raw or not word.isascii()):
            yield from (one for one in _named(book, path) if one.symbol == symbol)


def rename(book: OpenBook, symbol: Symbol, name: str) -> Renaming:
    """Plan another name. Raises ServkitError where that cannot be."""
    with Directory(book.book, book.root, environment=None) as directory:
        return plan_renaming(symbol, name, book.symbols, book.paths, book.read, directory)


def _named(book: OpenBook, path: str) -> Iterator[Named]:
    settings, raw = book.settings, book.read(path)
    if settings is None or raw is None:
        return
    text, found = names_in(path, raw, settings)
    for occurrence in found:
        symbol = book.symbols.meant(occurrence.kinds, occurrence.name)
        if symbol is not None:
            yield Named(path, occurrence, symbol, *occurrence.span(text))


def _files_declaring(book: OpenBook, symbol: Symbol) -> list[str]:
    if symbol.kind == "term":
        id_ = symbol.name.partition(".")[0]
        return sorted({entry.path for entry in book.book.entries if entry.id == id_ and entry.owns_terms})
    if symbol.kind in book.book.settings.kinds:
        return sorted({entry.path for entry in book.book.versions(symbol.kind, symbol.name)})
    return ["servkit.yaml"]
