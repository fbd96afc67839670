"""Customers in a SQLite file: ``{database: "sqlite:crm.db", table: people}``."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any

from servkit.customers.search_key import search_key
from servkit.customers.sql_source import SourceError, SqlSource
from servkit.files import open_file
from servkit.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from servkit.customers.surroundings import Surroundings

READS = ("sqlite:",)
#: How long somebody at the desk waits for another program that writes.
_BUSY_SECONDS = 2.0
#: What people write within phone numbers. Anything else is left to Python.
_SIGNS = " -()+/._,&'"
#: What SQLite says, and what is said here.
_WORDS = (
    (re.compile(r'near "(.+)": syntax error\Z'), "The query can't be read at {}. Write it as `select … from …`."),
    (re.compile(r"no such column: (.+)\Z"), "There is no column {}. Correct the query."),
    (re.compile(r"no such table: (.+)\Z"), "There is no table {}. Correct the query."),
    (re.compile(r"no such function: (.+)\Z"), "SQLite has no function {}. Correct the query."),
    (re.compile(r"incomplete input\Z"), "The query isn't finished. Write it as `select … from …`."),
    (re.compile(r"unrecognized token: \"(.+)\"\Z"), "The query can't be read at {}. Is a quotation mark missing?"),
)


def open_source(spec: Mapping[str, Any], around: Surroundings) -> SqlSource:
    """The table that an entry under ``customers:`` names."""
    file = str(spec["database"]).removeprefix("sqlite:")
    return SqlSource(spec, around, _Sqlite(around.root / file), file)


class _Sqlite:
    """A Database (:mod:`servkit.customers.sql_source`), which is only ever read."""

    parameter = "?"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            open_file(self._path).close()
            uri = f"{self._path.absolute().as_uri()}?mode=ro"
            connection = sqlite3.connect(
                uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
            connection.create_function("servkit_fold", 1, lambda text: fold(str(text or "")), deterministic=True)
            connection.create_function("servkit_key", 1, lambda text: search_key(str(text or "")), deterministic=True)
            self._connection = connection
        return self._connection

    def _run(self, query: str, values: Sequence[object]) -> sqlite3.Cursor:
        try:
            return self._connected().execute(query, values)
        except FileNotFoundError:
            raise SourceError("The database can't be read: no such file.") from None
        except OSError as fault:
            raise SourceError(f"The database can't be read: {fault.strerror or fault}.") from None
        except (sqlite3.Error, sqlite3.Warning, ValueError) as fault:
            raise SourceError(_reason(fault)) from None

    def rows(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return list(self.stream(query, values))

    def stream(self, query: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        cursor = self._run(query, values)
        try:
            yield from cursor
        except (sqlite3.Error, ValueError) as fault:
            raise SourceError(_reason(fault)) from None

    def columns(self, relation: str) -> list[str]:
        cursor = self._run(f"SELECT * FROM {relation} LIMIT 0", ())
        return [str(column[0]) for column in cursor.description]

    def types(self, relation: str) -> list[str]:
        return []

    def tables(self) -> list[str]:
        query = (
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
        return [str(name) for (name,) in self.rows(query, ())]

    def text(self, column: str) -> str:
        return f"CAST({column} AS TEXT)"

    def folded(self, column: str) -> str:
        return f"CASE WHEN {column} GLOB '*[^ -~]*' THEN servkit_fold({column}) ELSE lower({column}) END"

    def contains(self, text: str) -> str:
        return f"instr({text}, ?) > 0"

    def key(self, column: str) -> str:
        plain = f"lower({column})"
        for sign in _SIGNS:
            plain = f"replace({plain}, '{sign.replace(chr(39), chr(39) * 2)}', '')"
        return f"CASE WHEN {column} GLOB '*[^ -~]*' THEN servkit_key({column}) ELSE {plain} END"

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _reason(fault: Exception) -> str:
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "The database is locked by another program. Try again in a moment."
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return "The database can't be read: it isn't an SQLite database, or it is damaged."
    words = str(fault).partition("\n")[0].rstrip(".")
    for pattern, message in _WORDS:
        if found := pattern.match(words):
            return message.format(*map(quoted, found.groups()))
    return f"The database can't be read: {words}."
