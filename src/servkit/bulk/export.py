"""Rows on their way out of DuckDB: as a Parquet, CSV or JSON Lines file, all of them or those that have changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.bulk.assignment import cells, columns, csv_line, csv_text, json_tail
from servkit.bulk.destination import file_format
from servkit.bulk.duckdb_text import literal, name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from servkit.bulk.run import Assigning, Row

#: Parts a line, so that a whole line is one column: no text of a line has it.
_NO_TEXT = "\x01"


class Export:
    """The rows of an assignment in a table beside the customers. ``segment`` keeps those who are in it."""

    def __init__(self, assigning: Assigning, segment: str | None = None) -> None:
        self._assigning, self._engine = assigning, assigning.engine
        self._segment = segment
        self._refs, self._with_role = assigning.question.refs, assigning.question.with_role
        self._keys: list[int] = []

    def ids(self) -> Iterator[str]:
        """The ids of the customers in the segment, in order."""
        for row in self._assigning.rows():
            if self._segment in row.assignment.segments:
                self._keys.append(row.key)
        self._engine.load("keys", {"key": "BIGINT"}, ((key,) for key in self._keys))
        rows = self._engine.connection.cursor().execute(
            "SELECT id FROM customers SEMI JOIN keys USING (key) ORDER BY id"
        )
        while batch := rows.fetchmany(5000):
            yield from (id_ for (id_,) in batch)

    def fill(self, rows: Iterable[Row], format_: str) -> None:
        """Take the rows in, as one format needs them."""
        types = {"key": "BIGINT"}
        if format_ == "parquet":
            types |= {f"v{place}": "VARCHAR" for place in range(len(self._columns))}
        else:
            types |= {"line": "VARCHAR"}
        self._engine.load("answers", types, self._loaded(rows, format_))
        if format_ == "parquet":
            listed = ", ".join(
                f"{_as_list(f'v{place}') if is_list else f'v{place}'} AS v{place}"
                for place, (_, is_list) in enumerate(self._columns)
            )
            self._engine.sql(f"CREATE TABLE lists AS SELECT key, {listed} FROM answers")
            self._engine.sql("DROP TABLE answers")
            self._engine.sql("ALTER TABLE lists RENAME TO answers")

    @property
    def _columns(self) -> list[tuple[str, bool]]:
        return columns(self._refs, with_role=self._with_role)

    def _loaded(self, rows: Iterable[Row], format_: str) -> Iterator[tuple[object, ...]]:
        for row in rows:
            if self._segment is not None and self._segment not in row.assignment.segments:
                continue
            if format_ == "parquet":
                found = cells(row.assignment, with_role=self._with_role)
                yield (row.key, *(_list_text(cell) if isinstance(cell, tuple) else cell for cell in found))
            elif format_ == "csv":
                yield row.key, csv_line(row.assignment, with_role=self._with_role)
            else:
                yield row.key, json_tail(row.assignment, self._refs)

    def select(self, format_: str) -> str:
        """The query for all rows."""
        joined = "FROM customers JOIN answers USING (key)"
        if format_ == "parquet":
            listed = ", ".join(f"v{place} AS {name(column)}" for place, (column, _) in enumerate(self._columns))
            return f"SELECT id, {listed} {joined}"
        if format_ == "csv":
            quoted = """'"' || replace(id, '"', '""') || '"'"""
            quoted = f"CASE WHEN contains(id, ',') OR contains(id, '\"') THEN {quoted} ELSE id END"
            return f"SELECT id, {quoted} || ',' || line AS line {joined}"
        return f"""SELECT id, '{{"id":' || CAST(to_json(id) AS VARCHAR) || ',' || line AS line {joined}"""

    def write(self, path: Path, format_: str, since: Path | None) -> int:
        """Write the file; how many rows it has."""
        query = self.select(format_)
        if since is not None:
            query = self._changed(query, format_, since)
        if format_ == "parquet":
            copied = self._engine.sql(f"COPY ({query} ORDER BY id) TO {literal(str(path))} (FORMAT parquet)").fetchone()
            return int(copied[0]) if copied else 0
        header = f"HEADER false, FORMAT csv, DELIMITER '{_NO_TEXT}', QUOTE '', ESCAPE ''"
        lines = f"SELECT line FROM ({query}) ORDER BY id"
        if format_ == "csv":
            first = csv_text(["id", *(column for column, _ in self._columns)])
            header = header.replace("HEADER false", "HEADER true")
            lines = f"SELECT line AS {name(first)} FROM ({query}) ORDER BY id"
        copied = self._engine.sql(f"COPY ({lines}) TO {literal(str(path))} ({header})").fetchone()
        return int(copied[0]) if copied else 0

    def rows(self) -> Iterator[tuple[object, ...]]:
        """The cells of all rows, in the order of the ids, where the answers are cells."""
        rows = self._engine.connection.cursor().execute(f"{self.select('parquet')} ORDER BY id")
        while batch := rows.fetchmany(5000):
            yield from batch

    def lines(self) -> Iterator[str]:
        """The rows as JSON Lines, in the order of the ids."""
        rows = self._engine.connection.cursor().execute(f"SELECT line FROM ({self.select('jsonl')}) ORDER BY id")
        while batch := rows.fetchmany(5000):
            yield from (line for (line,) in batch)

    def _changed(self, query: str, format_: str, since: Path) -> str:
        """The rows that an earlier file does not have just so."""
        import duckdb

        if file_format(since) != format_:
            raise ServkitError("Compare with a file of the same format.", path=str(since))
        if not os.path.isfile(since):  # noqa: PTH113 - Path.is_file raises for long names
            raise ServkitError("There is no such file.", path=str(since))
        try:
            if format_ == "parquet":
                earlier = f"SELECT * FROM read_parquet({literal(str(since))})"
            else:
                how = f"header = false, auto_detect = false, delim = '{_NO_TEXT}', quote = '', escape = ''"
                columns_ = "columns = {'line': 'VARCHAR'}, max_line_size = 100000000"
                earlier = f"SELECT line FROM read_csv({literal(str(since))}, {how}, {columns_})"
            self._engine.sql(f"CREATE TABLE earlier AS {earlier}")
            different = f"SELECT id, line FROM ({query}) AS now ANTI JOIN earlier USING (line)"
            if format_ == "parquet":
                different = f"SELECT * FROM (({query}) EXCEPT SELECT * FROM earlier)"
            self._engine.sql(f"EXPLAIN {different}")
        except duckdb.Error:
            raise ServkitError("This isn't a file that `servkit assign` wrote.", path=str(since)) from None
        return different


def _list_text(items: tuple[str, ...]) -> str:
    """A list on its way through a file: every item with a mark before it, as an item may be empty."""
    return "".join(_NO_TEXT + item for item in items)


def _as_list(column: str) -> str:
    split = f"str_split({column}, chr(1))[2:]"
    return f"CASE WHEN {column} IS NULL OR {column} = '' THEN []::VARCHAR[] ELSE {split} END"
