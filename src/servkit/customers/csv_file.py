"""Customers in a CSV file: an index of who stands where, and one row read when it is asked for.

The index is a SQLite file in the cache folder, keyed on what the file system says of the CSV, so that a file of a
million rows costs time once. A cell that does not fit is told by row and column, counts as unknown, and stops nothing.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import sqlite3
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.case import Customer
from servkit.book.problem import Problem, ValueProblem
from servkit.customers.cells import cell_value, columns_of
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from servkit.book.settings import Settings

#: Changes whenever the tables do.
LAYOUT = 1
MAX_LINE = 1 << 20
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE rows (id TEXT, folded_id TEXT, name TEXT, folded TEXT, line INTEGER, start INTEGER, size INTEGER);
CREATE TABLE faults (line INTEGER, message TEXT);
"""
_INDEXES = """
CREATE INDEX rows_by_id ON rows (id);
CREATE INDEX rows_by_folded_id ON rows (folded_id);
CREATE INDEX rows_by_folded ON rows (folded);
"""


class Row(NamedTuple):
    """Where a customer stands in the file: the line (from 1) and the bytes of the record."""

    id: str
    name: str | None
    line: int
    start: int
    size: int


class Listed(NamedTuple):
    """Somebody in the file, by name and place only."""

    id: str
    name: str | None
    path: str
    line: int


