"""One row of a customer file made a customer. A cell that does not fit becomes a problem at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.case import Customer
from servkit.book.problems import Problem, ValueProblem
from servkit.customers.cells import cell_value, is_text, place_in
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
        if cell(cells, place_in(self.header, self.id)) != row.id:
            raise MovedError
        attributes: dict[str, Value] = {}
        problems = list(problems)
        for name, column in self.columns.items():
            index = place_in(self.header, column.name)
            if index is None:
                message = f"There is no column {quoted(column.name)}, so {quoted(name)} is unknown. Correct the name."
                problems.append(Problem("SK511", self.shown, 1, 1, message))
                continue
            try:
                value = self._value(cell(cells, index), name, column)
            except ValueProblem as bad:
                message = f"Row {row.line}, column {quoted(column.name)}: {bad} So {quoted(name)} counts as unknown."
                problems.append(self._problem(row, places[index], message))
                continue
            if value is not None:
                attributes[name] = value
        problems += self._row_problems(row, cells, places)
        return Customer(row.id, row.name or None, attributes, self.shown, row.line, None, tuple(problems))

    def _value(self, text: str, name: str, column: Column) -> Value | None:
        if not is_text(text):
            raise ValueProblem(_not_in(self.dialect))
        return cell_value(text, column, self.settings.names[name], self.settings)

    def _row_problems(self, row: CsvRow, cells: list[str], places: list[tuple[int, int]]) -> Iterator[Problem]:
        """What is wrong with the row beside its attributes."""
        index, width = place_in(self.header, self.name), len(self.header)
        if index is not None and not is_text(cell(cells, index)):
            message = f"Row {row.line}, column {quoted(self.name)}: {_not_in(self.dialect)} So the name is unknown."
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


def cell(cells: Sequence[str], index: int | None) -> str:
    """The text of a cell without the spaces around it; empty where the row is too short, or there is no column."""
    return cells[index].strip() if index is not None and index < len(cells) else ""


def _not_in(dialect: Dialect) -> str:
    """What to do about bytes that the encoding does not have."""
    other = "windows-1252" if dialect.encoding == "utf-8" else "utf-8"
    name = dialect.encoding.upper()
    return f"It isn't text in {name}. Save the file as UTF-8, or write its encoding, such as `encoding: {other}`."
