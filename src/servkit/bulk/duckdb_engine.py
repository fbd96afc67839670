"""Signatures in DuckDB, which runs within servkit."""

from __future__ import annotations

import csv
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problems import ServkitError
from servkit.bulk.duckdb_text import literal, name
from servkit.bulk.reading import CellCoder, decoded
from servkit.bulk.size_cases import SizeCase, size_case
from servkit.customers.cells import place_in
from servkit.customers.row_reader import row_reader, usable_id
from servkit.customers.sources.parquet import column_sql, parquet_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from servkit.book.settings import Settings
    from servkit.book.values import Value
    from servkit.bulk.codes import AttributeCodes
    from servkit.bulk.reading import Coded
    from servkit.bulk.unread import Unread
    from servkit.customers.customer_source import CustomerSource

#: Above this, codes are no longer put together in one number.
_MOST_SIGNATURES = 1 << 62
#: Stands for nothing in files on the way: no text of a book or a customer is this.
_NULL = "\x02"
_LONGEST_LINE = 100_000_000
_PLAIN_ID = "[!-~]([ -~]*[!-~])?"


class Signature(NamedTuple):
    """Customers who are alike: the key that the engine knows them by, how many they are, and their attributes."""

    key: int
    times: int
    coded: Sequence[Coded]
    attributes: dict[str, Value]


def connect(folder: Path) -> DuckDBPyConnection:
    """A database in memory that moves to a folder what does not fit. Raises ServkitError without DuckDB."""
    try:
        import duckdb
    except ImportError:
        raise ServkitError("This needs DuckDB. Install it with: pip install 'servkit[bulk]'") from None
    threads = max(1, min(8, os.cpu_count() or 1))
    connection = duckdb.connect(config={"threads": threads, "memory_limit": "512MB", "temp_directory": str(folder)})
    connection.execute("SET enable_progress_bar = false")
    return connection