class CsvFile:
    """One file of customers, as ``customers:`` in servkit.yaml describes it."""

    def __init__(self, spec: Mapping[str, Any], path: Path, shown: str, settings: Settings) -> None:
        self.spec, self.path, self.shown, self.settings = spec, path, shown, settings
        self.encoding: str = spec.get("encoding") or "utf-8"
        self.problems: list[Problem] = []
        self._connection: sqlite3.Connection | None = None
        self.header: list[str] = []

    # --- the index --------------------------------------------------------------------------------------------

    @property
    def connection(self) -> sqlite3.Connection:
        """The index, made where it is missing or out of date."""
        if self._connection is None:
            self._connection = self._connect()
            self.header = [name for (name,) in self._connection.execute("SELECT value FROM meta WHERE name LIKE 'column%' ORDER BY name")]
            for line, message in self._connection.execute("SELECT line, message FROM faults LIMIT 100"):
                self.problems.append(Problem("SK510", self.shown, line, 1, message))
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        from servkit.store.cache import cache_folder, digest

        try:
            status = os.stat(self.path)  # noqa: PTH116 - the fields as they are
        except OSError as fault:
            return self._made_in_memory(f"cannot be read: {fault.strerror}")
        parts = (LAYOUT, self.path.resolve(), self.spec.get("id"), self.spec.get("name"), self.spec.get("delimiter"), self.encoding)
        key = f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
        target = cache_folder() / f"customers-{digest(repr(parts).encode('utf-8', 'surrogateescape'))}.sqlite"
        for _ in range(2):
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                connection = _open(str(target))
                if _key(connection) != key:
                    self._make(connection, key, racy=_racy(status))
            except (sqlite3.Error, OSError):
                with suppress(OSError):
                    target.unlink()
            else:
                return connection
        return self._made_in_memory("")

    def _made_in_memory(self, fault: str) -> sqlite3.Connection:
        connection = _open(":memory:")
        self._make(connection, "", racy=False, fault=fault)
        return connection

    def _make(self, connection: sqlite3.Connection, key: str, *, racy: bool, fault: str = "") -> None:
        """Read the whole file once. A file that changed this very moment is read again next time."""
        connection.execute("BEGIN IMMEDIATE")
        for table in ("meta", "rows", "faults"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        if fault:
            connection.execute("INSERT INTO faults VALUES (0, ?)", (fault,))
        else:
            self._fill(connection)
        for statement in _INDEXES.split(";"):
            connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES ('key', ?)", ("" if racy else key,))
        connection.execute("COMMIT")

    def _fill(self, connection: sqlite3.Connection) -> None:
        faults: list[tuple[int, str]] = []
        try:
            records = _Records(self.path, self.encoding, self.spec.get("delimiter") or ",", faults)
            _, _, _, header = next(iter(records), (1, 0, 0, []))
            connection.executemany("INSERT INTO meta VALUES (?, ?)", [(f"column {place:05}", name) for place, name in enumerate(header)])
            wanted = self.spec.get("id") or "id"
            if wanted not in header:
                faults.append((1, f"there is no column {wanted!r}; say which column holds the id"))
            else:
                rows = self._rows(records, header.index(wanted), header, faults)
                while batch := list(islice(rows, 5000)):
                    connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)", batch)
        except (OSError, LookupError, ValueError) as bad:
            faults.append((0, f"cannot be read: {getattr(bad, 'strerror', None) or bad}"))
        connection.executemany("INSERT INTO faults VALUES (?, ?)", faults[:1000])

    def _rows(self, records: _Records, at: int, header: list[str], faults: list[tuple[int, str]]) -> Iterator[tuple[Any, ...]]:
        named = self.spec.get("name") or "name"
        name_at = header.index(named) if named in header else -1
        for line, start, size, cells in records:
            if not any(cells):
                continue
            id_ = cells[at].strip() if at < len(cells) else ""
            if not id_ or not id_.isprintable() or not _is_text(id_):
                faults.append((line, f"row {line} has no usable id in column {header[at]!r}; it is passed over"))
                continue
            name = cells[name_at].strip() if 0 <= name_at < len(cells) else ""
            name = name if _is_text(name) else ""
            yield id_, fold(id_), name, fold(name), line, start, size

    # --- asking -----------------------------------------------------------------------------------------------

    def exact(self, id_: str) -> Customer | None:
        """The customer with this id; the first, and told, where the file holds several."""
        found = self._select("WHERE id = ? ORDER BY line LIMIT 2", id_)
        if len(found) > 1:
            message = f"the id {id_!r} stands here again (first in row {found[0].line}); the first is used"
            return self._customer(found[0], Problem("SK203", self.shown, found[1].line, 1, message))
        return self._customer(found[0]) if found else None

    def search(self, folded: str, most: int = 200) -> list[Row]:
        """Rows whose id is, or whose name holds, every word of a folded text."""
        same = self._select("WHERE folded_id = ? ORDER BY line LIMIT 2", folded)
        if same:
            return same
        words = folded.split()
        where = " AND ".join(["instr(folded, ?) > 0"] * len(words))
        return self._select(f"WHERE {where} ORDER BY line LIMIT {most}", *words) if words else []

    def starting(self, prefix: str, most: int = 50) -> list[str]:
        """Ids that begin with a text."""
        query = "SELECT id FROM rows WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        return [id_ for (id_,) in self.connection.execute(query, (prefix, prefix + "\U0010ffff", most))]

    def all(self) -> Iterator[Customer]:
        """Every customer, in the order of the file."""
        for row in self.connection.execute("SELECT id, name, line, start, size FROM rows ORDER BY line"):
            yield self._customer(Row(*row))

    def everybody(self) -> Iterator[Listed]:
        """Ids and names of all, in the order of the file; nobody's row is read for it."""
        for id_, name, line in self.connection.execute("SELECT id, name, line FROM rows ORDER BY line"):
            yield Listed(id_, name or None, self.shown, line)

    def customer(self, row: Row) -> Customer:
        """The customer of a row."""
        return self._customer(row)

    def _select(self, rest: str, *values: str) -> list[Row]:
        query = f"SELECT id, name, line, start, size FROM rows {rest}"  # noqa: S608 - own text
        return [Row(*row) for row in self.connection.execute(query, values)]

    def _customer(self, row: Row, *told: Problem) -> Customer:
        cells = self._cells(row)
        attributes, problems = {}, list(told)
        for name, column in columns_of(self.spec, self.header, self.settings).items():
            if column.name not in self.header:
                message = f"there is no column {column.name!r}; {name} counts as unknown"
                problems.append(Problem("SK511", self.shown, 1, 1, message))
                continue
            at = self.header.index(column.name)
            text = cells[at] if at < len(cells) else ""
            try:
                value = cell_value(text, column, self.settings.names[name], self.settings)
            except ValueProblem as bad:
                message = f"row {row.line}, column {column.name!r}: {bad}; {name} counts as unknown"
                problems.append(Problem("SK512", self.shown, row.line, self._column(row, at), message))
                continue
            if value is not None:
                attributes[name] = value
        return Customer(row.id, row.name or None, attributes, self.shown, row.line, None, tuple(problems))

    def _bytes(self, row: Row) -> str:
        with self.path.open("rb") as file:
            file.seek(row.start)
            return file.read(row.size).decode(self.encoding, "surrogateescape")

    def _cells(self, row: Row) -> list[str]:
        text = self._bytes(row)
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=self.spec.get("delimiter") or ","), [])

    def _column(self, row: Row, at: int) -> int:
        """Where a cell begins in its line, from 1."""
        text, delimiter, quoted, cell = self._bytes(row), self.spec.get("delimiter") or ",", False, 0
        for place, char in enumerate(text):
            if cell == at:
                return place + 1 - text.rfind("\n", 0, place) - 1
            if char == '"':
                quoted = not quoted
            elif char == delimiter and not quoted:
                cell += 1
        return 1


