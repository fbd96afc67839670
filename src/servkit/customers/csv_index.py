"""The index of a customer file: ids, names and the place of every row, in a SQLite file in the cache folder.

A file of a million rows is read once. After that, somebody is looked up in the index, and one row of the file is read.
"""

from __future__ import annotations

import sqlite3
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from servkit.cache.sqlite_file import discard
from servkit.customers.cells import is_text
from servkit.customers.csv_records import Dialect, Records, read_dialect
from servkit.customers.csv_rows import CsvRow, cell
from servkit.customers.index_file import index_in_memory, index_path, open_index
from servkit.files import open_file
from servkit.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from servkit.customers.csv_records import CsvRecord

_LAST = "\U0010ffff"


class CsvIndex:
    """The rows of a file, by id and name. ``spec`` is the entry under ``customers:``."""

    def __init__(self, spec: Mapping[str, Any], path: Path, cache: Path | None) -> None:
        self.spec, self.path, self.cache = spec, path, cache
        self.id_column: str = spec.get("id") or "id"
        self.name_column: str = spec.get("name") or "name"
        self.dialect = Dialect("utf-8", ",")
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
        discard(self._index_path())

    # --- questions ----------------------------------------------------------------------------------------------------

    def header(self) -> list[str]:
        """The headings of the columns."""
        return [name for (name,) in self.ask("SELECT value FROM meta WHERE name LIKE 'column %' ORDER BY name")]

    def faults(self, limit: int) -> tuple[list[tuple[int, str]], int]:
        """The first faults of the file as line (0 for the whole file) and message, and how many there are."""
        found = self.ask("SELECT line, message FROM faults ORDER BY line, rowid LIMIT ?", limit)
        return found, self.ask("SELECT count(*) FROM faults")[0][0]

    def by_id(self, id_: str) -> list[CsvRow]:
        """The first two rows with exactly this id."""
        return self._rows("WHERE id = ? ORDER BY line LIMIT 2", id_)

    def search(self, folded: str, limit: int = 200) -> list[CsvRow]:
        """The rows that a folded text means: by id, by whole name, by the beginnings of words, or by parts of the name.
        The first of these that finds any row decides."""
        words = folded.split()
        if not words:
            return []
        return (
            self._rows("WHERE folded_id = ? ORDER BY line LIMIT 2", folded)
            or self._rows(f"WHERE folded = ? ORDER BY line LIMIT {limit}", " ".join(words))
            or self._by_beginnings(words, limit)
            or self._rows(f"WHERE {' AND '.join(['instr(folded, ?) > 0'] * len(words))} LIMIT {limit}", *words)
        )

    def ids(self, column: str, prefix: str, limit: int) -> list[str]:
        """Ids of rows whose ``id`` or ``folded_id`` begins with a text, in order."""
        query = f"SELECT id FROM rows WHERE {column} >= ? AND {column} < ? ORDER BY {column} LIMIT ?"  # noqa: S608 - own text
        return [id_ for (id_,) in self.ask(query, prefix, prefix + _LAST, limit)]

    def words(self, beginning: str, limit: int) -> list[str]:
        """The words of names that begin with a text, in order. A word that is in a million rows costs one step."""
        out: list[str] = []
        query = "SELECT word FROM words WHERE word {} ? AND word < ? ORDER BY word LIMIT 1"
        found = self.ask(query.format(">="), beginning, beginning + _LAST)
        while found and len(out) < limit:
            out.append(found[0][0])
            found = self.ask(query.format(">"), out[-1], beginning + _LAST)
        return out

    def all(self) -> Iterator[CsvRow]:
        """Every row, in the order of the file."""
        query = "SELECT row, id, name, line, start, size FROM rows WHERE row > ? ORDER BY row LIMIT 1000"
        last = -1
        while rows := self.ask(query, last):
            last = rows[-1][0]
            yield from (CsvRow(*row) for _, *row in rows)

    def _by_beginnings(self, words: list[str], limit: int) -> list[CsvRow]:
        """The rows whose names have words that begin so; searched by the word that the fewest rows have."""
        count = "SELECT count(*) FROM (SELECT 1 FROM words WHERE word >= ? AND word < ? LIMIT 5000)"
        ranges = {word: (word, word + _LAST) for word in words}
        rarest = min(ranges, key=lambda word: self.ask(count, *ranges[word])[0][0])
        others = [word for word in ranges if word != rarest]
        where = "".join(" AND instr(' ' || folded, ' ' || ?) > 0" for _ in others)
        rest = f"JOIN words USING (row) WHERE word >= ? AND word < ?{where} LIMIT {2 * limit}"
        return list(dict.fromkeys(self._rows(rest, *ranges[rarest], *others)))[:limit]

    def _rows(self, rest: str, *values: str) -> list[CsvRow]:
        return [CsvRow(*row) for row in self.ask(f"SELECT id, name, line, start, size FROM rows {rest}", *values)]  # noqa: S608

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
            self.dialect = read_dialect(self.spec.get("encoding"), self.spec.get("delimiter"))
            with open_file(self.path) as file:
                return open_index(self._index_path(), file, lambda connection: self._fill(connection, file))
        except FileNotFoundError:
            reason = "no such file"
        except (OSError, ValueError) as bad:
            reason = getattr(bad, "strerror", None) or str(bad)
        return index_in_memory(
            lambda connection: _insert_faults(connection, [(0, f"The file can't be read: {reason}.")])
        )

    def _index_path(self) -> Path | None:
        parts = (str(self.path.absolute()), self.id_column, self.name_column, *self.dialect)
        return None if self.cache is None else index_path(self.cache, parts)

    def _fill(self, connection: sqlite3.Connection, file: BinaryIO) -> None:
        """Read the whole file once."""
        faults: list[tuple[int, str]] = []
        try:
            records = iter(Records(file, self.dialect, faults))
            first = next((record for record in records if any(text.strip() for text in record.cells)), None)
            header = [text.strip() for text in first.cells] if first else []
            columns = [(f"column {place:05}", name if is_text(name) else "") for place, name in enumerate(header)]
            connection.executemany("INSERT INTO meta VALUES (?, ?)", columns)
            if first is None or self.id_column not in header:
                faults.append(_no_id_column(self.id_column, header, first))
            else:
                _insert_rows(connection, self._read_rows(records, header, faults))
        except OSError as bad:
            faults.append((0, f"The file can't be read: {bad.strerror or bad}."))
        _insert_faults(connection, faults)

    def _read_rows(
        self, records: Iterator[CsvRecord], header: list[str], faults: list[tuple[int, str]]
    ) -> Iterator[tuple[Any, ...]]:
        id_index = header.index(self.id_column)
        name_index = header.index(self.name_column) if self.name_column in header else -1
        for record in records:
            if not any(record.cells):
                continue
            id_ = cell(record.cells, id_index)
            if not id_ or not id_.isprintable():
                message = f"Row {record.line} was skipped: it has no usable id in column {quoted(self.id_column)}."
                faults.append((record.line, message))
                continue
            name = cell(record.cells, name_index)
            name = name if is_text(name) else ""
            yield id_, fold(id_), name, fold(name), record.line, record.start, record.size


def _insert_rows(connection: sqlite3.Connection, rows: Iterator[tuple[Any, ...]]) -> None:
    number = 0
    while batch := list(islice(rows, 5000)):
        numbered = [(number + place, *row) for place, row in enumerate(batch)]
        connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?)", numbered)
        words = [(word, row[0]) for row in numbered for word in row[4].split()]
        connection.executemany("INSERT INTO words VALUES (?, ?)", words)
        number += len(batch)


def _insert_faults(connection: sqlite3.Connection, faults: list[tuple[int, str]]) -> None:
    connection.executemany("INSERT INTO faults VALUES (?, ?)", faults)


def _no_id_column(column: str, header: list[str], first: CsvRecord | None) -> tuple[int, str]:
    if first is None:
        return 0, "The file is empty. Its first row should name the columns."
    mark = next((mark for mark in ";\t|" if len(header) == 1 and mark in header[0]), None)
    if mark:
        shown = "tab" if mark == "\t" else f'"{mark}"'
        advice = f"The cells seem to be separated by {shown}. Write `delimiter: {shown}`."
    else:
        advice = "Write `id:` and the name of the column that holds the id."
    return first.line, f"There is no column {quoted(column)}. {advice}"
