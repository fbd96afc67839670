"""A book as far as a question about documents by their ids hangs on it, for witnesses.

Whatever is asked, the documents without an area are looked at as well (BOOK.md 9), and where a book has no areas those
are all of it. None of them changes anything in a term of another document, as long as what is on record compares with
all that it is held against: what does not counts as unknown, in every document. So witnesses, of which there may be one
for every document, do without them; else their cost would grow with the square of the book.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from servkit.book.amounts import Counted, Dated, Plain
from servkit.book.entries import APPLICABLE, OWNERS
from servkit.book.values import NUMERIC, amount_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from servkit.answer.case import Case
    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.library import Book
    from servkit.book.problems import Problem
    from servkit.book.settings import Settings

#: Of fewer documents without an area, looking at all of them costs little.
FEW = 30


class Narrowed:
    """A library that is a book, but for documents without an area that are not asked for by their id, and for what
    could not be read."""

    problems: Sequence[Problem] = ()

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def settings(self) -> Settings:
        return self.book.settings

    def segments(self) -> Sequence[Entry]:
        return self.book.segments()

    def applicable(self, area: str | None) -> Sequence[Entry]:
        return () if area is None else self.book.applicable(area)

    def everything(self) -> Sequence[Entry]:
        return self.book.everything()

    def versions(self, kind: str, id_: str) -> Sequence[Entry]:
        return self.book.versions(kind, id_)

    def carrying_out(self, id_: str) -> Sequence[Entry]:
        return self.book.carrying_out(id_)

    def remarks(self, path: str) -> Sequence[Problem]:  # noqa: ARG002
        return ()


class Measures:
    """The families of sizes that the documents of a book hold each name against."""

    def __init__(self, entries: Iterable[Entry], working_out: Iterable[Entry]) -> None:
        self._of: dict[str, set[str]] = {}
        self._families: dict[tuple[str, str], str] = {}
        for entry in entries:
            if "when" in entry.logic:
                self._condition(entry.logic["when"])
            for term in entry.logic.get("terms", {}).values():
                for case in term.get("cases", ()):
                    self._condition(case[0])
        for entry in working_out:
            for term in entry.terms.values() if entry.kind in OWNERS else ():
                for amount in term.amounts():
                    self._amount(amount)

    def fit(self, case: Case) -> bool:
        """Whether everything known in a case compares with all that the documents hold it against."""
        values = [*(case.customer.attributes.items() if case.customer else ()), *case.given.items()]
        return all(value is None or self._of.get(name, set()) <= {value.family} for name, value in values)

    def _condition(self, data: Any) -> None:
        if data[0] in ("all", "any", "not"):
            for part in data[1:]:
                self._condition(part)
        else:
            for arg in data[3:]:
                if arg[0] in NUMERIC:
                    key = (arg[0], arg[2])
                    if key not in self._families:
                        self._families[key] = amount_value(arg[0], Decimal(1), arg[2]).family
                    self._of.setdefault(data[2], set()).add(self._families[key])

    def _amount(self, amount: Expression) -> None:
        if isinstance(amount, Dated):
            for _, step in amount.steps:
                self._amount(step)
        elif isinstance(amount, Counted):
            against = {plain.value.family for part in (amount.per, amount.after) for plain in _plain(part)}
            self._of.setdefault(amount.of, set()).update(against | ({amount.zero.family} if amount.share else set()))
            for name in (amount.at_least, amount.at_most):
                if isinstance(name, str):
                    self._of.setdefault(name, set()).add(amount.zero.family)


def _plain(part: Plain | Dated | None) -> Iterator[Plain]:
    if isinstance(part, Plain):
        yield part
    elif isinstance(part, Dated):
        yield from (step for _, step in part.steps if isinstance(step, Plain))


def of_one_kind(book: Book, ids: Iterable[str]) -> bool:
    """Whether each id is that of documents of one kind alone, so that a question about it is about them."""
    return all(sum(bool(book.versions(kind, id_)) for kind in APPLICABLE) == 1 for id_ in ids)
