"""The index of a customer file: ids, names and the place of every row, in a SQLite file in the cache folder.

A file of a million rows is read once. After that, somebody is looked up in the index, and one row of the file is read.
"""

from __future__ import annotations

import sqlite3
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from servkit.cache.stored_database import discard
from servkit.customers.cells import is_text, place_in
from servkit.customers.customer_source import Closeness
from servkit.customers.index_file import index_in_memory, index_path, open_index
from servkit.customers.row_reader import cell, usable_id, usable_name
from servkit.customers.search_key import SHORTEST_BEGINNING, SHORTEST_END, search_key
from servkit.customers.stored_cells import decode_cells, encode_cells
from servkit.files import open_file
from servkit.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from servkit.customers.cells import Cell
    from servkit.customers.file_format import FileFormat

_LAST = "\U0010ffff"


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
        self.path, self.format, self.finds, self.cache = path, format_, finds, cache
        self.id_column: str = spec.get("id") or "id"
        self.name_column: str = spec.get("name") or "name"
        self._path: Path | None = None
        self._connection: sqlite3.Connection | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The open index, renewed where the file has changed."""
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    @property
    def is_open(self) -> bool:
        """Whether anything has been asked of it."""
        return self._connection is not None

    def close(self) -> None:
        """Close the index; it opens again when somebody is looked for."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

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
        return self._rows("WHERE id = ? ORDER BY line LIMIT 2", id_)

    def search(self, folded: str, limit: int = 200) -> tuple[list[IndexRow], Closeness]:
        """The rows that a folded text means, and how closely. The first of these that finds any row decides."""
        words, key = folded.split(), search_key(folded)
        if not words:
            return [], Closeness.PART
        for closeness in Closeness:
            rows = list(dict.fromkeys(self._search(closeness, folded, words, key, limit)))
            if rows:
                return rows[:limit], closeness
        return [], Closeness.PART

    def _search(self, closeness: Closeness, folded: str, words: list[str], key: str, limit: int) -> Iterator[IndexRow]:
        ordered = f"ORDER BY line LIMIT {limit}"
        found_by = f"JOIN finds USING (row) WHERE {{}} >= ? AND {{}} < ? {ordered}"
        if closeness is Closeness.SAME_ID:
            yield from self._rows("WHERE folded_id = ? ORDER BY line LIMIT 2", folded)
        elif closeness is Closeness.SAME:
            yield from self._rows(f"WHERE folded = ? {ordered}", " ".join(words))
            if key:
                yield from self._rows(f"JOIN finds USING (row) WHERE key = ? {ordered}", key)
        elif closeness is Closeness.BEGINNING:
            yield from self._by_beginnings(words, limit)
            if len(key) >= SHORTEST_BEGINNING:
                yield from self._rows(found_by.format("key", "key"), key, key + _LAST)
        else:
            parts = " AND ".join(["instr(folded, ?) > 0"] * len(words))
            yield from self._rows(f"WHERE {parts} LIMIT {limit}", *words)
            if len(key) >= SHORTEST_END:
                yield from self._rows(found_by.format("backwards", "backwards"), key[::-1], key[::-1] + _LAST)

    def ids(self, column: str, prefix: str, limit: int) -> list[str]:
        """Ids of rows whose ``id`` or ``folded_id`` begins with a text, in order."""
        query = f"SELECT id FROM rows WHERE {column} >= ? AND {column} < ? ORDER BY {column} LIMIT ?"
        return [id_ for (id_,) in self.ask(query, prefix, prefix + _LAST, limit)]

    def starting(self, prefix: str, limit: int) -> list[str]:
        """Ids, names and texts to find by that begin with a text."""
        folded = fold(prefix)
        names = "SELECT DISTINCT name FROM rows WHERE folded >= ? AND folded < ? ORDER BY folded LIMIT ?"
        texts = "SELECT DISTINCT text FROM finds WHERE text >= ? AND text < ? ORDER BY text LIMIT ?"
        found = [*self.ask(names, folded, folded + _LAST, limit), *self.ask(texts, prefix, prefix + _LAST, limit)]
        return [*self.ids("id", prefix, limit), *(text for (text,) in found if text.startswith(prefix))]

    def words(self, beginning: str, limit: int) -> list[str]:
        """The words of names that begin with a text, in order. A word that is in a million rows costs one step."""
        out: list[str] = []
        query = "SELECT word FROM words WHERE word {} ? AND word < ? ORDER BY word LIMIT 1"
        found = self.ask(query.format(">="), beginning, beginning + _LAST)
        while found and len(out) < limit:
            out.append(found[0][0])
            found = self.ask(query.format(">"), out[-1], beginning + _LAST)
        return out

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

    def _by_beginnings(self, words: list[str], limit: int) -> list[IndexRow]:
        """The rows whose names have words that begin so; searched by the word that the fewest rows have."""
        count = "SELECT count(*) FROM (SELECT 1 FROM words WHERE word >= ? AND word < ? LIMIT 5000)"
        ranges = {word: (word, word + _LAST) for word in words}
        rarest = min(ranges, key=lambda word: self.ask(count, *ranges[word])[0][0])
        others = [word for word in ranges if word != rarest]
        where = "".join(" AND instr(' ' || folded, ' ' || ?) > 0" for _ in others)
        rest = f"JOIN words USING (row) WHERE word >= ? AND word < ?{where} LIMIT {2 * limit}"
        return list(dict.fromkeys(self._rows(rest, *ranges[rarest], *others)))[:limit]

    def _rows(self, rest: str, *values: str) -> list[IndexRow]:
        return [IndexRow(*row) for row in self.ask(f"SELECT id, name, line, start, size FROM rows {rest}", *values)]

    def ask(self, query: str, *values: Any) -> list[Any]:
        """The rows of a query. An index that turns out to be broken is made again."""
        try:
            return self.connection.execute(query, values).fetchall()
        except UnicodeEncodeError:
            return []  # half a surrogate pair is no text, and nobody's name
        except (sqlite3.DatabaseError, TypeError):
            self.discard()
            return self.connection.execute(query, values).fetchall()

    # --- making it ----------------------------------------------------------------------------------------------------

    def _connect(self) -> sqlite3.Connection:
        try:
            with open_file(self.path) as file:
                self._path = self._index_path(self.format.begin(file))
                connection = open_index(self._path, file, lambda connection: self._fill(connection, file))
        except FileNotFoundError:
            connection = _in_memory("no such file")
        except (OSError, ValueError) as bad:
            connection = _in_memory(getattr(bad, "strerror", None) or str(bad))
        self.format.header = _header(connection)
        return connection

    def _index_path(self, found: tuple[object, ...]) -> Path | None:
        parts = (str(self.path.absolute()), self.id_column, self.name_column, tuple(self.finds), found)
        return None if self.cache is None else index_path(self.cache, parts)

    def _fill(self, connection: sqlite3.Connection, file: BinaryIO) -> None:
        """Read the whole file once."""
        faults: list[tuple[int, str]] = []
        try:
            _insert_rows(connection, self._read_rows(file, faults), is_stored=self.format.is_stored)
            if place_in(self.format.header, self.id_column) is None:
                faults.append(self.format.no_id(self.id_column))
        except (OSError, ValueError) as bad:
            faults.append((0, f"The file can't be read: {getattr(bad, 'strerror', None) or bad}."))
        columns = [(place, name if is_text(name) else "") for place, name in enumerate(self.format.header)]
        connection.executemany("INSERT INTO columns VALUES (?, ?)", columns)
        connection.executemany("INSERT INTO faults VALUES (?, ?)", faults)

    def _read_rows(self, file: BinaryIO, faults: list[tuple[int, str]]) -> Iterator[_Indexed]:
        places, width = _Places(None, None, ()), 0
        for number, record in enumerate(self.format.read(file, faults), 1):
            if width != len(self.format.header):  # JSON Lines learn of columns as they go
                places, width = self._places(), len(self.format.header)
            if not any(record.cells):
                continue
            id_ = usable_id(cell(record.cells, places.id))
            if id_ is None:
                if places.id is not None:
                    row = f"Row {record.line or number}"
                    message = f"{row} was skipped: it has no usable id in column {quoted(self.id_column)}."
                    faults.append((record.line, message))
                continue
            name = usable_name(cell(record.cells, places.name))
            texts = [text for place in places.finds for text in split_cell(cell(record.cells, place)) if is_text(text)]
            yield _Indexed((id_, fold(id_), name, fold(name), *record[:3]), texts, record.cells)

    def _places(self) -> _Places:
        header = self.format.header
        finds = tuple(place for name in self.finds if (place := place_in(header, name)) is not None)
        return _Places(place_in(header, self.id_column), place_in(header, self.name_column), finds)


