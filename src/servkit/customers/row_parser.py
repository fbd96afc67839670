"""One row of a customer file made a customer: cells that do not fit are told where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.case import Customer
from servkit.book.problems import Problem, ValueProblem
from servkit.customers.cell_parser import cell_value
from servkit.customers.csv_records import cells_of, decoded, places_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from servkit.book.settings import Settings
    from servkit.book.values import Value
    from servkit.customers.cell_parser import Column
    from servkit.customers.csv_records import Dialect


class Row(NamedTuple):
    """Where a customer stands in the file: the line (from 1) and the bytes of the record."""

    id: str
    name: str | None
    line: int
    start: int
    size: int


class MovedError(Exception):
    """The file is no longer what the index says."""


class Layout(NamedTuple):
    """How a file holds its customers."""

    path: Path
    shown: str
    style: Dialect
    id: str
    name: str
    header: Sequence[str]
    columns: Mapping[str, Column]
    settings: Settings

    def customer(self, row: Row, told: Sequence[Problem]) -> Customer:
        """The customer of a row. Raises MovedError where somebody else stands there by now."""
        text = self._text(row)
        cells, places = cells_of(text, self.style), places_of(text, self.style)
        if self.id not in self.header or cell(cells, self.header.index(self.id)) != row.id:
            raise MovedError
        attributes: dict[str, Value] = {}
        problems = list(told)
        for name, column in self.columns.items():
            if column.name not in self.header:
                message = f"there is no column {column.name!r}; {name} counts as unknown"
                problems.append(Problem("SK511", self.shown, 1, 1, message))
                continue
            at = self.header.index(column.name)
            try:
                value = cell_value(cell(cells, at), column, self.settings.names[name], self.settings)
            except ValueProblem as bad:
                message = f"row {row.line}, column {column.name!r}: {bad}; {name} counts as unknown"
                problems.append(self._problem(row, places[at], message))
                continue
            if value is not None:
                attributes[name] = value
        problems += self._odd(row, cells, places)
        return Customer(row.id, row.name or None, attributes, self.shown, row.line, None, tuple(problems))

    def _odd(self, row: Row, cells: list[str], places: list[tuple[int, int]]) -> Iterator[Problem]:
        """What is wrong with a row as a whole."""
        at, width = self.header.index(self.name) if self.name in self.header else len(cells), len(self.header)
        if at < len(cells) and not is_text(cells[at]):
            message = f"row {row.line}, column {self.name!r}: it is not text in the file's encoding; there is no name"
            yield self._problem(row, places[at], message)
        if any(more.strip() for more in cells[width:]):
            message = (
                f"row {row.line} has {len(cells)} cells where the header has {width}; is a quotation mark missing?"
            )
            yield self._problem(row, places[width], message)

    def _problem(self, row: Row, place: tuple[int, int], message: str) -> Problem:
        return Problem("SK512", self.shown, row.line + place[0], place[1], message)

    def _text(self, row: Row) -> str:
        try:
            with self.path.open("rb") as file:
                file.seek(row.start)
                return decoded(file.read(row.size), row.start, self.style)
        except OSError:
            raise MovedError from None


def cell(cells: Sequence[str], at: int) -> str:
    """What stands in a cell, without the spaces around it; nothing where there is none."""
    return cells[at].strip() if 0 <= at < len(cells) else ""


def is_text(text: str) -> bool:
    """Whether all of it could be read in the file's encoding."""
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)
