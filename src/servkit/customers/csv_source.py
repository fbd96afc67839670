"""Customers in a CSV file: an index of who stands where, and one row read when it is asked for.

A file of a million rows costs time once. A cell that does not fit is told by row and column, counts as unknown, and
stops nothing.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from servkit.answer.case import Customer
from servkit.book.problems import Problem
from servkit.customers.cell_parser import columns_of
from servkit.customers.csv_index import discard, in_memory, index_path, open_index
from servkit.customers.csv_records import Dialect, Records, dialect
from servkit.customers.row_parser import Layout, MovedError, Row, cell, is_text
from servkit.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from servkit.book.settings import Settings
    from servkit.customers.csv_records import Record

#: As many faults of one file as a person will read; the rest is a number.
MOST_FAULTS = 20
#: Words that a mistyped one is compared with.
MOST_WORDS = 2000


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
        self.problems: list[Problem] = []
        self.header: list[str] = []
        self._id, self._name = spec.get("id") or "id", spec.get("name") or "name"
        self._connection: sqlite3.Connection | None = None
        self._style = Dialect("utf-8", ",")

    # --- the index --------------------------------------------------------------------------------------------

    @property
    def connection(self) -> sqlite3.Connection:
        """The index, made where it is missing or out of date."""
        if self._connection is None:
            self._connection = self._connect()
            names = self._connection.execute("SELECT value FROM meta WHERE name LIKE 'column %' ORDER BY name")
            self.header = [name for (name,) in names]
            columns = columns_of(self.spec, self.header, self.settings)
            self._layout = Layout(
                self.path, self.shown, self._style, self._id, self._name, self.header, columns, self.settings
            )
            self.problems = self._faults(self._connection)
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        reason = "no such file" if not self.path.exists() else "not a regular file"
        try:
            self._style = dialect(self.spec.get("encoding"), self.spec.get("delimiter"))
            if self.path.is_file():
                with self.path.open("rb") as file:
                    return open_index(self._index_path(), file, lambda made: self._fill(made, file))
        except (OSError, ValueError) as bad:
            reason = getattr(bad, "strerror", None) or str(bad)
        return in_memory(lambda made: _note(made, [(0, f"cannot be read: {reason}")]))

    def _index_path(self) -> Path:
        return index_path((str(self.path.resolve()), self._id, self._name, *self._style))

    def close(self) -> None:
        """Let go of the index."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _fill(self, connection: sqlite3.Connection, file: BinaryIO) -> None:
        """Read the whole file once."""
        faults: list[tuple[int, str]] = []
        try:
            records = iter(Records(file, self._style, faults))
            first = next((record for record in records if any(cell.strip() for cell in record.cells)), None)
            header = [cell.strip() for cell in first.cells] if first else []
            columns = [(f"column {place:05}", name if is_text(name) else "") for place, name in enumerate(header)]
            connection.executemany("INSERT INTO meta VALUES (?, ?)", columns)
            if first is None or self._id not in header:
                faults.append(_no_id(self._id, header, first))
            else:
                self._insert(connection, self._rows(records, header, faults))
        except OSError as bad:
            faults.append((0, f"cannot be read: {bad.strerror or bad}"))
        _note(connection, faults)

    def _insert(self, connection: sqlite3.Connection, rows: Iterator[tuple[Any, ...]]) -> None:
        number = 0
        while batch := list(islice(rows, 5000)):
            numbered = [(number + place, *row) for place, row in enumerate(batch)]
            connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?)", numbered)
            words = [(word, row[0]) for row in numbered for word in row[4].split()]
            connection.executemany("INSERT INTO words VALUES (?, ?)", words)
            number += len(batch)

    def _rows(
        self, records: Iterator[Record], header: list[str], faults: list[tuple[int, str]]
    ) -> Iterator[tuple[Any, ...]]:
        id_at, name_at = header.index(self._id), header.index(self._name) if self._name in header else -1
        for record in records:
            if not any(record.cells):
                continue
            id_ = cell(record.cells, id_at)
            if not id_ or not id_.isprintable():
                message = f"row {record.line} has no usable id in column {self._id!r}; it is passed over"
                faults.append((record.line, message))
                continue
            name = cell(record.cells, name_at)
            name = name if is_text(name) else ""
            yield id_, fold(id_), name, fold(name), record.line, record.start, record.size

    def _faults(self, connection: sqlite3.Connection) -> list[Problem]:
        found = connection.execute("SELECT line, message FROM faults ORDER BY line, rowid LIMIT ?", (MOST_FAULTS,))
        out = [Problem("SK510", self.shown, line, 1 if line else 0, message) for line, message in found]
        (more,) = connection.execute("SELECT count(*) FROM faults").fetchone()
        if more > len(out):
            out.append(Problem("SK510", self.shown, 0, 0, f"{more - len(out):,} more rows cannot be used as they are"))
        twice = sorted({name for name in self._wanted() if self.header.count(name) > 1})
        return out + [
            Problem("SK510", self.shown, 1, 1, f"the column {name!r} is here twice; the first is used")
            for name in twice
        ]

    def _wanted(self) -> list[str]:
        return [self._id, self._name, *(column.name for column in self._layout.columns.values())]

    # --- asking -----------------------------------------------------------------------------------------------

    def exact(self, id_: str) -> Customer | None:
        """The customer with this id; the first, and told, where the file holds several."""
        found = self._select("WHERE id = ? ORDER BY line LIMIT 2", id_)
        told = []
        if len(found) > 1:
            message = f"the id {id_!r} stands here again (first in row {found[0].line}); the first is used"
            told.append(Problem("SK203", self.shown, found[1].line, 1, message))
        return self.customer(found[0], *told) if found else None

    def search(self, folded: str, most: int = 200) -> list[Row]:
        """The rows that a folded text means: by id, by whole name, by the beginnings of words, or else by parts of the
        name. The first of these that finds any decides."""
        words = folded.split()
        if not words:
            return []
        return (
            self._select("WHERE folded_id = ? ORDER BY line LIMIT 2", folded)
            or self._select(f"WHERE folded = ? ORDER BY line LIMIT {most}", " ".join(folded.split()))
            or self._beginning(words, most)
            or self._select(f"WHERE {' AND '.join(['instr(folded, ?) > 0'] * len(words))} LIMIT {most}", *words)
        )

    def _beginning(self, words: list[str], most: int) -> list[Row]:
        """The rows in whose names words begin so; looked for by the word that the fewest have."""
        count = "SELECT count(*) FROM (SELECT 1 FROM words WHERE word >= ? AND word < ? LIMIT 5000)"
        ranges = {word: (word, word + "\U0010ffff") for word in words}
        rarest = min(ranges, key=lambda word: self._ask(count, *ranges[word])[0][0])
        others = [word for word in ranges if word != rarest]
        where = "".join(" AND instr(' ' || folded, ' ' || ?) > 0" for _ in others)
        rest = f"JOIN words USING (row) WHERE word >= ? AND word < ?{where} LIMIT {2 * most}"
        return list(dict.fromkeys(self._select(rest, *ranges[rarest], *others)))[:most]

    def near(self, folded: str) -> Iterator[str]:
        """Names and ids that are like a mistyped one."""
        from itertools import product

        for length in range(len(folded), 0, -1):
            if ids := self._ids("folded_id", folded[:length], 20):
                yield from ids
                break
        choices = [found for word in folded.split()[:4] if (found := self._near_words(word))]
        for words in product(*choices) if choices else ():
            yield from (row.name or row.id for row in self.search(" ".join(words), 5))

    def _near_words(self, word: str) -> list[str]:
        """Words of names that are like a mistyped one; that word itself where there is one that begins so."""
        from rapidfuzz import process

        if self._next_word(word, word, equal=True):
            return [word]
        for beginning in (word[:2], word[:1]):
            known: list[str] = []
            last = self._next_word(beginning, beginning, equal=True)
            while last and len(known) < MOST_WORDS:
                known.append(last)
                last = self._next_word(last, beginning)
            if found := process.extract(word, known, limit=3, score_cutoff=65):
                return [near for near, *_ in found]
        return []

    def _next_word(self, last: str, beginning: str, *, equal: bool = False) -> str | None:
        """The next word in order: a word that stands in a million rows is passed in one step."""
        query = f"SELECT word FROM words WHERE word {'>=' if equal else '>'} ? AND word < ? ORDER BY word LIMIT 1"  # noqa: S608
        found = self._ask(query, last, beginning + "\U0010ffff")
        return found[0][0] if found else None

    def starting(self, prefix: str, most: int = 50) -> list[str]:
        """Ids that begin with a text."""
        return self._ids("id", prefix, most)

    def _ids(self, column: str, prefix: str, most: int) -> list[str]:
        query = f"SELECT id FROM rows WHERE {column} >= ? AND {column} < ? ORDER BY {column} LIMIT ?"  # noqa: S608 - own text
        return [id_ for (id_,) in self._ask(query, prefix, prefix + "\U0010ffff", most)]

    def all(self) -> Iterator[Customer]:
        """Every customer, in the order of the file."""
        return map(self.customer, self._everybody())

    def everybody(self) -> Iterator[Listed]:
        """Ids and names of all, in the order of the file; nobody's row is read for it."""
        return (Listed(row.id, row.name or None, self.shown, row.line) for row in self._everybody())

    def _everybody(self) -> Iterator[Row]:
        last = -1
        while rows := self._numbered(last):
            last = rows[-1][0]
            yield from (row for _, row in rows)

    def _numbered(self, last: int) -> list[tuple[int, Row]]:
        """The next rows after one, with their numbers."""
        query = "SELECT row, id, name, line, start, size FROM rows WHERE row > ? ORDER BY row LIMIT 1000"
        return [(number, Row(*row)) for number, *row in self._ask(query, last)]

    def _select(self, rest: str, *values: str) -> list[Row]:
        return [Row(*row) for row in self._ask(f"SELECT id, name, line, start, size FROM rows {rest}", *values)]  # noqa: S608

    def _ask(self, query: str, *values: Any) -> list[Any]:
        import sqlite3

        try:
            return self.connection.execute(query, values).fetchall()
        except UnicodeEncodeError:
            return []  # what is no text names nobody
        except (sqlite3.DatabaseError, TypeError):  # broken where nobody had read yet
            self._start_again()
            return self.connection.execute(query, values).fetchall()

    def _start_again(self) -> None:
        path = self._index_path()
        self.close()
        discard(path)

    # --- one customer -----------------------------------------------------------------------------------------

    def customer(self, row: Row, *told: Problem) -> Customer:
        """The customer of a row, read from the file."""
        try:
            return self._layout.customer(row, told)
        except MovedError:  # the file was written while we looked
            self._start_again()
            again = self._select("WHERE id = ? ORDER BY line LIMIT 1", row.id)
            if not again:
                return Customer(row.id, row.name or None, {}, self.shown, row.line, None, told)
            try:
                return self._layout.customer(again[0], told)
            except MovedError:
                return Customer(row.id, row.name or None, {}, self.shown, row.line, None, told)


def _note(connection: sqlite3.Connection, faults: list[tuple[int, str]]) -> None:
    connection.executemany("INSERT INTO faults VALUES (?, ?)", faults)


def _no_id(wanted: str, header: list[str], first: Record | None) -> tuple[int, str]:
    if first is None:
        return 0, "the file is empty; its first row names the columns"
    mark = next((mark for mark in ";\t|" if len(header) == 1 and mark in header[0]), None)
    if mark:
        shown = "tab" if mark == "\t" else f'"{mark}"'
        return (
            first.line,
            f"there is no column {wanted!r}; the cells look as if parted by {shown}: set `delimiter: {shown}`",
        )
    return first.line, f"there is no column {wanted!r}; say which column holds the id"
