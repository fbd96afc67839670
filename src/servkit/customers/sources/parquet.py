"""Customers in a Parquet file, read by DuckDB (``pip install 'servkit[bulk]'``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.customers.cells import Typed, as_cell, near_heading, place_in, used_columns
from servkit.customers.duckdb_paths import one_file
from servkit.customers.file_format import FileRecord
from servkit.customers.file_source import FileSource
from servkit.customers.row_reader import usable_name
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator, Mapping
    from typing import BinaryIO

    from duckdb import DuckDBPyConnection

    from servkit.customers.cells import Cell
    from servkit.customers.surroundings import Surroundings

READS = (".parquet",)
#: A file as a table. Names of folders such as `plan=gold` are no columns.
_TABLE = "read_parquet(?, hive_partitioning = false)"
_CONFIG: dict[str, str | bool | int | float | list[str]] = {"threads": 2, "memory_limit": "512MB"}
#: What Python strips.
_SPACES = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
#: Read as text: Python has no days before 1 or after 9999.
_AS_TEXT = ("DATE", "TIMESTAMP", "TIME", "INTERVAL")


def open_source(spec: Mapping[str, Any], around: Surroundings) -> FileSource:
    """The file that an entry under ``customers:`` names."""
    return FileSource(spec, around, ParquetFormat(spec, around))


class ParquetFormat:
    """A FileFormat (:mod:`servkit.customers.file_format`). Its rows are kept in the index: finding one by itself would
    load DuckDB at every lookup."""

    is_stored = True
    learns_columns = False
    not_text = "It isn't text in UTF-8."

    def __init__(self, spec: Mapping[str, Any], around: Surroundings) -> None:
        self._spec, self._around = spec, around
        self._path = around.root / spec["file"]
        self.header: list[str] = []

    def begin(self, file: BinaryIO) -> tuple[object, ...]:
        if file.read(4) != b"PAR1":
            raise ValueError("it isn't a Parquet file")
        return ("parquet", str(self._spec.get("attributes")), tuple(self._around.settings.names))

    def read(
        self, file: BinaryIO, faults: list[tuple[int, str]], ids: Collection[str] | None = None
    ) -> Generator[FileRecord]:
        try:
            import duckdb
        except ImportError:
            raise ValueError("Parquet files need DuckDB. Install it with: pip install 'servkit[bulk]'") from None
        try:
            with duckdb.connect(config=_CONFIG) as connection, one_file(self._path) as path:
                yield from self._rows(connection, path, ids)
        except duckdb.Error:
            raise ValueError("it is a damaged Parquet file, or none") from None

    def _rows(self, connection: DuckDBPyConnection, path: str, ids: Collection[str] | None) -> Iterator[FileRecord]:
        described = connection.execute(f"DESCRIBE SELECT * FROM {_TABLE}", [path]).fetchall()
        self.header = [str(column[0]) for column in described]
        used = used_columns(self._spec, self.header, self._around.settings)
        columns = ", ".join(column_sql(_name(described[place][0]), str(described[place][1])) for place in used)
        if not columns:
            return
        query = f"SELECT {columns} FROM {_TABLE}"
        values: list[object] = [path]
        id_place = place_in(self.header, self._spec.get("id") or "id")
        if ids is not None and id_place is not None:
            query += f" WHERE {_is_among(_name(described[id_place][0]))}"
            values.append(list(ids))
        rows = connection.execute(query, values)
        while batch := rows.fetchmany(5000):
            for row in batch:
                cells: list[Cell] = [None] * len(self.header)
                for place, raw in zip(used, row, strict=True):
                    cells[place] = parquet_cell(raw, str(described[place][1]))
                yield FileRecord(0, 0, 0, cells)

    def names(self, ids: Collection[str]) -> dict[str, str]:
        """The names of some customers, by id; the first of each. Those that cannot be found are left out."""
        import duckdb

        try:
            with duckdb.connect(config=_CONFIG) as connection, one_file(self._path) as path:
                described = connection.execute(f"DESCRIBE SELECT * FROM {_TABLE}", [path]).fetchall()
                header = [str(column[0]) for column in described]
                id_, name = (place_in(header, self._spec.get(key) or key) for key in ("id", "name"))
                if id_ is None or name is None or not ids:
                    return {}
                key, told = (f"CAST({_name(header[place])} AS VARCHAR)" for place in (id_, name))
                among = _is_among(_name(header[id_]))
                query = f"SELECT trim({key}, '{_SPACES}'), {told} FROM {_TABLE} WHERE {among}"
                rows = connection.execute(query, [path, list(ids)]).fetchall()
        except duckdb.Error:
            return {}
        return {str(id_): usable_name(name) for id_, name in reversed(rows) if name is not None}

    def no_id(self, column: str) -> tuple[int, str]:
        advice = near_heading(column, self.header, "id") or "Write `id:` and the name of the column that holds the id."
        return 0, f"There is no column {quoted(column)}. {advice}"

    def cells(self, raw: bytes, start: int) -> tuple[list[Cell], list[tuple[int, int]]]:
        raise NotImplementedError


def parquet_cell(raw: object, type_: str) -> Cell:
    """What a column holds, read as :func:`column_sql` has it, as a cell."""
    return Typed(raw) if isinstance(raw, str) and _is_read_as_text(type_) else as_cell(raw)


def _is_read_as_text(type_: str) -> bool:
    return type_.startswith(_AS_TEXT) and "[" not in type_


def column_sql(column: str, type_: str) -> str:
    """The SQL of a column (a quoted name) as its values are read."""
    return f"CAST({column} AS VARCHAR)" if _is_read_as_text(type_) else column


def _is_among(column: str) -> str:
    """Whether the id in a column is one of those in a parameter."""
    return f"list_contains(?, trim(CAST({column} AS VARCHAR), '{_SPACES}'))"


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
