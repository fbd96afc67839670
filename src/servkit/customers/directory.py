"""Everybody on record: the book's customer documents and the files that servkit.yaml names, asked as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.case import document_customer
from servkit.book.problems import UnknownNameError
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from servkit.answer.case import Customer
    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.book.problems import Problem
    from servkit.customers.csv_source import CsvFile
    from servkit.customers.row_parser import Row

#: As many namesakes as a person at a desk will read.
MOST = 20


class Match(NamedTuple):
    """Somebody who may be meant."""

    id: str
    name: str | None
    take: Callable[[], Customer]


class Directory:
    """All customers of a book. ``replaced`` stands in for the first file under ``customers:``."""

    def __init__(self, library: Library, root: Path, replaced: Path | None = None) -> None:
        self.library, self.root, self.replaced = library, root, replaced
        self._files: list[CsvFile] | None = None

    @property
    def files(self) -> list[CsvFile]:
        """The files of customers; opened when somebody is looked for who has no document."""
        if self._files is None:
            from servkit.customers.csv_source import CsvFile

            settings = self.library.settings
            sources = list(settings.sources)
            if self.replaced is not None:
                described = sources[0] if sources else {}
                here = {"file": str(self.replaced.resolve()), "shown": str(self.replaced)}
                sources = [{**described, **here}, *sources[1:]]
            self._files = [
                CsvFile(spec, self.root / spec["file"], spec.get("shown") or spec["file"], settings) for spec in sources
            ]
        return self._files

    def close(self) -> None:
        """Let go of the files' indexes."""
        for file in self._files or ():
            file.close()

    def exact(self, id_: str) -> Customer | None:
        """The customer with exactly this id."""
        documents = self.library.versions("customer", id_)
        if documents:
            return document_customer(documents[0])
        return next((found for file in self.files if (found := file.exact(id_)) is not None), None)

    def find(self, wanted: str) -> list[Match]:
        """Who is meant: by id, by id without regard to case, by whole name, by the beginnings of words, by parts.

        The first of these that finds anybody decides; the matches come by name, then id.
        """
        exact = self.exact(wanted)
        if exact is not None:
            return [Match(exact.id, exact.name, lambda: exact)]
        folded = fold(wanted.strip())
        found = sorted(self._search(folded), key=lambda match: (match.name or "", match.id)) if folded else []
        for closer in (_same_id, _same_name, _word_starts):
            some = [match for match in found if closer(match, folded)]
            if some:
                return some
        return found

    def one(self, wanted: str) -> Customer | list[Match]:
        """The one who is meant, or several who may be. Raises UnknownNameError where nobody is."""
        found = self.find(wanted)
        if not found:
            raise UnknownNameError("customer", wanted, tuple(self._near(wanted)), "an id, or part of a name")
        return found[0].take() if len(found) == 1 else found

    def problems(self) -> list[Problem]:
        """What is wrong with the files that have been opened."""
        return [problem for file in self._files or () for problem in file.problems]

    def starting(self, prefix: str) -> list[str]:
        """Ids for completion."""
        from_files = [id_ for file in self.files for id_ in file.starting(prefix)]
        return sorted({*from_files, *(entry.id for entry in self._documents("") if entry.id.startswith(prefix))})

    def all(self) -> Iterator[Customer]:
        """Everybody, documents first."""
        for entry in self._documents(""):
            yield document_customer(entry)
        for file in self.files:
            yield from file.all()

    def _search(self, folded: str) -> Iterator[Match]:
        words = folded.split()
        for entry in self._documents(words[0] if words else ""):
            name = entry.logic.get("name")
            if fold(entry.id) == folded or all(word in fold(name or "") for word in words):
                yield Match(entry.id, name, lambda entry=entry: document_customer(entry))  # type: ignore[misc]
        for file in self.files:
            for row in file.search(folded):
                yield Match(row.id, row.name or None, _taker(file, row))

    def _documents(self, folded: str) -> Sequence[Entry]:
        named = getattr(self.library, "named", None)
        if named is not None:
            found: Sequence[Entry] = named(folded)
            return found
        return [entry for entry in getattr(self.library, "entries", ()) if entry.kind == "customer"]

    def _near(self, wanted: str) -> Iterator[str]:
        """Names and ids to compare a mistyped one with: all documents, and what begins alike in the files."""
        for entry in self._documents(""):
            yield entry.id
            if name := entry.logic.get("name"):
                yield name
        for file in self.files:
            yield from file.near(fold(wanted))


def _taker(file: CsvFile, row: Row) -> Callable[[], Customer]:
    return lambda: file.exact(row.id) or file.customer(row)


def _same_id(match: Match, folded: str) -> bool:
    return fold(match.id) == folded


def _same_name(match: Match, folded: str) -> bool:
    return fold(match.name or "") == folded


def _word_starts(match: Match, folded: str) -> bool:
    words = fold(match.name or "").split()
    return all(any(word.startswith(part) for word in words) for part in folded.split())
