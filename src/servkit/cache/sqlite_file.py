"""SQLite files in the cache folder: made where missing, made again where broken, otherwise in memory."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError

if TYPE_CHECKING:
    from collections.abc import Callable

BUSY_SECONDS = 3.0


def open_database(path: Path | None, renew: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    """A connection to a database that ``renew`` has brought up to date; in memory without a path.

    A broken file is deleted and made again. One that another process is writing is left alone. Passes on the
    ServkitErrors of ``renew``.
    """
    if path is not None:
        for _ in range(2):
            try:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                return _connected(str(path), renew)
            except ServkitError:
                raise
            except Exception as fault:  # noqa: BLE001 - whatever is wrong with the file, it can be made again
                if _is_busy(fault):
                    break
                discard(path)
    return _connected(":memory:", renew)


def discard(path: Path | None) -> None:
    """Delete a broken database."""
    for name in (path, f"{path}-journal") if path is not None else ():
        with suppress(OSError):
            Path(name).unlink()


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """The table ``meta``, in which a database says what it was made of; empty where there is none yet."""
    try:
        return dict(connection.execute("SELECT name, value FROM meta"))
    except sqlite3.OperationalError as fault:
        if "no such table" in str(fault):
            return {}
        raise


def make_tables(connection: sqlite3.Connection, statements: str) -> None:
    """Drop whatever tables there are, and run statements that create new ones."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for (name,) in connection.execute(query).fetchall():
        connection.execute('DROP TABLE "' + name.replace('"', '""') + '"')
    for statement in statements.split(";"):
        connection.execute(statement)


def _connected(path: str, renew: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        renew(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_busy(fault: Exception) -> bool:
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
