"""Customers in PostgreSQL: ``{database: "${CRM_URL}", table: people}`` (``pip install 'servkit[postgres]'``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.customers.postgres_connection import connect, reason
from servkit.customers.sql_source import SourceError, SqlSource
from servkit.customers.unasked_source import UnaskedSource
from servkit.text import TYPED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from psycopg import Column, Connection

    from servkit.customers.surroundings import Surroundings

READS = ("${",)
_QUOTE = "'"
_DOUBLE = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}


def open_source(spec: Mapping[str, Any], around: Surroundings) -> SqlSource | UnaskedSource:
    """The table that an entry under ``customers:`` names."""
    address = str(spec["database"])
    shown = f"{address} {spec['table']}" if spec.get("table") else address
    if around.environment is None:
        return UnaskedSource(shown)
    return SqlSource(spec, around, _Postgres(address[2:-1], around.environment), shown)


class _Postgres:
    """A Database (:mod:`servkit.customers.sql_source`), which is only ever read."""

    parameter = "%s"

    def __init__(self, name: str, environment: Mapping[str, str]) -> None:
        self._name, self._environment = name, environment
        self._connection: Connection | None = None

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = connect(self._name, self._environment)
        return self._connection

    def rows(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        connection = self._connected()
        from psycopg import Error
        from psycopg.errors import DataError

        try:
            with connection.transaction():
                return connection.execute(query.encode(), values).fetchall()
        except (DataError, UnicodeEncodeError):
            return []  # a text that the type of the column cannot be: nobody has it
        except Error as fault:
            raise SourceError(reason(fault)) from None

    def stream(self, query: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        connection = self._connected()
        from psycopg import Error

        try:
            with connection.transaction(), connection.cursor("servkit_customers") as cursor:
                cursor.itersize = 5000
                yield from cursor.execute(query.encode(), values)
        except Error as fault:
            raise SourceError(reason(fault)) from None

    def columns(self, relation: str) -> list[str]:
        return [column.name for column in self._described(relation)]

    def types(self, relation: str) -> list[str]:
        return [column.type_display for column in self._described(relation)]

    def _described(self, relation: str) -> Sequence[Column]:
        connection = self._connected()
        from psycopg import Error

        try:
            with connection.transaction():
                cursor = connection.execute(f"SELECT * FROM {relation} LIMIT %s".encode(), (0,))
                return cursor.description or ()
        except Error as fault:
            raise SourceError(reason(fault)) from None

    def tables(self) -> list[str]:
        query = (
            "SELECT CASE WHEN table_schema = 'public' THEN table_name ELSE table_schema || '.' || table_name END"
            " FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
        )
        return [str(name) for (name,) in self.rows(query, ())]

    def text(self, column: str) -> str:
        return f"CAST({column} AS text)"

    def folded(self, column: str) -> str:
        text = self.text(column)
        plain = f"lower(regexp_replace(normalize({text}, NFKD), '[\u0300-\u036f]', '', 'g'))"
        for letter, typed in _DOUBLE.items():
            plain = f"replace({plain}, '{letter}', '{typed}')"
        letters, typed = TYPED  # with their capitals: lower() knows none but A to Z in a database of locale C
        plain = (
            f"translate({plain}, '{letters}{letters[:7].upper()}', '{(typed + typed[:7]).replace(_QUOTE, 2 * _QUOTE)}')"
        )
        return f"CASE WHEN {text} ~ '[^ -~]' THEN {plain} ELSE lower({text}) END"

    def contains(self, text: str) -> str:
        return f"strpos({text}, %s) > 0"

    def key(self, column: str) -> str:
        return f"regexp_replace({self.folded(column)}, '[^[:alnum:]]', '', 'g')"

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
