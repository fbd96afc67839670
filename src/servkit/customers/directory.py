"""Everybody on record: the book's customer documents and the sources that servkit.yaml names, asked as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from servkit.answer.case import Customer, document_customer
from servkit.book.problems import UnknownNameError
from servkit.customers.sources import open_source
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.book.problems import Problem
    from servkit.customers.customer_source import CustomerSource, Listing


class Match(NamedTuple):
    """Somebody who may be meant; ``read`` reads the whole customer."""

    id: str
    name: str | None
    read: Callable[[], Customer]


class Directory:
    """All customers of a book. ``file`` takes the place of the first source; ``cache`` is the folder for indexes,
    which are built in memory without one. Use it in a ``with``, or close it."""

    def __init__(self, library: Library, root: Path, file: Path | None = None, cache: Path | None = None) -> None:
        self.library, self.root, self.file, self.cache = library, root, file, cache
        self._sources: list[CustomerSource] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def sources(self) -> Sequence[CustomerSource]:
        """The sources of customers; opened when somebody is looked for who has no document."""
        if self._sources is None:
            settings = self.library.settings
            specs = list(settings.sources)
            if self.file is not None:
                replaced = {"file": str(self.file.absolute()), "shown": str(self.file)}
                specs = [{**(specs[0] if specs else {}), **replaced}, *specs[1:]]
            self._sources = [open_source(spec, self.root, settings, self.cache) for spec in specs]
        return self._sources

    def close(self) -> None:
        """Close the sources."""
        for source in self._sources or ():
            source.close()

    def exact(self, id_: str) -> Customer | None:
        """The customer with exactly this id."""
        documents = self.library.versions("customer", id_)
        if documents:
            return document_customer(documents[0])
        return next((customer for source in self.sources if (customer := source.exact(id_)) is not None), None)

    def find(self, text: str) -> list[Match]:
        """Who is meant: by id, by id without regard to case, by whole name, by the beginnings of words, by parts.

        The first of these that finds anybody decides; the matches come by name, then id.
        """
        exact = self.exact(text)
        if exact is not None:
            return [Match(exact.id, exact.name, lambda: exact)]
        folded = fold(text.strip())
        matches = sorted(self._search(folded), key=lambda match: (match.name or "", match.id)) if folded else []
        for is_closer in (_same_id, _same_name, _word_starts):
            closer = [match for match in matches if is_closer(match, folded)]
            if closer:
                return closer
        return matches

    def one(self, text: str) -> Customer | list[Match]:
        """The one who is meant, or several who may be. Raises UnknownNameError where nobody is."""
        matches = self.find(text)
        if not matches:
            raise UnknownNameError("customer", text, tuple(self._similar(text)), "an id, or part of a name")
        return matches[0].read() if len(matches) == 1 else matches

    def problems(self) -> list[Problem]:
        """What is wrong with the sources that have been asked."""
        return [problem for source in self._sources or () for problem in source.problems]

    def starting(self, prefix: str) -> list[str]:
        """Ids for completion."""
        from_sources = [id_ for source in self.sources for id_ in source.starting(prefix)]
        return sorted({*from_sources, *(entry.id for entry in self._documents("") if entry.id.startswith(prefix))})

    def all(self) -> Iterator[Customer]:
        """Everybody, documents first."""
        for entry in self._documents(""):
            yield document_customer(entry)
        for source in self.sources:
            yield from source.all()

    def _search(self, folded: str) -> Iterator[Match]:
        words = folded.split()
        for entry in self._documents(words[0] if words else ""):
            name = entry.logic.get("name")
            if fold(entry.id) == folded or all(word in fold(name or "") for word in words):
                yield Match(entry.id, name, lambda entry=entry: document_customer(entry))  # type: ignore[misc]
        for source in self.sources:
            for listing in source.search(folded):
                yield Match(listing.id, listing.name, _reader(source, listing))

    def _documents(self, folded: str) -> Sequence[Entry]:
        named = getattr(self.library, "named", None)
        if named is not None:
            found: Sequence[Entry] = named(folded)
            return found
        return [entry for entry in getattr(self.library, "entries", ()) if entry.kind == "customer"]

    def _similar(self, text: str) -> Iterator[str]:
        """Names and ids to compare a mistyped one with: all documents, and what resembles it in the sources."""
        for entry in self._documents(""):
            yield entry.id
            if name := entry.logic.get("name"):
                yield name
        for source in self.sources:
            yield from source.similar(fold(text))


def _reader(source: CustomerSource, listing: Listing) -> Callable[[], Customer]:
    def read() -> Customer:
        customer = source.exact(listing.id)
        return customer or Customer(listing.id, listing.name, {}, listing.path, listing.line)

    return read


def _same_id(match: Match, folded: str) -> bool:
    return fold(match.id) == folded


def _same_name(match: Match, folded: str) -> bool:
    return fold(match.name or "") == folded


def _word_starts(match: Match, folded: str) -> bool:
    words = fold(match.name or "").split()
    return all(any(word.startswith(part) for word in words) for part in folded.split())
