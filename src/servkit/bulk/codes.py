"""Small numbers in place of the values of one attribute: equal numbers have equal cells in every column of a partition.

Code 0 is what is not on record. The engine that holds the customers keeps only codes; a value of every code stands for
all that have it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.values import decode, encode
from servkit.domains.partition import UNKNOWN, Within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.intervals import Span
    from servkit.book.values import Value
    from servkit.domains.partition import Column, Partition


#: The code of an attribute with few codes; the value itself, as text, of one with many. None is unknown in both.
Coded = int | str | None


class CodedSpan(NamedTuple):
    """The sizes of a family that have one code."""

    family: str
    span: Span
    code: int


class AttributeCodes:
    """The codes of one attribute."""

    def __init__(self, name: str, columns: Sequence[Column]) -> None:
        self.name, self.columns = name, columns
        self._codes: dict[tuple[int, ...], int] = {(UNKNOWN,) * len(columns): UNKNOWN}
        #: Codes whose values compare with nothing that the book holds them against.
        self.odd: set[int] = set()
        #: A value of every code; None for what is not on record.
        self.examples: list[Value | None] = [None]
        #: The cells of every code, in the order of the columns.
        self.cells: list[tuple[int, ...]] = [(UNKNOWN,) * len(columns)]

    @property
    def is_cut(self) -> bool:
        """Whether there are few codes; else every value has one of its own, and none is kept here."""
        return all(column.is_cut for column in self.columns)

    def code(self, value: Value | None) -> int:
        """The code of a value."""
        if value is None:
            return UNKNOWN
        found = tuple([column.find(value) for column in self.columns])
        code = self._codes.get(found)
        if code is None:
            code = self._codes[found] = len(self.examples)
            if any(
                column.axis is not None and number == len(column.cells) - 1
                for column, number in zip(self.columns, found, strict=True)
            ):
                self.odd.add(code)
            self.examples.append(value)
            self.cells.append(found)
        return code

    def spans(self) -> list[CodedSpan]:
        """The cells of sizes and days, each with its code; empty for other types."""
        (column,) = self.columns if len(self.columns) == 1 else (None,)
        return [
            CodedSpan(cell.condition.family, cell.condition.span, self.code(cell.example))
            for cell in (column.cells if column is not None else ())
            if isinstance(cell.condition, Within) and cell.example is not None
        ]


def attributes_of(all_codes: Sequence[AttributeCodes], found: Sequence[Coded]) -> dict[str, Value]:
    """The attributes of somebody who has these codes."""
    out = {}
    for codes, code in zip(all_codes, found, strict=True):
        value = decoded(code) if isinstance(code, str) else codes.examples[code] if code else None
        if value is not None:
            out[codes.name] = value
    return out


def coded(value: Value) -> str:
    """A value as its own code."""
    return json.dumps(encode(value))


def decoded(code: str) -> Value:
    """The inverse of :func:`coded`."""
    data: list[Any] = json.loads(code)
    return decode(data)


def attribute_codes(partition: Partition) -> list[AttributeCodes]:
    """The codes of every attribute that makes a difference."""
    by_name: dict[str, list[Column]] = {}
    for column in partition.columns:
        by_name.setdefault(column.name, []).append(column)
    return [AttributeCodes(name, columns) for name, columns in by_name.items()]
