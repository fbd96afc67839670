"""Views of a book with some documents left out. Nothing is copied."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from servkit.answer.amount_samples import families_of
from servkit.book.conditions import Bounds, OneOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from servkit.answer.case import Case
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.library import Book, Library
    from servkit.book.problems import Problem
    from servkit.book.settings import Settings

#: With fewer documents without an area than this, looking at all of them costs little.
FEW = 30


class View:
    """A library that shows all of a book. Subclasses leave something out."""

    def __init__(self, book: Library) -> None:
        self.book = book
        self.made: dict[Any, Any] = {}

    @property
    def root(self) -> Path:
        return self.book.root

    @property
    def settings(self) -> Settings:
        return self.book.settings

    @property
    def problems(self) -> Sequence[Problem]:
        return self.book.problems

    def segments(self) -> Sequence[Entry]:
        return self.book.segments()

    def applicable(self, area: str | None) -> Sequence[Entry]:
        return self.book.applicable(area)

    def everything(self) -> Sequence[Entry]:
        return self.book.everything()

    def versions(self, kind: str, id_: str) -> Sequence[Entry]:
        return self.book.versions(kind, id_)

    def carrying_out(self, id_: str) -> Sequence[Entry]:
        return self.book.carrying_out(id_)

    def remarks(self, path: str) -> Sequence[Problem]:
        return self.book.remarks(path)


class Without(View):
    """A book without one of its documents, to ask what difference the document makes."""

    def __init__(self, book: Library, hidden: Entry) -> None:
        super().__init__(book)
        self.hidden = hidden

    def segments(self) -> Sequence[Entry]:
        return self._others(super().segments())

    def applicable(self, area: str | None) -> Sequence[Entry]:
        return self._others(super().applicable(area))

    def everything(self) -> Sequence[Entry]:
        return self._others(super().everything())

    def versions(self, kind: str, id_: str) -> Sequence[Entry]:
        return self._others(super().versions(kind, id_))

    def carrying_out(self, id_: str) -> Sequence[Entry]:
        return self._others(super().carrying_out(id_))

    def _others(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        return [entry for entry in entries if entry is not self.hidden]


class AskedById(View):
    """A book without the documents that have no area, except those that a question names, and without its problems.

    Every question includes the documents without an area (BOOK.md 9); in a book without areas that is the whole book.
    None of them changes a term of another document. Witnesses leave them out, because there may be a witness for every
    document, and the cost would grow with the square of the book.
    """

    @property
    def problems(self) -> Sequence[Problem]:
        return ()

    def applicable(self, area: str | None) -> Sequence[Entry]:
        return () if area is None else super().applicable(area)

    def remarks(self, _path: str) -> Sequence[Problem]:
        return ()


class WitnessLibrary:
    """Which view of a book suffices for a case that asks about documents by id."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._asked_by_id = AskedById(book)

    def view(self, case: Case) -> Library:
        """The smallest view in which the answer is that of the whole book."""
        book = self.book
        few = len(book.applicable(None)) <= FEW
        return self._asked_by_id if not few and case.about and self._unambiguous(case) and self._fits(case) else book

    def _unambiguous(self, case: Case) -> bool:
        """Whether each id is that of documents of one kind alone."""
        return all(
            sum(bool(self.book.versions(kind, id_)) for kind in self.book.settings.applicable) == 1
            for id_ in case.about
        )

    def _fits(self, case: Case) -> bool:
        """Whether everything known compares with all that any document compares it with. A value that does not
        compare counts as unknown in every document."""
        values = [*(case.customer.attributes.items() if case.customer else ()), *case.given.items()]
        return all(value is None or self._families.get(name, set()) <= {value.family} for name, value in values)

    @cached_property
    def _families(self) -> dict[str, set[str]]:
        """The families of sizes that documents compare each name with."""
        out: dict[str, set[str]] = {}
        for entry in self.book.everything():
            for condition in conditions_of(entry):
                for atom in condition.atoms():
                    if isinstance(atom, (OneOf, Bounds)):
                        out.setdefault(atom.name, set()).update(arg.family for arg in atom.args)
            for term in entry.terms.values():
                for amount in term.amounts():
                    for name, family in families_of(amount):
                        out.setdefault(name, set()).add(family)
        return out


def conditions_of(entry: Entry) -> Iterable[Condition]:
    """The conditions in a document: its ``when``, and those of the rows of its terms."""
    if entry.when is not None:
        yield entry.when
    for term in entry.terms.values():
        yield from term.conditions()
