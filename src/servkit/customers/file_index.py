"""The index of a customer file: ids, names and the place of every row, in a SQLite file in the cache folder.

A file of a million rows is read once. After that, somebody is looked up in the index, and one row of the file is read.
"""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.cache.stored_database import discard
from servkit.customers.index_file import Maker, index_in_memory, index_path, is_in_memory, open_index
from servkit.customers.name_search import LAST, find_rows, similar_words
from servkit.customers.name_tables import make_name_tables
from servkit.customers.row_tables import Headings, fill_row_tables
from servkit.customers.search_key import plain_name
from servkit.customers.stored_cells import decode_cells
from servkit.files import open_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from servkit.customers.cells import Cell
    from servkit.customers.customer_source import Closeness
    from servkit.customers.file_format import FileFormat


class IndexRow(NamedTuple):
    """Where a customer is in the file: the line (from 1), and where the record begins and how long it is, in bytes.
    Of a format whose cells are kept in the index, ``start`` is the number of the row."""

    id: str
    name: str | None
    line: int
    start: int
    size: int


class FileIndex:
    """The rows of a file, by id, name, and the columns to find by. ``spec`` is the entry under ``customers:``."""

    def __init__(
        self, spec: Mapping[str, Any], path: Path, format_: FileFormat, finds: Sequence[str], cache: Path | None
    ) -> None:
        self.path, self.format, self.cache = path, format_, cache
        self.headings = Headings(spec.get("id") or "id", spec.get("name") or "name", finds)
        self._path: Path | None = None
        self._connection: sqlite3.Connection | None = None
        self._has_names = False

    @property
    def connection(self) -> sqlite3.Connection:
        """The open index, renewed where the file has changed."""
        return self._opened(names=False)

    @property
    def is_open(self) -> bool:
        """Whether anything has been asked of it."""
        return self._connection is not None

    def prepare(self) -> None:
        """Make the index, one step after the other: after the first one, somebody can be looked up already."""
        for names in (False, True):
            self._opened(names=names)

    def close(self) -> None:
        """Close the index; it opens again when somebody is looked for."""
        if self._connection is not None:
            self._connection.close()
        self._connection, self._has_names = None, False

    def discard(self) -> None:
        """Close and delete the index, because it is broken or the file has changed since."""
        self.close()
        discard(self._path)

    # --- questions ----------------------------------------------------------------------------------------------------

    def header(self) -> list[str]:
        """The headings of the columns."""
        _ = self.connection
        return self.format.header

    def faults(self, limit: int) -> tuple[list[tuple[int, str]], int]:
        """The first faults of the file as line (0 for the whole file) and message, and how many there are."""
        found = self.ask("SELECT line, message FROM faults ORDER BY line, rowid LIMIT ?", limit)
        return found, self.ask("SELECT count(*) FROM faults")[0][0]

    def by_id(self, id_: str) -> list[IndexRow]:
        """The first two rows with exactly this id."""
        return self._rows("WHERE id = ? ORDER BY row LIMIT 2", id_)

    def search(self, folded: str, limit: int = 200) -> tuple[list[IndexRow], Closeness]:
        """The rows that a folded text means, and how closely. The first of these that finds any row decides."""
        numbers, closeness = find_rows(self.ask_names, folded, limit)
        marks = ", ".join("?" * len(numbers))
        query = f"SELECT row, id, name, line, start, size FROM rows WHERE row IN ({marks})"
        rows = {number: IndexRow(*row) for number, *row in (self.ask(query, *numbers) if numbers else ())}
        return [rows[number] for number in numbers if number in rows], closeness

    def ids(self, prefix: str, limit: int) -> list[str]:
        """Ids that begin with a folded text, without regard to case and accents, in order."""
        query = "SELECT id FROM names JOIN rows USING (row) WHERE folded_id >= ? AND folded_id < ? ORDER BY folded_id"
        return [id_ for (id_,) in self.ask_names(f"{query} LIMIT ?", prefix, prefix + LAST, limit)]

    def starting(self, prefix: str, limit: int) -> list[str]:
        """Ids, names and texts to find by that begin with a text."""
        ids = "SELECT id FROM rows WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        names = "SELECT DISTINCT name FROM names JOIN rows USING (row) WHERE folded >= ? AND folded < ?"
        names += " ORDER BY folded LIMIT ?"
        texts = "SELECT DISTINCT text FROM finds WHERE text >= ? AND text < ? ORDER BY text LIMIT ?"
        folded = plain_name(prefix)
        found = self.ask_names(names, folded, folded + LAST, limit)
        for query in (ids, texts):
            found += self.ask_names(query, prefix, prefix + LAST, limit)
        return [text for (text,) in found if text and text.startswith(prefix)]

    def words(self, beginning: str, limit: int) -> list[str]:
        """The words of names that begin with a text, in order."""
        return similar_words(self.ask_names, beginning, limit)

    def all(self) -> Iterator[IndexRow]:
        """Every row, in the order of the file."""
        query = "SELECT row, id, name, line, start, size FROM rows WHERE row > ? ORDER BY row LIMIT 1000"
        last = -1
        while rows := self.ask(query, last):
            last = rows[-1][0]
            yield from (IndexRow(*row) for _, *row in rows)

    def stored(self, row: IndexRow) -> list[Cell]:
        """The cells of a row, where the index keeps them."""
        found = self.ask("SELECT data FROM cells WHERE row = ?", row.start)
        return decode_cells(found[0][0]) if found else []

    def _rows(self, rest: str, *values: str) -> list[IndexRow]:
        return [IndexRow(*row) for row in self.ask(f"SELECT id, name, line, start, size FROM rows {rest}", *values)]

    def ask(self, query: str, *values: Any) -> list[Any]:
        """The rows of a query. An index that turns out to be broken is made again."""
        return self._asked(query, values, names=False)

    def ask_names(self, query: str, *values: Any) -> list[Any]:
        """The same of the tables that names are searched in, which are made when somebody first searches."""
        return self._asked(query, values, names=True)

    def _asked(self, query: str, values: Sequence[Any], *, names: bool) -> list[Any]:
        try:
            return self._opened(names=names).execute(query, values).fetchall()
        except UnicodeEncodeError:
            return []  # half a surrogate pair is no text, and nobody's name
        except (sqlite3.DatabaseError, TypeError):
            self.discard()
            return self._opened(names=names).execute(query, values).fetchall()

    def _opened(self, *, names: bool) -> sqlite3.Connection:
        if self._connection is not None and names and not self._has_names:
            if is_in_memory(self._connection):
                make_name_tables(self._connection)
                self._has_names = True
            else:
                self.close()
        if self._connection is None:
            self._connection, self._has_names = self._connect(names=names), names
        return self._connection

    # --- making it ----------------------------------------------------------------------------------------------------

    def _connect(self, *, names: bool) -> sqlite3.Connection:
        try:
            with open_file(self.path) as file:
                self._path = self._index_path(self.format.begin(file))
                fill = partial(fill_row_tables, file=file, format_=self.format, headings=self.headings)
                maker = Maker(fill, make_name_tables)
                connection = open_index(self._path, file, maker, names=names)
        except FileNotFoundError:
            connection = _in_memory("no such file", names=names)
        except (OSError, ValueError) as bad:
            connection = _in_memory(getattr(bad, "strerror", None) or str(bad), names=names)
        self.format.header = _header(connection)
        return connection

    def _index_path(self, found: tuple[object, ...]) -> Path | None:
        parts = (str(self.path.absolute()), *self.headings[:2], tuple(self.headings.finds), found)
        return None if self.cache is None else index_path(self.cache, parts)


def _in_memory(reason: str, *, names: bool) -> sqlite3.Connection:
    def fill(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO faults VALUES (0, ?)", (f"The file can't be read: {reason}.",))

    connection = index_in_memory(fill)
    if names:
        make_name_tables(connection)
    return connection


def _header(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM columns ORDER BY place")]