class _Places(NamedTuple):
    id: int | None
    name: int | None
    finds: tuple[int, ...]


class _Indexed(NamedTuple):
    row: tuple[Any, ...]
    texts: list[str]
    cells: Sequence[Cell]


def _in_memory(reason: str) -> sqlite3.Connection:
    def fill(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO faults VALUES (0, ?)", (f"The file can't be read: {reason}.",))

    return index_in_memory(fill)


def _header(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM columns ORDER BY place")]


def _insert_rows(connection: sqlite3.Connection, rows: Iterator[_Indexed], *, is_stored: bool) -> None:
    number = 0
    while batch := list(islice(rows, 5000)):
        numbered = list(enumerate(batch, number))
        table = [(place, *found.row) for place, found in numbered]
        if is_stored:
            table = [(*row[:6], row[0], 0) for row in table]
            cells = ((place, encode_cells(found.cells)) for place, found in numbered)
            connection.executemany("INSERT INTO cells VALUES (?, ?)", cells)
        connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?)", table)
        words = [(word, row[0]) for row in table for word in row[4].split()]
        connection.executemany("INSERT INTO words VALUES (?, ?)", words)
        finds = [(key, key[::-1], text, place) for place, found in numbered for text in found.texts
                 if (key := search_key(text))]  # fmt: skip
        connection.executemany("INSERT INTO finds VALUES (?, ?, ?, ?)", finds)
        number += len(batch)


def split_cell(found: Cell) -> list[str]:
    """The texts of a cell that may be a list."""
    parts = found if isinstance(found, tuple) else (found or "").split(";")
    return [part.strip() for part in parts if part.strip()]
