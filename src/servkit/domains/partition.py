"""A partition of all customers: every attribute cut into cells at the constants that a book compares it with.

A customer is then one cell for each :class:`Column`: a *signature*, a tuple of small integers. Customers of one
signature have the same answer. Each cell is a value of its own (:class:`Cell`), so that an engine that holds the
customers can compute signatures itself, as ``CASE WHEN x < 30 THEN 1 …``, and never has to judge a condition.

:func:`servkit.answer.signatures.partition_of` makes the partition of a book and a question.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.intervals import Span
from servkit.book.values import Value, list_value
from servkit.domains.sample_values import value_in
from servkit.domains.size_axis import SizeAxis
from servkit.domains.text_axis import TextAxis

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.conditions import Atom
    from servkit.book.settings import Attribute
    from servkit.domains.axis import Axis

#: The cell of everything that is not on record, in every column.
UNKNOWN = 0

Signature = tuple[int, ...]


class NotOnRecord(NamedTuple):
    """There is no value on record."""


class Equals(NamedTuple):
    """The value is this one: a choice, a flag or a text."""

    value: Value


class Within(NamedTuple):
    """The size lies in the span. Sizes are those of :attr:`servkit.book.values.Value.size`: seconds or months of a
    duration, ordinals of days (both ends included), minutes of a time of day."""

    family: str
    span: Span


class Answers(NamedTuple):
    """A text that is none of ``named``, and that gives these answers to tests: operator, what it looks for, answer."""

    named: tuple[str, ...]
    answers: tuple[tuple[str, str, bool], ...]


class HasItem(NamedTuple):
    """A list on record that has an item, or has it not."""

    item: str
    has: bool


class AnythingElse(NamedTuple):
    """Any other value on record: of a family that nothing compares, or outside a text's ``of``; or any value at all,
    where the book asks only whether there is one."""


CellCondition = NotOnRecord | Equals | Within | Answers | HasItem | AnythingElse


class Cell(NamedTuple):
    """One cell of a column. ``number`` is its place in a signature; ``example`` a value in it, where one is known."""

    number: int
    condition: CellCondition
    example: Value | None = None


class Column:
    """One attribute, or one item of a list, cut into cells. Cell 0 is always :class:`NotOnRecord`.

    A column that is not ``is_cut`` has as many cells as there are different values: an amount is computed from it, or a
    text has too many tests. Its numbers are given out as values are met, and ``cells`` says nothing of them.
    """

    def __init__(
        self,
        variable: Attribute,
        axis: Axis | None,
        item: str | None = None,
        *,
        is_cut: bool = True,
        today: int = 1,
        currency: str | None = None,
        tests: Sequence[Atom] | None = None,
    ) -> None:
        """``tests`` are all that asks about sizes: cells in a row that they do not tell apart are one."""
        self.variable, self.axis, self.item, self.is_cut = variable, axis, item, is_cut
        self.name = variable.name
        self._met: dict[object, int] = {}
        self._values: list[Value] = []
        self._runs = _runs(axis, tests) if isinstance(axis, SizeAxis) and tests is not None else None
        self.cells: tuple[Cell, ...] = tuple(self._cells(today, currency))
        self._rest = len(self.cells) - 1

    def _cells(self, today: int, currency: str | None) -> list[Cell]:
        out = [Cell(UNKNOWN, NotOnRecord())]
        if not self.is_cut:
            return out
        if self.item is not None:
            return [*out, *(Cell(1 + has, HasItem(self.item, has)) for has in (False, True))]
        axis = self.axis
        if axis is not None and self._runs is not None:
            for first, last in _ends(self._runs):
                within = Within(axis.cells[first].family, _from_to(axis.cells[first].span, axis.cells[last].span))
                out.append(Cell(len(out), within, value_in(self.variable, axis.cells[first], today, currency)))
            return [*out, Cell(len(out), AnythingElse())]
        for number, cell in enumerate(axis.cells if axis is not None else ()):
            example = None if cell.uncertain else value_in(self.variable, cell, today, currency)
            condition: CellCondition
            if cell.span is not None:
                condition = Within(cell.family, cell.span)
            elif cell.days is not None:
                condition = Within("date", days_span(*cell.days))
            elif isinstance(axis, TextAxis) and number >= len(axis.named):
                condition = Answers(axis.named, axis.answers(number))
            else:
                condition = Equals(value_in(self.variable, cell, today, currency))
            out.append(Cell(number + 1, condition, example))
        return [*out, Cell(len(out), AnythingElse(), list_value(()) if self.variable.type == "list" else None)]

    def find(self, value: Value | None) -> int:
        """The cell of a value."""
        if value is None:
            return UNKNOWN
        if not self.is_cut:
            number = self._met.get(value.key)
            if number is None:
                number = self._met[value.key] = len(self._met) + 1
                self._values.append(value)
            return number
        if self.item is not None:
            return 1 + (self.item in value.size)
        found = self.axis.find(value) if self.axis is not None else None
        if found is None:
            return self._rest
        return 1 + (found if self._runs is None else self._runs[found])

    def example(self, number: int) -> Value | None:
        """A value in a cell; None for one that is not on record. Raises LookupError where none is known."""
        if number == UNKNOWN:
            return None
        found = self._values[number - 1] if not self.is_cut else self.cells[number].example
        if found is None:
            raise LookupError(f"no example of cell {number} of {self.name}")
        return found


def _runs(axis: SizeAxis, tests: Sequence[Atom]) -> list[int]:
    """For each cell the number of its run: cells in a row, of one family, with the same answer to every test."""
    masks = [axis.mask(test) for test in tests]
    out: list[int] = []
    before: object = None
    for number, cell in enumerate(axis.cells):
        answers = (cell.family, *(mask >> number & 1 for mask in masks))
        out.append(out[-1] + (answers != before) if out else 0)
        before = answers
    return out


def _ends(runs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last cell of every run."""
    for _, places in groupby(range(len(runs)), runs.__getitem__):
        cells = list(places)
        yield cells[0], cells[-1]


