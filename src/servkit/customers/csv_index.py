"""The index of a customer file: ids, names and the place of every row, in a SQLite file in the cache folder.

A file of a million rows is read once. After that, somebody is looked up in the index, and one row of the file is read.
"""

from __future__ import annotations

import sqlite3
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from servkit.cache.sqlite_file import discard
from servkit.customers.cells import is_text, place_in
from servkit.customers.csv_records import Dialect, Records, read_dialect
from servkit.customers.csv_rows import CsvRow, cell
from servkit.customers.customer_source import Closeness
from servkit.customers.index_file import index_in_memory, index_path, open_index
from servkit.customers.search_key import SHORTEST_BEGINNING, SHORTEST_END, search_key
from servkit.files import open_file
from servkit.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from servkit.customers.csv_records import CsvRecord

_LAST = "\U0010ffff"


class CsvIndex:
    """The rows of a file, by id, name, and the columns to find by. ``spec`` is the entry under ``customers:``."""

    def __init__(self, spec: Mapping[str, Any], path: Path, finds: Sequence[str], cache: Path | None) -> None:
        self.spec, self.path, self.finds, self.cache = spec, path, finds, cache
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

    def search(self, folded: str, limit: int = 200) -> tuple[list[CsvRow], Closeness]:
        """The rows that a folded text means, and how closely. The first of these that finds any row decides."""
        words, key = folded.split(), search_key(folded)
        if not words:
            return [], Closeness.PART
        for closeness in Closeness:
            rows = list(dict.fromkeys(self._search(closeness, folded, words, key, limit)))
            if rows:
                return rows[:limit], closeness
        return [], Closeness.PART

    def _search(self, closeness: Closeness, folded: str, words: list[str], key: str, limit: int) -> Iterator[CsvRow]:
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
        query = f"SELECT id FROM rows WHERE {column} >= ? AND {column} < ? ORDER BY {column} LIMIT ?"  # noqa: S608 - own text
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
            with open_file(self.path) as file:
                self.dialect = self._dialect(file)
                return open_index(self._index_path(), file, lambda connection: self._fill(connection, file))
        except FileNotFoundError:
            reason = "no such file"
        except (OSError, ValueError) as bad:
            reason = getattr(bad, "strerror", None) or str(bad)
        fault = f"The file can't be read: {reason}."
        return index_in_memory(lambda connection: _insert_faults(connection, [(0, fault)]))

    def _dialect(self, file: BinaryIO) -> Dialect:
        delimiter = self.spec.get("delimiter") or ("tab" if self.path.suffix.lower() == ".tsv" else None)
        return read_dialect(self.spec.get("encoding"), delimiter, file.read(64))

    def _index_path(self) -> Path | None:
        parts = (str(self.path.absolute()), self.id_column, self.name_column, tuple(self.finds), *self.dialect)
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
            if first is None or place_in(header, self.id_column) is None:
                faults.append(_no_id_column(self.id_column, header, first))
            else:
                _insert_rows(connection, self._read_rows(records, header, faults))
        except OSError as bad:
            faults.append((0, f"The file can't be read: {bad.strerror or bad}."))
        _insert_faults(connection, faults)

    def _read_rows(
        self, records: Iterator[CsvRecord], header: list[str], faults: list[tuple[int, str]]
    ) -> Iterator[tuple[Any, ...]]:
        id_index, name_index = place_in(header, self.id_column), place_in(header, self.name_column)
        finds = [place for name in self.finds if (place := place_in(header, name)) is not None]
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
            texts = [text for place in finds for text in split_cell(cell(record.cells, place)) if is_text(text)]
            yield id_, fold(id_), name, fold(name), record.line, record.start, record.size, texts


def _insert_rows(connection: sqlite3.Connection, rows: Iterator[tuple[Any, ...]]) -> None:
    number = 0
    while batch := list(islice(rows, 5000)):
        numbered = [(number + place, *row[:-1]) for place, row in enumerate(batch)]
        connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?)", numbered)
        words = [(word, row[0]) for row in numbered for word in row[4].split()]
        connection.executemany("INSERT INTO words VALUES (?, ?)", words)
        finds = [(key, key[::-1], text, number + place) for place, row in enumerate(batch) for text in row[-1]
                 if (key := search_key(text))]  # fmt: skip
        connection.executemany("INSERT INTO finds VALUES (?, ?, ?, ?)", finds)
        number += len(batch)


def split_cell(text: str) -> list[str]:
    """The texts of a cell that may be a list."""
    return [part.strip() for part in text.split(";") if part.strip()]


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
