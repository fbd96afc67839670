"""One row of a customer file made a customer. A cell that does not fit becomes a problem at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.case import Customer
from servkit.book.problems import Problem, ValueProblem
from servkit.customers.cells import cell_value, is_text
from servkit.customers.csv_records import cells_of, decoded, places_of
from servkit.files import open_file
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from servkit.book.settings import Settings
    from servkit.book.values import Value
    from servkit.customers.cells import Column
    from servkit.customers.csv_records import Dialect


class CsvRow(NamedTuple):
    """Where a customer is in the file: the line (from 1), and where the record begins and how long it is, in bytes."""

    id: str
    name: str | None
    line: int
    start: int
    size: int


class MovedError(Exception):
    """The file changed since the index was made: the row now belongs to somebody else."""


class RowReader(NamedTuple):
    """Reads customers from the rows of a file. ``id`` and ``name`` are the headings of those columns."""

    path: Path
    shown: str
    dialect: Dialect
    id: str
    name: str
    header: Sequence[str]
    columns: Mapping[str, Column]
    settings: Settings

    def customer(self, row: CsvRow, problems: Sequence[Problem]) -> Customer:
        """The customer of a row, with the given problems and those of the row. Raises MovedError."""
        text = self._text(row)
        cells, places = cells_of(text, self.dialect), places_of(text, self.dialect)
        if self.id not in self.header or cell(cells, self.header.index(self.id)) != row.id:
            raise MovedError
        attributes: dict[str, Value] = {}
        problems = list(problems)
        for name, column in self.columns.items():
            if column.name not in self.header:
                message = f"There is no column {quoted(column.name)}, so {quoted(name)} is unknown. Correct the name."
                problems.append(Problem("SK511", self.shown, 1, 1, message))
                continue
            index = self.header.index(column.name)
            try:
                value = cell_value(cell(cells, index), column, self.settings.names[name], self.settings)
            except ValueProblem as bad:
                message = f"Row {row.line}, column {quoted(column.name)}: {bad} So {quoted(name)} counts as unknown."
                problems.append(self._problem(row, places[index], message))
                continue
            if value is not None:
                attributes[name] = value
        problems += self._row_problems(row, cells, places)
        return Customer(row.id, row.name or None, attributes, self.shown, row.line, None, tuple(problems))

    def _row_problems(self, row: CsvRow, cells: list[str], places: list[tuple[int, int]]) -> Iterator[Problem]:
        """What is wrong with the row beside its attributes."""
        index, width = self.header.index(self.name) if self.name in self.header else len(cells), len(self.header)
        if index < len(cells) and not is_text(cells[index]):
            message = f"Row {row.line}, column {quoted(self.name)}: The name can't be read in the encoding of the file."
            yield self._problem(row, places[index], message)
        if any(extra.strip() for extra in cells[width:]):
            message = f"Row {row.line} has {len(cells)} cells but the header has {width}. Is a quotation mark missing?"
            yield self._problem(row, places[width], message)

    def _problem(self, row: CsvRow, place: tuple[int, int], message: str) -> Problem:
        return Problem("SK512", self.shown, row.line + place[0], place[1], message)

    def _text(self, row: CsvRow) -> str:
        try:
            with open_file(self.path) as file:
                file.seek(row.start)
                return decoded(file.read(row.size), row.start, self.dialect)
        except OSError:
            raise MovedError from None


def cell(cells: Sequence[str], index: int) -> str:
    """The text of a cell without the spaces around it; empty where the row is too short."""
    return cells[index].strip() if 0 <= index < len(cells) else ""
