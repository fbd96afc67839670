"""DuckDB, which runs within servkit."""

from __future__ import annotations

import csv
import errno
import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from servkit.book.problems import ServkitError
from servkit.bulk.engine import INTEGER, LONG, TEXT, Relation, joined_code
from servkit.bulk.plain_csv import lines_relation
from servkit.bulk.plain_jsonl import json_cell, objects_relation
from servkit.bulk.plain_lines import one_column
from servkit.customers.cells import near_heading
from servkit.customers.duckdb_paths import one_file
from servkit.customers.file_source import FileSource
from servkit.customers.row_reader import row_reader
from servkit.customers.sources.csv import CsvFormat
from servkit.customers.sources.jsonl import JsonLinesFormat
from servkit.customers.sources.parquet import ParquetFormat, column_sql, parquet_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from servkit.bulk.engine import Around, Dialect, Rows
    from servkit.customers.cells import Cell
    from servkit.customers.customer_source import CustomerSource

#: Stands for nothing in files on the way: no text of a book or a customer is this.
_NULL = "\x02"
#: DuckDB reads many times as many bytes at once, as far as the file goes.
_LONGEST_LINE = 8_000_000
#: With more different texts, a column stays one of texts.
_MOST_NUMBERED = 10_000
#: With more values, a table of codes is joined.
_MOST_MAPPED = 1_000
#: Parts a line, so that a whole line is one column: no text of a line has it.
_NO_TEXT = "\x01"
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")


def open_engine(around: Around) -> DuckDb:
    """The engine."""
    return DuckDb(around)


