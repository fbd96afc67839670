"""Everybody on record: the book's customer documents and the sources that servkit.yaml names, asked as one.

A person who has one id in a document and in some sources is one customer (BOOK.md 2, *One customer, several places*).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from servkit.answer.case import Customer, document_customer
from servkit.book.problems import Problem, ServkitError, UnknownNameError
from servkit.book.values import decode, write
from servkit.customers.customer_source import Closeness, Listing
from servkit.customers.joined import join
from servkit.customers.row_reader import split_cell
from servkit.customers.search_key import closeness
from servkit.customers.sources import open_source
from servkit.customers.surroundings import Surroundings
from servkit.files import open_file
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.customers.customer_source import CustomerSource


class Match(NamedTuple):
    """Somebody who may be meant; ``read`` reads the whole customer. ``row`` is the row of a source that was found
    first."""

    id: str
    name: str | None
    read: Callable[[], Customer]
    row: Listing | None = None


class Directory:
    """All customers of a book. ``file`` takes the place of the first source, and is named as ``shown`` in problems;
    ``cache`` is the folder for indexes, which are built in memory without one; ``environment`` holds the addresses of
    databases by name (None: no database elsewhere is asked). With ``alone``, the file takes the place of all sources.
    Use it in a ``with``, or close it."""

    def __init__(
        self,
        library: Library,
        root: Path,
        file: Path | None = None,
        cache: Path | None = None,
        environment: Mapping[str, str] | None = MappingProxyType({}),
        *,
        alone: bool = False,
        shown: str = "",
    ) -> None:
        self.library, self.file, self._alone, self._shown = library, file, alone, shown
        self.around = Surroundings(root, library.settings, cache, environment)
        self._sources: list[CustomerSource] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def sources(self) -> Sequence[CustomerSource]:
        """The sources of customers; opened when somebody is looked for.

        Raises ServkitError where the file that takes the place of the first is none.
        """
        if self._sources is None:
            if self.file is not None:
                check_file(self.file)
            self._sources = [open_source(spec, self.around) for spec in self.specs]
        return self._sources

    @property
    def specs(self) -> Sequence[Mapping[str, Any]]:
        """What ``servkit.yaml`` says of the sources, with the file in the place of the first, or of all."""
        specs = self.around.settings.sources
        if self.file is None:
            return specs
        first = _in_place_of(specs[0] if specs else {}, self.file, self._shown or str(self.file))
        return [first] if self._alone else [first, *specs[1:]]

    def prepare(self) -> None:
        """Make what the sources need once after they have changed, so that nobody waits for it. Raises ServkitError."""
        for source in self.sources:
            source.prepare()

    def close(self) -> None:
        """Close the sources."""
        for source in self._sources or ():
            source.close()

    def exact(self, id_: str) -> Customer | None:
        """The customer with exactly this id, from all places."""
        places = list(self.places(id_))
        return join(places) if places else None

    def several(self, ids: Collection[str]) -> list[Customer]:
        """The customers with these ids, from all places, when all sources are read anyway."""
        found = [source.several(ids) for source in self.sources]
        out = []
        for id_ in ids:
            places = [document_customer(entry) for entry in self.library.versions("customer", id_)[:1]]
            places += [source[id_] for source in found if id_ in source]
            out += [join(places)] if places else []
        return out

    def places(self, id_: str) -> Iterator[Customer]:
        """The customer as each place has them: the document, then the sources in their order."""
        documents = self.library.versions("customer", id_)
        if documents:
            yield document_customer(documents[0])
        for source in self.sources:
            if (customer := source.exact(id_)) is not None:
                yield customer

    def find(self, text: str) -> list[Match]:
        """Who is meant: by id, by whole name or an attribute to find by, by beginnings, by parts.

        The closest of these that finds anybody decides; the matches come by name, then id.
        """
        if (exact := self.exact(text)) is not None:
            return [Match(exact.id, exact.name, lambda: exact)]
        folded = fold(text.strip())
        found = list(self._search(folded)) if folded else []
        closest = min((listing.closeness for listing in found), default=Closeness.PART)
        close = [listing for listing in found if listing.closeness is closest]
        names: dict[str, str | None] = {}
        for listing in close:
            names[listing.id] = names.get(listing.id) or listing.name
        rows = {listing.id: listing for listing in reversed(close)}
        matches = [Match(id_, name, self._reader(id_), rows[id_]) for id_, name in names.items()]
        return sorted(matches, key=lambda match: (match.name or "", match.id))

    def only_row(self, match: Match) -> Listing | None:
        """The row that was found, if nothing else has this customer."""
        is_only = len(self.sources) == 1 and not self.library.versions("customer", match.id)
        return match.row if is_only else None

    def one(self, text: str) -> Customer | list[Match]:
        """The one who is meant, or several who may be. Raises UnknownNameError where nobody is."""
        matches = self.find(text)
        if not matches:
            unread = [f"{problem.path}: {problem.message}" for problem in self.problems() if not problem.line]
            hint = unread[0] if unread else f"an id, or part of a name{self._also_found_by()}"
            raise UnknownNameError("customer", text, tuple(self._similar(text)), hint)
        return matches[0].read() if len(matches) == 1 else matches

    def problems(self) -> list[Problem]:
        """What is wrong with the sources that have been asked."""
        return [problem for source in self._sources or () for problem in source.problems]

    def starting(self, prefix: str) -> list[str]:
        """Ids, names and texts to find by that begin with a text, for completion."""
        found = {text for source in self.sources for text in source.starting(prefix)}
        for entry in self._documents(""):
            found.update((entry.id, entry.logic.get("name") or "", *self._texts(entry)))
        return sorted(text for text in found if text.startswith(prefix))

    def everybody(self) -> Iterator[Listing]:
        """Everybody once, without their attributes: documents first, then the sources in their order."""
        seen = set()
        for entry in self._documents(""):
            if entry.id not in seen:
                seen.add(entry.id)
                yield Listing(entry.id, entry.logic.get("name"), entry.path, entry.line)
        for source in self.sources:
            for listing in source.everybody():
                if listing.id not in seen:
                    seen.add(listing.id)
                    yield listing

    def documents(self) -> Sequence[Entry]:
        """The customers' documents in the book, in its order."""
        return self._documents("")

    def all(self) -> Iterator[Customer]:
        """Everybody once, from all places: documents first, then the sources in their order."""
        seen = set()
        for entry in self._documents(""):
            if entry.id not in seen:
                seen.add(entry.id)
                yield join(list(self.places(entry.id)))
        for place, source in enumerate(self.sources):
            for customer in source.all():
                if customer.id not in seen:
                    seen.add(customer.id)
                    others = (other.exact(customer.id) for other in self.sources[place + 1 :])
                    yield join([customer, *(one for one in others if one is not None)])

    def _reader(self, id_: str) -> Callable[[], Customer]:
        def read() -> Customer:
            customer = self.exact(id_)
            if customer is None:  # the file has changed since it was searched
                raise UnknownNameError("customer", id_)
            return customer

        return read

    def _search(self, folded: str) -> Iterator[Listing]:
        words = folded.split()
        for entry in self._documents("" if self.library.settings.findable or not words else words[0]):
            name = entry.logic.get("name")
            if (close := closeness(entry.id, name, self._texts(entry), folded)) is not None:
                yield Listing(entry.id, name, entry.path, entry.line, close)
        for source in self.sources:
            yield from source.search(folded)

    def _texts(self, entry: Entry) -> Iterator[str]:
        """What a customer with a document is found by, beside id and name."""
        attributes = entry.logic.get("attributes", {})
        for name in self.library.settings.findable:
            if name in attributes:
                yield from split_cell(write(decode(attributes[name])))

    def _also_found_by(self) -> str:
        return "".join(f" or {name}" for name in self.library.settings.findable)

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


def check_file(path: Path) -> None:
    """Raise ServkitError for a file of customers that can't be read."""
    try:
        open_file(path).close()
    except OSError as fault:
        reason = "no such file" if isinstance(fault, FileNotFoundError) else fault.strerror or str(fault)
        raise ServkitError(f"The customer file can't be read: {reason}.", path=str(path)) from None


def _in_place_of(first: Mapping[str, Any], file: Path, shown: str) -> dict[str, Any]:
    """The first source, read from another file: its columns stay."""
    kept = {key: value for key, value in first.items() if key not in ("database", "table", "query", "refused")}
    return {"id": "id", "name": "name", **kept, "file": str(file.absolute()), "shown": shown}
