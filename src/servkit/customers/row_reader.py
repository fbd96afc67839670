"""One row of a source made a customer. A cell that does not fit becomes a problem at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.case import Customer
from servkit.book.problems import Problem, ValueProblem
from servkit.customers.cells import cell_value, columns_of, is_text, near_heading, place_in
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.settings import Settings
    from servkit.book.values import Value
    from servkit.customers.cells import Cell, Column


class Row(NamedTuple):
    """A row with its cells. ``line`` counts from 1, and is 0 where the source has no lines; ``places`` says where each
    cell begins: how many lines further down, and the column from 1."""

    id: str
    name: str | None
    cells: Sequence[Cell]
    line: int = 0
    places: Sequence[tuple[int, int]] = ()


class RowReader(NamedTuple):
    """Reads customers from rows. ``id`` and ``name`` are the headings of those columns; ``not_text`` says what to do
    about bytes that are no text."""

    shown: str
    id: str
    name: str
    header: Sequence[str]
    columns: Mapping[str, Column]
    settings: Settings
    not_text: str = "It isn't text in UTF-8."

    @property
    def id_place(self) -> int | None:
        """Where the column of the ids is, counted from 0."""
        return place_in(self.header, self.id)

    def missing(self, line: int = 1) -> list[Problem]:
        """The columns of attributes that are not there; ``line`` is where the header would be."""
        out = []
        for name, column in self.columns.items():
            if place_in(self.header, column.name) is None:
                advice = near_heading(column.name, self.header, name) or "Correct the name."
                message = f"There is no column {quoted(column.name)}, so {quoted(name)} is unknown. {advice}"
                out.append(Problem("SK511", self.shown, line, line, message))
        return out

    def customer(self, row: Row, problems: Sequence[Problem] = ()) -> Customer:
        """The customer of a row, with the given problems and those of the row."""
        attributes: dict[str, Value] = {}
        problems = [*problems, *self.missing(min(row.line, 1))]
        for name, column in self.columns.items():
            index = place_in(self.header, column.name)
            if index is None:
                continue
            try:
                value = self._value(cell(row.cells, index), name, column)
            except ValueProblem as bad:
                message = f"column {quoted(column.name)}: {bad} So {quoted(name)} counts as unknown."
                problems.append(self._problem(row, index, message))
                continue
            if value is not None:
                attributes[name] = value
        problems += self._row_problems(row)
        return Customer(row.id, row.name or None, attributes, self.shown, row.line, None, tuple(problems))

    def _value(self, found: Cell, name: str, column: Column) -> Value | None:
        if isinstance(found, str) and not is_text(found):
            raise ValueProblem(self.not_text)
        return cell_value(found, column, self.settings.names[name], self.settings)

    def _row_problems(self, row: Row) -> Iterator[Problem]:
        """What is wrong with the row beside its attributes."""
        index, width = place_in(self.header, self.name), len(self.header)
        if index is not None and not is_text(text_of(cell(row.cells, index))):
            message = f"column {quoted(self.name)}: {self.not_text} So the name is unknown."
            yield self._problem(row, index, message)
        if any(text_of(extra).strip() for extra in row.cells[width:]):
            problem = self._problem(row, width, "")
            count = f"{len(row.cells)} cells but the header has {width}"
            yield problem._replace(message=f"Row {row.line} has {count}. Is a quotation mark missing?")

    def _problem(self, row: Row, index: int, message: str) -> Problem:
        down, column = row.places[index] if index < len(row.places) else (0, 1)
        whose = f"Row {row.line}" if row.line else f"Customer {quoted(row.id)}"
        line, column = (row.line + down, column) if row.line else (0, 0)
        return Problem("SK512", self.shown, line, column, f"{whose}, {message}")


def row_reader(spec: Mapping[str, Any], shown: str, header: Sequence[str], settings: Settings) -> RowReader:
    """The reader of the rows under a header, for an entry under ``customers:``."""
    names = (spec.get("id") or "id", spec.get("name") or "name")
    return RowReader(shown, *names, header, columns_of(spec, header, settings), settings)


def cell(cells: Sequence[Cell], index: int | None) -> Cell:
    """A cell; nothing where the row is too short, or there is no column."""
    return cells[index] if index is not None and index < len(cells) else None


def text_of(found: Cell) -> str:
    """A cell as one text without the spaces around it, such as an id or a name."""
    return "; ".join(found) if isinstance(found, tuple) else (found or "").strip()


def usable_id(found: Cell) -> str | None:
    """The id in a cell; None where it is empty, or no text that could be typed."""
    id_ = text_of(found)
    return id_ if id_ and id_.isprintable() else None


def usable_name(found: Cell) -> str:
    """The name in a cell; empty where it is no text."""
    name = text_of(found)
    return name if is_text(name) else ""


def split_cell(found: Cell) -> list[str]:
    """The texts of a cell that may be a list."""
    parts = found if isinstance(found, tuple) else (found or "").split(";")
    return [part.strip() for part in parts if part.strip()]
