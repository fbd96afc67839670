"""The tables of a customer index that one customer is looked up with, filled in one pass over the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from servkit.customers.cells import is_text, place_in
from servkit.customers.row_reader import cell, split_cell, usable_id, usable_name
from servkit.customers.stored_cells import encode_cells
from servkit.text import quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from servkit.customers.file_format import FileFormat

    Faults = list[tuple[int, str]]

_BATCH = 5000


class Headings(NamedTuple):
    """The headings of the columns with the ids, the names, and what customers are found by."""

    id: str
    name: str
    finds: Sequence[str]


def fill_row_tables(connection: sqlite3.Connection, file: BinaryIO, format_: FileFormat, headings: Headings) -> None:
    """Read the whole file once. Where it cannot be read to its end, it has no rows, and a fault says so."""
    faults: Faults = []
    try:
        rows = _rows(connection, file, format_, headings, faults)
        connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)", rows)
        if place_in(format_.header, headings.id) is None:
            faults.append(format_.no_id(headings.id))
    except (OSError, ValueError) as bad:
        for table in ("rows", "texts", "cells"):
            connection.execute(f"DELETE FROM {table}")
        faults.append((0, f"The file can't be read: {getattr(bad, 'strerror', None) or bad}."))
    columns = [(place, name if is_text(name) else "") for place, name in enumerate(format_.header)]
    connection.executemany("INSERT INTO columns VALUES (?, ?)", columns)
    connection.executemany("INSERT INTO faults VALUES (?, ?)", faults)


def _rows(
    connection: sqlite3.Connection, file: BinaryIO, format_: FileFormat, headings: Headings, faults: Faults
) -> Iterator[tuple[int, str, str, int, int, int]]:
    """The rows of the table ``rows``. What belongs into other tables is written on the way."""
    more = _More(connection)
    row, width, id_place, name_place = 0, 0, None, None
    finds: list[int] = []
    for number, (line, start, size, cells) in enumerate(format_.read(file, faults), 1):
        if width != len(format_.header):  # JSON Lines learn of columns as they go
            header, width = format_.header, len(format_.header)
            id_place, name_place = place_in(header, headings.id), place_in(header, headings.name)
            finds = [place for name in headings.finds if (place := place_in(header, name)) is not None]
        if not any(cells):
            continue
        id_ = usable_id(cell(cells, id_place))
        if id_ is None:
            if id_place is not None:
                faults.append(without_id(line, number, headings.id))
            continue
        for place in finds:
            more.texts += ((row, text) for text in split_cell(cell(cells, place)) if is_text(text))
        if format_.is_stored:
            more.cells.append((row, encode_cells(cells)))
        if finds or format_.is_stored:
            more.write(_BATCH)
        where = (row, 0) if format_.is_stored else (start, size)
        yield row, id_, usable_name(cell(cells, name_place)), line, *where
        row += 1
    more.write(1)


def without_id(line: int, number: int, column: str) -> tuple[int, str]:
    """The fault of a row: its line, or 0 where the file has no lines, and its number."""
    return line, f"Row {line or number} was skipped: it has no usable id in column {quoted(column)}."


class _More:
    """What is written beside the rows, some at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.cells: list[tuple[int, str]] = []
        self.texts: list[tuple[int, str]] = []

    def write(self, least: int) -> None:
        """Write the cells and texts of which there are at least so many."""
        for table, rows in (("cells", self.cells), ("texts", self.texts)):
            if len(rows) >= least:
                self._connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)
                rows.clear()