class _Records:
    """The records of a file with their lines and bytes, read in one pass and bounded memory."""

    def __init__(self, path: Path, encoding: str, delimiter: str, faults: list[tuple[int, str]]) -> None:
        if "\n".encode(encoding) != b"\n":
            raise ValueError(f"the encoding {encoding} is not supported; save the file as UTF-8")
        if len(delimiter) != 1:
            raise ValueError(f"the delimiter {delimiter!r} is not one character")
        self.path, self.encoding, self.delimiter, self.faults = path, codecs.lookup(encoding).name, delimiter, faults
        self.line = self.offset = 0
        self._iterator = self._read()

    def __iter__(self) -> Iterator[tuple[int, int, int, list[str]]]:
        return self._iterator

    def _lines(self) -> Iterator[str]:
        with self.path.open("rb") as file:
            while raw := file.readline(MAX_LINE):
                self.line += 1
                start, self.offset = self.offset, self.offset + len(raw)
                if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
                    self.faults.append((self.line, f"row {self.line} is longer than {MAX_LINE:,} bytes; it is passed over"))
                    while (more := file.readline(MAX_LINE)) and not more.endswith(b"\n"):
                        self.offset += len(more)
                    self.offset += len(more)
                    continue
                if start == 0:
                    raw = raw.removeprefix(codecs.BOM_UTF8)  # noqa: PLW2901
                yield raw.decode(self.encoding, "surrogateescape").replace("\0", "\ufffd")

    def _read(self) -> Iterator[tuple[int, int, int, list[str]]]:
        reader = csv.reader(self._lines(), delimiter=self.delimiter)
        while True:
            line, start = self.line + 1, self.offset
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as bad:
                self.faults.append((line, f"row {line} cannot be read: {bad}; it is passed over"))
                continue
            yield line, start, self.offset - start, cells


def _open(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=3.0, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    return connection


def _key(connection: sqlite3.Connection) -> str | None:
    try:
        row = connection.execute("SELECT value FROM meta WHERE name = 'key'").fetchone()
    except sqlite3.OperationalError as fault:
        if "no such table" in str(fault):
            return None
        raise
    return row[0] if row else None


def _racy(status: os.stat_result) -> bool:
    import time

    from servkit.store.cache import RACY_NS

    return max(status.st_mtime_ns, status.st_ctime_ns) > time.time_ns() - RACY_NS


def _is_text(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)