class _Dialect:
    """A Dialect (:mod:`servkit.bulk.engine`)."""

    types: Mapping[str, str] = {TEXT: "VARCHAR", INTEGER: "INTEGER", LONG: "BIGINT"}
    double = "DOUBLE"
    numbered = "row_number() OVER ()"
    by_id = "id"
    keeps_order = True

    def name(self, text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    def literal(self, text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    def kind(self, type_: str) -> str:
        if type_ in _INTEGERS:
            return "integer"
        if type_.startswith("DECIMAL("):
            return "exact"
        kinds = {"DOUBLE": "float", "FLOAT": "float", "DATE": "date", "VARCHAR": "text"}
        return kinds.get(type_) or ("timestamp" if type_ in ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")
                                    else "other")  # fmt: skip

    def readable(self, column: str, type_: str) -> str:
        return column_sql(column, type_)

    def matches(self, column: str, pattern: str) -> str:
        return f"regexp_full_match({column}, {self.literal(pattern)})"

    def split(self, column: str) -> str:
        return f"CASE WHEN {column} = '' THEN [] ELSE str_split({column}, chr(1))[2:] END"

    def out_of_order(self, table: str) -> str:
        return f"SELECT count(*) FROM (SELECT id <= lag(id) OVER () AS is_early FROM {table}) WHERE is_early"

    def repeated(self, table: str) -> str:
        return f"SELECT count(*) FROM (SELECT id = lag(id) OVER () AS is_same FROM {table}) WHERE is_same"


#: How a disk says that no more fits on it.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def _telling_a_full_disk() -> Iterator[None]:
    """Raise OSError where DuckDB says that a disk is full."""
    import duckdb

    try:
        yield
    except duckdb.IOException as fault:
        full = next((number for number in _FULL if os.strerror(number) in str(fault)), None)
        if full is None:
            raise
        raise OSError(full, os.strerror(full)) from fault


class DuckDb:
    """A FileEngine (:mod:`servkit.bulk.engine`). Tables keep the order of their rows."""

    def __init__(self, around: Around) -> None:
        try:
            import duckdb
        except ImportError:
            raise ServkitError("This needs DuckDB. Install it with: pip install 'servkit[bulk]'") from None
        threads = max(1, min(8, os.cpu_count() or 1))
        self._connection: DuckDBPyConnection = duckdb.connect(
            config={"threads": threads, "memory_limit": "512MB", "temp_directory": str(around.folder)}
        )
        self._connection.execute("SET enable_progress_bar = false")
        self._connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")  # keeps rows in order
        self._settings, self._folder = around.settings, around.folder
        self._files = self._sources = 0
        self._open = ExitStack()
        self._loaded: set[str] = set()
        self.dialect: Dialect = _Dialect()
        self.statements: list[str] = []

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()
        self._open.close()

    def file(self, path: Path) -> str:
        """The SQL of the path of a file."""
        return self.dialect.literal(self._open.enter_context(one_file(path)))

    def run(self, query: str) -> DuckDBPyConnection:
        """Run a query. Raises OSError where a disk is full."""
        self.statements.append(query)
        with _telling_a_full_disk():
            return self._connection.execute(query)

    # --- customers ----------------------------------------------------------------------------------------------------

    def relation(self, source: CustomerSource) -> Relation | None:
        if isinstance(source, FileSource) and isinstance(source.format, CsvFormat):
            self._sources += 1
            return lines_relation(self, source, source.format, f"source_{self._sources}")
        if isinstance(source, FileSource) and isinstance(source.format, JsonLinesFormat):
            self._sources += 1
            return objects_relation(self, source, f"source_{self._sources}")
        if not (isinstance(source, FileSource) and isinstance(source.format, ParquetFormat)):
            return None
        import duckdb

        file = self.file(source.path)
        sql = f"read_parquet({file}, file_row_number = true, hive_partitioning = false)"
        try:
            described = self.run(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {sql}").fetchall()
        except duckdb.Error:
            reason = "no such file" if not os.path.exists(source.path) else "it isn't a Parquet file, or it is damaged"  # noqa: PTH110 - Path.exists raises for long names
            raise ServkitError(f"The file can't be read: {reason}.", path=source.shown) from None
        header = [str(column) for column, *_ in described]
        reader = row_reader(source.spec, source.shown, header, self._settings)
        if reader.id_place is None:
            advice = (
                near_heading(reader.id, header, "id") or "Write `id:` and the name of the column that holds the id."
            )
            raise ServkitError(f"There is no column `{reader.id}`. {advice}", path=source.shown)
        names = [*map(self.dialect.name, header)]
        return Relation(reader, sql, "file_row_number", names, [str(type_) for _, type_, *_ in described])

    def cell(self, raw: Any, type_: str) -> Cell:
        return json_cell(raw) if type_ == "JSON" else parquet_cell(raw, type_)

    # --- tables -------------------------------------------------------------------------------------------------------

    def code_of(self, table: str, expression: str) -> tuple[str, str]:
        """A map, where it is small: rows that are joined have to be sorted again."""
        (count,) = self.run(f"SELECT count(*) FROM {table}").fetchone() or (0,)
        if count > _MOST_MAPPED:
            return joined_code(table, expression)
        self.run(f"SET VARIABLE {table} = (SELECT map(list(raw), list(code)) FROM {table})")
        return f"getvariable('{table}')[{expression}]", ""

    def create(self, table: str, query: str, order: str = "") -> None:
        self.run(f"CREATE TABLE {table} AS {query}{f' ORDER BY {order}' if order else ''}")

    def load(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """By way of a file: nothing is as quick."""
        self._files += 1
        path = self._folder / f"{self._files}.csv"
        with path.open("w", newline="", encoding="utf-8", errors="replace") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([_NULL if cell is None else cell for cell in row] for row in rows)
        types = ", ".join(f"'{column}': '{self.dialect.types[kind]}'" for column, kind in columns.items())
        how = f"header = false, auto_detect = false, quote = '\"', escape = '\"', nullstr = '{_NULL}', new_line = '\\n'"
        path_sql = self.dialect.literal(str(path))
        read = f"read_csv({path_sql}, columns = {{{types}}}, {how}, max_line_size = {_LONGEST_LINE})"
        if table in self._loaded:
            self.run(f"INSERT INTO {table} SELECT * FROM {read}")
        else:
            self.create(table, f"SELECT * FROM {read}")
            self._loaded.add(table)
        path.unlink()

    def create_few(self, table: str, query: str, columns: Mapping[str, bool]) -> None:
        """Texts as numbers: rows are joined and written several times as quickly."""
        self.create(f"{table}_texts", query)
        texts = " UNION ".join(
            f"SELECT {f'unnest({column})' if is_list else column} AS text FROM {table}_texts"
            for column, is_list in columns.items()
        )
        different = f"SELECT DISTINCT text FROM ({texts}) WHERE text IS NOT NULL ORDER BY text"
        (count,) = self.run(f"SELECT count(*) FROM ({different})").fetchone() or (0,)
        casts = ""
        if 0 < count <= _MOST_NUMBERED:
            self.run(f"CREATE TYPE {table}_text AS ENUM ({different})")
            casts = ", ".join(
                f"CAST({column} AS {table}_text{'[]' * is_list}) AS {column}" for column, is_list in columns.items()
            )
        self.create(table, f"SELECT * {f'REPLACE ({casts})' if casts else ''} FROM {table}_texts")
        self.drop(f"{table}_texts")

    def drop(self, table: str) -> None:
        self.run(f"DROP TABLE {table}")

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        self.statements.append(query)
        with _telling_a_full_disk():
            found = self._connection.cursor().execute(query)
            while batch := found.fetchmany(5000):
                yield from batch

    # --- rows out -----------------------------------------------------------------------------------------------------

    def earlier(self, path: Path, format_: str) -> str:
        import duckdb

        file = self.file(path)
        table = (
            f"read_parquet({file}, hive_partitioning = false)"
            if format_ == "parquet"
            else one_column(file, longest=_LONGEST_LINE)
        )
        try:
            self.create("earlier", f"SELECT * FROM {table}")
        except duckdb.Error:
            raise ServkitError("This isn't a file that `servkit assign` wrote.", path=str(path)) from None
        return "earlier"

    def write(self, rows: Rows, path: Path, format_: str) -> int:
        query, how = rows.sorted, "FORMAT parquet"
        if format_ != "parquet":
            how = f"FORMAT csv, DELIMITER '{_NO_TEXT}', QUOTE '', ESCAPE '', HEADER {bool(rows.heading)}"
            query = f"SELECT line AS {self.dialect.name(rows.heading or 'line')} FROM ({query})"
        found = self.run(f"COPY ({query}) TO {self.dialect.literal(str(path))} ({how})").fetchone()
        return int(found[0]) if found else 0
