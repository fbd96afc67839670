"""PostgreSQL: customers stay in the server, in tables that go with the connection. Different values of columns and
signatures leave it, but no row."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from servkit.book.problems import ServkitError
from servkit.bulk.engine import INTEGER, LONG, TEXT, Relation, joined_code
from servkit.bulk.postgres_table import new_table
from servkit.customers.cells import as_cell
from servkit.customers.postgres_connection import connect, reason
from servkit.customers.sql_source import SourceError, SqlSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from servkit.bulk.engine import Around, Rows
    from servkit.bulk.postgres_table import Target
    from servkit.customers.cells import Cell
    from servkit.customers.customer_source import CustomerSource

_CHUNK = 10_000
_KINDS = {
    "int2": "integer",
    "int4": "integer",
    "int8": "integer",
    "float8": "float",
    "numeric": "numeric",
    "date": "date",
    "timestamp": "timestamp",
    "text": "text",
    "varchar": "text",
}
#: Types whose values do not compare with each other.
_WITHOUT_EQUALITY = ("json", "xml", "point", "polygon", "line")


def open_engine(around: Around) -> Postgres:
    """The engine, in the database of the first source that is in PostgreSQL."""
    for source in around.sources:
        if (variable := _variable(source)) is not None:
            return Postgres(variable, around)
    raise ServkitError("--engine postgres needs a source in PostgreSQL, and the book names none")


def _variable(source: CustomerSource) -> str | None:
    address = str(source.spec.get("database")) if isinstance(source, SqlSource) else ""
    return address[2:-1] if address.startswith("${") else None


class _Dialect:
    """A Dialect (:mod:`servkit.bulk.engine`)."""

    types: Mapping[str, str] = {TEXT: "text", INTEGER: "integer", LONG: "bigint"}
    double = "double precision"
    numbered = "row_number() OVER ()"
    by_id = 'id COLLATE "C"'
    keeps_order = False

    def name(self, text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    def literal(self, text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    def kind(self, type_: str) -> str:
        return "other" if "[" in type_ else _KINDS.get(type_.partition("(")[0], "other")

    def readable(self, column: str, type_: str) -> str:
        return f"CAST({column} AS text)" if type_ in _WITHOUT_EQUALITY else column

    def matches(self, column: str, pattern: str) -> str:
        return f"{column} ~ {self.literal(f'^({pattern})$')}"

    def split(self, column: str) -> str:
        listed = f"(string_to_array({column}, chr(1)))[2:]"
        return f"CASE WHEN {column} = '' THEN CAST(ARRAY[] AS text[]) ELSE {listed} END"

    def out_of_order(self, table: str) -> str:
        raise NotImplementedError

    def repeated(self, table: str) -> str:
        return f"SELECT count(*) - count(DISTINCT id) FROM {table}"


class Postgres:
    """An Engine (:mod:`servkit.bulk.engine`). ``variable`` holds the address of the database."""

    def __init__(self, variable: str, around: Around) -> None:
        self.variable, self.dialect = variable, _Dialect()
        self.statements: list[str] = []
        self._loaded: set[str] = set()
        self._cursors = 0
        try:
            self._connection = connect(variable, around.environment, read_only=False)
        except SourceError as fault:
            raise ServkitError(str(fault)) from None
        self._run("SET statement_timeout = 0")

    def close(self) -> None:
        """Close the connection; its tables go with it."""
        self._connection.close()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        from psycopg import Error

        try:
            yield
        except Error as fault:
            raise ServkitError(reason(fault)) from None

    def _run(self, query: str) -> None:
        self.statements.append(query)
        with self._telling():
            self._connection.execute(query.encode())

    # --- customers ----------------------------------------------------------------------------------------------------

    def relation(self, source: CustomerSource) -> Relation | None:
        if not isinstance(source, SqlSource) or _variable(source) != self.variable:
            return None
        if not source.header or source.reader.id_place is None:
            return None  # it says itself what is wrong
        sql = f"(SELECT *, row_number() OVER () AS servkit_number FROM {source.relation()})"
        return Relation(source.reader, sql, "servkit_number", [*map(self.dialect.name, source.header)], source.types())

    def cell(self, raw: Any, type_: str) -> Cell:
        return as_cell(raw)

    # --- tables -------------------------------------------------------------------------------------------------------

    def code_of(self, table: str, expression: str) -> tuple[str, str]:
        return joined_code(table, expression)

    def create(self, table: str, query: str, order: str = "") -> None:
        self._run(f"CREATE TEMPORARY TABLE {table} AS {query}")
        self._run(f"ANALYZE {table}")

    def create_few(self, table: str, query: str, columns: Mapping[str, bool]) -> None:
        self.create(table, query)

    def load(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        if table not in self._loaded:
            listed = ", ".join(f"{column} {self.dialect.types[kind]}" for column, kind in columns.items())
            self._run(f"CREATE TEMPORARY TABLE {table} ({listed})")
            self._loaded.add(table)
        waiting = iter(rows)
        while chunk := list(islice(waiting, _CHUNK)):  # the rows may come from this connection
            with (
                self._telling(),
                self._connection.cursor() as cursor,
                cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy,
            ):
                for row in chunk:
                    copy.write_row(row)

    def drop(self, table: str) -> None:
        self._run(f"DROP TABLE {table}")

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        self.statements.append(query)
        self._cursors += 1
        with self._telling(), self._connection.cursor(f"servkit_{self._cursors}", withhold=True) as cursor:
            cursor.execute(query.encode())
            while batch := cursor.fetchmany(5000):
                yield from batch

    # --- rows out -----------------------------------------------------------------------------------------------------

    def write_table(self, target: Target, columns: Sequence[tuple[str, bool]], rows: Rows) -> int:
        """Write rows to a table of the same database; how many there are."""
        with self._telling(), self._connection.transaction(), self._connection.cursor() as cursor:
            new_table(cursor, target, columns)
            query = f"INSERT INTO {target.sql} {rows.query}"
            self.statements.append(query)
            cursor.execute(query.encode())
            return cursor.rowcount
