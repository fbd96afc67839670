"""The desk's answer for every signature.

An answer is made of parts: who is in a segment, whether a document applies, what a term comes to. Each part is worked
out by the desk's own resolution once for every different view of *its* attributes, for many signatures at once
(:mod:`servkit.bulk.columns`). Where anything is unusual, the whole signature is answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.resolver import resolve
from servkit.answer.signatures import answer_for
from servkit.bulk.assignment import assignment_of
from servkit.bulk.codes import attributes_of
from servkit.bulk.columns import Columns, Remembered
from servkit.bulk.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from servkit.answer.case import Customer
    from servkit.answer.result import Answer
    from servkit.book.values import Value
    from servkit.bulk.codes import AttributeCodes, Coded
    from servkit.bulk.question import Question

#: So many views, and so many different cells, of one part are remembered.
_MOST_REMEMBERED = 100_000


class Batch(NamedTuple):
    """Signatures in columns: their keys, how many customers have each, and the codes of every attribute."""

    keys: Sequence[Coded]
    times: Sequence[int]
    codes: Sequence[Sequence[Coded]]


class Distinct:
    """The different cells of one part, numbered."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._next = 0
        self._new: list[tuple[int, Any]] = []

    def number(self, cells: Hashable) -> int:
        """The number of some cells."""
        found = self._numbers.get(cells)
        if found is None:
            if len(self._numbers) >= _MOST_REMEMBERED:
                self._numbers.clear()  # the same cells under two numbers do no harm
            found = self._numbers[cells] = self._next
            self._next += 1
            self._new.append((found, cells))
        return found

    def take(self) -> list[tuple[int, Any]]:
        """The cells that are new since the last time, each with its number."""
        taken, self._new = self._new, []
        return taken


class Answers:
    """Answers by signature. ``codes`` are the attributes in the order of a signature."""

    def __init__(self, question: Question, codes: Sequence[AttributeCodes]) -> None:
        self.question, self._codes = question, codes
        self._parts = Parts(question, {one.name: place for place, one in enumerate(codes)})
        #: Segments, segments that might be, what to ask, and then every term.
        self.distinct = [Distinct() for _ in range(3 + len(question.refs))]
        self._remembered = Remembered(self._parts)
        self._is_simple = not self._parts.has_offers()

    def of(self, batch: Batch) -> list[list[int]]:
        """The numbers of the cells of every signature, in a column for each part."""
        if self._remembered.size() > _MOST_REMEMBERED:
            self._remembered = Remembered(self._parts)
        size = len(batch.keys)
        whole = set(range(size))
        found: list[list[int]] = [[0] * size for _ in self.distinct]
        if self._is_simple:
            situation = self._columns(batch)
            found, whole = situation.numbers([one.number for one in self.distinct]), situation.unusual
        for row in whole:
            answer = answer_for(self.question.library, self.question.case, self._attributes(batch, row))
            for column, number in zip(found, self._numbers(answer), strict=True):
                column[row] = number
        return found

    def of_person(self, customer: Customer) -> list[int]:
        """The numbers for somebody with promises of their own."""
        return self._numbers(resolve(self.question.library, self.question.case._replace(customer=customer)))

    def _columns(self, batch: Batch) -> Columns:
        return Columns(self.question, self._parts, self._remembered, batch.codes, len(batch.keys),
                       lambda row: self._attributes(batch, row), self._odd(batch))  # fmt: skip

    def _odd(self, batch: Batch) -> set[int]:
        """The rows with a value that does not compare with what it would be held against: it counts as unknown."""
        return {
            row
            for one, column in zip(self._codes, batch.codes, strict=True)
            if one.odd
            for row, code in enumerate(column)
            if code in one.odd
        }

    def _numbers(self, answer: Answer) -> list[int]:
        row = assignment_of(answer, self.question.refs, with_role=self.question.with_role)
        cells = (row.segments, row.might_be, row.ask, *row.terms)
        return [distinct.number(found) for distinct, found in zip(self.distinct, cells, strict=True)]

    def _attributes(self, batch: Batch, row: int) -> dict[str, Value]:
        """The attributes of somebody who has a signature."""
        return attributes_of(self._codes, [column[row] for column in batch.codes])