def _from_to(first: Span | None, last: Span | None) -> Span:
    assert first is not None
    assert last is not None
    return Span(first.low, first.low_in, last.high, last.high_in)


def days_span(first: int, last: int) -> Span:
    """Days from the first to the last, as ordinals."""
    return Span(Decimal(first), True, Decimal(last), True)


class Partition:
    """All columns of a question, in the order of signatures: by name, a list's items by item.

    ``uncut`` are the attributes whose columns are not cut, each with what needs their very value: references of terms,
    or nothing where it is a text with too many tests.
    """

    def __init__(self, columns: Sequence[Column], uncut: Mapping[str, tuple[str, ...]]) -> None:
        self.columns, self.uncut = tuple(columns), uncut

    @property
    def names(self) -> list[str]:
        """The attributes that make a difference, each once."""
        return list(dict.fromkeys(column.name for column in self.columns))

    def signature(self, attributes: Mapping[str, Value]) -> Signature:
        """The signature of a customer with these attributes on record."""
        get = attributes.get
        return tuple([column.find(get(column.name)) for column in self.columns])

    def example(self, signature: Signature) -> dict[str, Value]:
        """Attributes of somebody with a signature. Raises LookupError where none is known: then take those of a
        customer who has it."""
        out: dict[str, Value] = {}
        items: dict[str, list[str]] = {}
        for column, number in zip(self.columns, signature, strict=True):
            if column.item is not None:
                if number != UNKNOWN:
                    items.setdefault(column.name, []).extend([column.item] if number == 2 else [])
            else:
                value = column.example(number)
                if value is not None:
                    out[column.name] = value
        return out | {name: list_value(found) for name, found in items.items()}