class DuckDbEngine:
    """Knows every customer by the key of their signature. ``folder`` holds what is written on the way."""

    def __init__(self, settings: Settings, codes: Sequence[AttributeCodes], unread: Unread, folder: Path) -> None:
        self.connection = connect(folder)
        self.settings, self.codes, self.unread, self._folder = settings, codes, unread, folder
        #: Everything that was run.
        self.statements: list[str] = []
        self._tables: list[str] = []
        self._files = 0
        self.skipped_ids = 0

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()

    def sql(self, query: str, values: Sequence[object] = ()) -> DuckDBPyConnection:
        """Run a query."""
        self.statements.append(query)
        return self.connection.execute(query, values)

    # --- where customers come from ------------------------------------------------------------------------------------

    def add_source(self, source: CustomerSource) -> None:
        """Code the customers of a source, after those of the sources before it."""
        rows = enumerate(source.rows())
        coders = [CellCoder(source.reader, codes, self.unread) for codes in self.codes]
        columns = source.reader.columns
        places = [
            place_in(source.header, columns[codes.name].name) if codes.name in columns else None for codes in self.codes
        ]
        coded = (
            (row.id, number, *(coder.code(row.cells[place] if place is not None and place < len(row.cells) else None)
                               for coder, place in zip(coders, places, strict=True)))
            for number, row in rows
        )  # fmt: skip
        self.add_rows(coded)

    def add_people(self, people: Iterable[tuple[str, Mapping[str, Value]]]) -> None:
        """Code customers whose attributes are known, such as those with a document."""
        self.add_rows(
            (id_, number, *(self._code_of(codes, attributes.get(codes.name)) for codes in self.codes))
            for number, (id_, attributes) in enumerate(people)
        )

    def _code_of(self, codes: AttributeCodes, value: Value | None) -> Coded:
        if value is None:
            return None
        import json

        from servkit.book.values import encode

        return codes.code(value) if codes.is_cut else json.dumps(encode(value))

    def add_rows(self, rows: Iterator[tuple[Coded, ...]]) -> None:
        columns = {"id": "VARCHAR", "number": "BIGINT"} | dict(self._columns())
        self._tables.append(self.load(f"coded_{len(self._tables)}", columns, rows))

    def _columns(self) -> list[tuple[str, str]]:
        return [(f"c{place}", "INTEGER" if codes.is_cut else "VARCHAR") for place, codes in enumerate(self.codes)]

    def load(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> str:
        """A table of rows, by way of a file: nothing is as quick."""
        self._files += 1
        path = self._folder / f"{self._files}.csv"
        with path.open("w", newline="", encoding="utf-8", errors="replace") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([_NULL if cell is None else cell for cell in row] for row in rows)
        types = ", ".join(f"{literal(column)}: {literal(type_)}" for column, type_ in columns.items())
        how = f"header = false, auto_detect = false, quote = '\"', escape = '\"', nullstr = '{_NULL}', new_line = '\\n'"
        read = f"read_csv({literal(str(path))}, columns = {{{types}}}, {how}, max_line_size = {_LONGEST_LINE})"
        self.sql(f"CREATE TABLE {name(table)} AS SELECT * FROM {read}")
        path.unlink()
        return table

    def add_parquet(self, spec: Mapping[str, Any], path: Path, shown: str) -> None:
        """Code the customers of a Parquet file. Only different values of a column are looked at one by one."""
        import duckdb

        source = f"read_parquet({literal(str(path))}, file_row_number = true)"
        try:
            described = self.sql(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {source}").fetchall()
        except duckdb.Error:
            reason = "no such file" if not os.path.exists(path) else "it isn't a Parquet file, or it is damaged"  # noqa: PTH110 - Path.exists raises for long names
            raise ServkitError(f"The file can't be read: {reason}.", path=shown) from None
        types = {str(column): str(type_) for column, type_, *_ in described}
        header = list(types)
        reader = row_reader(spec, shown, header, self.settings)
        if reader.id_place is None:
            raise ServkitError(
                f"There is no column `{reader.id}`. Write `id:` and the name of the column that holds the id.",
                path=shown,
            )
        joins: list[str] = []
        id_ = self._id_sql(source, header[reader.id_place], types, joins)
        coded = []
        for codes in self.codes:
            column = reader.columns.get(codes.name)
            place = None if column is None else place_in(header, column.name)
            if column is None or place is None:
                coded.append("NULL")
                continue
            coder = CellCoder(reader, codes, self.unread)
            coded.append(self._code_sql(source, header[place], types[header[place]], coder, bool(column.words), joins))
        columns = ", ".join(
            f"CAST({sql} AS {type_}) AS {column}" for sql, (column, type_) in zip(coded, self._columns(), strict=True)
        )
        comma = ", " if columns else ""
        table = f"coded_{len(self._tables)}"
        query = f"SELECT {id_} AS id, src.file_row_number AS number{comma}{columns} FROM {source} AS src"
        query += f" {' '.join(joins)} WHERE {id_} IS NOT NULL"
        self.sql(f"CREATE TABLE {table} AS {query}")
        self.skipped_ids += self._count(source) - self._count(table)
        self._tables.append(table)

    def _id_sql(self, source: str, column: str, types: Mapping[str, str], joins: list[str]) -> str:
        """The id as text; what is not plain text goes through Python, once for every different one."""
        raw = f"src.{name(column)}"
        if types[column] in ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UBIGINT", "UINTEGER"):
            return f"CAST({raw} AS VARCHAR)"
        plain = f"regexp_full_match({raw}, {literal(_PLAIN_ID)})" if types[column] == "VARCHAR" else "false"
        table = self._different(
            source,
            column_sql(name(column), types[column]),
            f"NOT {plain.replace('src.', '')}",
            lambda raw, _: usable_id(parquet_cell(raw, types[column])),
            "VARCHAR",
        )
        if table is None:
            return raw if types[column] == "VARCHAR" else "NULL"
        joins.append(f"LEFT JOIN {table} ON {table}.raw = {column_sql(raw, types[column])}")
        return f"CASE WHEN {plain} THEN {raw if types[column] == 'VARCHAR' else 'NULL'} ELSE {table}.code END"

    def _code_sql(
        self, source: str, column: str, type_: str, coder: CellCoder, has_words: bool, joins: list[str]
    ) -> str:
        codes = coder.codes
        attribute = self.settings.names[codes.name]
        raw = f"src.{name(column)}"
        case = None
        if codes.is_cut and not has_words:
            case = size_case(raw, type_, attribute, codes, self.settings.currency)
        guard = f"NOT ({case.guard})".replace("src.", "") if case is not None else "true"
        target = "INTEGER" if codes.is_cut else "VARCHAR"
        expression = column_sql(name(column), type_)
        table = self._different(
            source, expression, guard, lambda raw, count: coder.code(parquet_cell(raw, type_), count), target
        )
        others = "NULL"
        if table is not None:
            joins.append(f"LEFT JOIN {table} ON {table}.raw = {column_sql(raw, type_)}")
            others = f"{table}.code"
        if case is None:
            return others
        if attribute.floor is not None:
            self._count_below(source, case, codes.name, str(attribute.floor))
        return f"CASE WHEN {raw} IS NULL THEN NULL WHEN {case.guard} THEN {case.code} ELSE {others} END"

    def _count_below(self, source: str, case: SizeCase, column: str, floor: str) -> None:
        query = f"SELECT count(*) FROM {source} AS src WHERE {case.guard} AND {case.code} = 0"
        (count,) = self.sql(query).fetchone() or (0,)
        if count:
            self.unread.add(column, "", f"They are less than {floor}, the least that `from` allows.", count)

    def _different(self, source: str, expression: str, guard: str, code: Any, target: str) -> str | None:
        """A table from the different values of a column to their codes; None where there are none."""
        table = f"different_{self._files}"
        self._files += 1
        query = (
            f"SELECT {expression} AS raw, count(*) AS times FROM {source} WHERE {guard} AND {expression} IS NOT NULL"
        )
        self.sql(f"CREATE TABLE {table}_raw AS {query} GROUP BY 1")
        if not self._count(f"{table}_raw"):
            self.sql(f"DROP TABLE {table}_raw")
            return None
        rows = self.connection.cursor().execute(f"SELECT rowid, raw, times FROM {table}_raw")
        coded = (
            (number, found)
            for batch in iter(lambda: rows.fetchmany(5000), [])
            for number, raw, times in batch
            if (found := code(raw, times)) is not None
        )
        self.load(f"{table}_code", {"number": "BIGINT", "code": target}, coded)
        self.sql(
            f"CREATE TABLE {table} AS SELECT raw, code FROM {table}_raw JOIN {table}_code ON {table}_raw.rowid = number"
        )
        self.sql(f"DROP TABLE {table}_raw")
        self.sql(f"DROP TABLE {table}_code")
        return table

    def _count(self, relation: str) -> int:
        found = self.sql(f"SELECT count(*) FROM {relation}").fetchone()
        return int(found[0]) if found else 0

    # --- signatures ---------------------------------------------------------------------------------------------------

    def find_signatures(self, without: Sequence[str]) -> int:
        """Put the sources together and find the signatures; how many there are. ``without`` are ids that are answered
        one by one."""
        if not self._tables:
            self.add_rows(iter(()))
        for table in self._tables:
            self._first_rows(table)
        merged = self._merged()
        self.load(
            "personal", {"id": "VARCHAR", "key": "BIGINT"}, ((id_, -1 - number) for number, id_ in enumerate(without))
        )
        if without:
            merged = f"SELECT * FROM ({merged}) WHERE id NOT IN (SELECT id FROM personal)"
        self._is_number = all(codes.is_cut for codes in self.codes) and _product(self.codes) < _MOST_SIGNATURES
        if self._is_number:
            self.sql(f"CREATE TABLE customers AS SELECT id, {self._key_sql()} AS key FROM ({merged})")
            self.sql("CREATE TABLE signatures AS SELECT key, count(*) AS times FROM customers GROUP BY key")
        else:
            names = ", ".join(column for column, _ in self._columns())
            self.sql(f"CREATE TABLE merged AS {merged}")
            found = f"SELECT row_number() OVER () AS key, count(*) AS times, {names} FROM merged GROUP BY ALL"
            self.sql(f"CREATE TABLE signatures AS {found}")
            pairs = (f"merged.{column} IS NOT DISTINCT FROM signatures.{column}" for column, _ in self._columns())
            same = " AND ".join(pairs)
            self.sql(f"CREATE TABLE customers AS SELECT id, key FROM merged JOIN signatures ON {same}")
            self.sql("DROP TABLE merged")
        if without:
            self.sql("INSERT INTO customers SELECT * FROM personal")
        for table in self._tables:
            self.sql(f"DROP TABLE {table}")
        return self._count("signatures")

    def _first_rows(self, table: str) -> None:
        """Keep the first row of every id."""
        found = self.sql(f"SELECT count(*) - count(DISTINCT id) FROM {table}").fetchone()
        if found and found[0]:
            query = f"SELECT * FROM {table} QUALIFY row_number() OVER (PARTITION BY id ORDER BY number) = 1"
            self.sql(f"CREATE TABLE first_rows AS {query}")
            self.sql(f"DROP TABLE {table}")
            self.sql(f"ALTER TABLE first_rows RENAME TO {table}")

    def _merged(self) -> str:
        """Every customer once: what an earlier source leaves unknown, a later one fills in."""
        columns = [column for column, _ in self._columns()]
        if len(self._tables) == 1:
            return f"SELECT {', '.join(['id', *columns])} FROM {self._tables[0]}"
        ids = " UNION ".join(f"SELECT id FROM {table}" for table in self._tables)
        filled = ["ids.id"]
        filled += [
            f"COALESCE({', '.join(f'{table}.{column}' for table in self._tables)}) AS {column}" for column in columns
        ]
        joins = " ".join(f"LEFT JOIN {table} ON {table}.id = ids.id" for table in self._tables)
        return f"SELECT {', '.join(filled)} FROM ({ids}) AS ids {joins}"

    def _key_sql(self) -> str:
        """All codes as one number, the first one the least significant."""
        out, factor = [], 1
        for (column, _), codes in zip(self._columns(), self.codes, strict=True):
            out.append(f"COALESCE({column}, 0)::BIGINT * {factor}")
            factor *= len(codes.examples)
        return " + ".join(out) or "0::BIGINT"

    def signatures(self) -> Iterator[Signature]:
        """Every signature, a few at a time."""
        rows = self.connection.cursor().execute("SELECT * FROM signatures ORDER BY key")
        while batch := rows.fetchmany(5000):
            for key, times, *coded in batch:
                found = self._split(key) if self._is_number else [code or 0 for code in coded]
                yield Signature(key, times, found, self._attributes(found))

    def _split(self, key: int) -> list[int]:
        out = []
        for codes in self.codes:
            key, code = divmod(key, len(codes.examples))
            out.append(code)
        return out

    def _attributes(self, coded: Sequence[Coded]) -> dict[str, Value]:
        out = {}
        for codes, code in zip(self.codes, coded, strict=True):
            value = decoded(code) if isinstance(code, str) else codes.examples[code] if code else None
            if value is not None:
                out[codes.name] = value
        return out


def _product(codes: Sequence[AttributeCodes]) -> int:
    out = 1
    for one in codes:
        out *= len(one.examples)
    return out
