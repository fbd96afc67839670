"""Rows into a table of PostgreSQL: all of them or none, and never in the place of somebody else's table."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.problems import ServkitError
from servkit.customers.postgres_connection import connect, reason
from servkit.customers.sql_source import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from psycopg import Cursor

#: What servkit writes on its tables, so that it knows them again.
MARK = "Made by servkit assign. It may be replaced at any time."
_TARGET = re.compile(r"\$\{(?P<variable>[A-Za-z_][A-Za-z0-9_]*)\}#(?P<table>.+)\Z", re.DOTALL)


class Target(NamedTuple):
    """A table: the variable of the environment that holds the address of its database, and its name."""

    variable: str
    table: str

    @property
    def sql(self) -> str:
        """The name of the table, quoted; a schema may stand before it."""
        return ".".join(map(_name, self.table.split(".")))


def read_target(text: str) -> Target | None:
    """``${NAME}#table``; None for anything else, which is a file. Raises ServkitError for the address of a database:
    it may have a password in it, which everybody sees on a command line."""
    found = _TARGET.match(text)
    if found is None and ("://" in text or text.startswith("${")):
        raise ServkitError(
            "Write a table as '${NAME}#table'. NAME is the environment variable that holds the database's address."
        )
    return Target(found["variable"], found["table"]) if found else None


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def write_table(
    target: Target,
    environment: Mapping[str, str],
    columns: Sequence[tuple[str, bool]],
    rows: Iterable[Sequence[object]],
) -> int:
    """Write the rows, each behind its id; how many there were. ``columns`` are names, and whether each is a list.

    Raises ServkitError. Nothing of an interrupted run stays.
    """
    try:
        connection = connect(target.variable, environment, read_only=False)
    except SourceError as fault:
        raise ServkitError(str(fault)) from None
    import psycopg

    count = 0
    with closing(connection):
        try:
            with connection.transaction(), connection.cursor() as cursor:
                new_table(cursor, target, columns)
                with cursor.copy(f"COPY {target.sql} FROM STDIN".encode()) as copy:
                    for row in rows:
                        copy.write_row([list(cell) if isinstance(cell, tuple) else cell for cell in row])
                        count += 1
        except psycopg.Error as fault:
            raise ServkitError(reason(fault)) from None
    return count


def new_table(cursor: Cursor, target: Target, columns: Sequence[tuple[str, bool]]) -> None:
    """Make the table, in the place of one that servkit has made. Raises ServkitError for somebody else's."""
    query = "SELECT obj_description(to_regclass(%s)), to_regclass(%s) IS NOT NULL"
    comment, is_there = cursor.execute(query, (target.sql, target.sql)).fetchone() or (None, False)
    if is_there and comment != MARK:
        raise ServkitError(
            f"The table {target.table} is there already, and servkit did not make it. Choose another name."
        )
    cursor.execute(f"DROP TABLE IF EXISTS {target.sql}".encode())
    listed = ", ".join(f"{_name(name)} text{'[]' * is_list}" for name, is_list in columns)
    cursor.execute(f"CREATE TABLE {target.sql} (id text PRIMARY KEY, {listed})".encode())
    cursor.execute(f"COMMENT ON TABLE {target.sql} IS '{MARK}'".encode())
