"""The index of a customer file: who stands where, in a SQLite file in the cache folder.

It is keyed on what the file system says of the customer file; one that changed a moment ago is compared by content.
Broken or unwritable, it costs time and never an answer: the same tables are then built in memory.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from servkit.cache.digests import digest
from servkit.cache.folder import RACY_NS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: Changes whenever the tables do, or what is written into them.
LAYOUT = 2
BUSY_SECONDS = 3.0
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE rows (row INTEGER PRIMARY KEY, id TEXT, folded_id TEXT, name TEXT, folded TEXT, line INTEGER,
                   start INTEGER, size INTEGER);
CREATE TABLE words (word TEXT, row INTEGER);
CREATE TABLE faults (line INTEGER, message TEXT);
"""
_INDEXES = """
CREATE INDEX rows_by_id ON rows (id);
CREATE INDEX rows_by_folded_id ON rows (folded_id);
CREATE INDEX rows_by_folded ON rows (folded);
CREATE INDEX words_by_word ON words (word, row);
"""


def index_path(cache: Path, parts: tuple[object, ...]) -> Path:
    """The path of an index; ``parts`` is all that it depends on beside the content of the file."""
    return cache / f"customers-{digest(repr((LAYOUT, parts)).encode('utf-8', 'surrogatepass'))}.sqlite"


def open_index(path: Path | None, file: BinaryIO, fill: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    """The index of an open file, made where it is missing, broken or out of date. Nobody is kept waiting by it: another
    process may make it anew at any time, and every row says whose it is."""
    for _ in range(2):
        if path is None:
            break
        try:
            os.makedirs(path.parent, mode=0o700, exist_ok=True)  # noqa: PTH103 - the mode is for all of it
            return _opened(str(path), file, fill)
        except (sqlite3.Error, OSError, ValueError) as fault:
            if getattr(fault, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                break  # somebody else is making it; it is theirs to finish
            discard(path)
    return in_memory(fill)


def in_memory(fill: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    """An index for this process alone."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _make(connection, fill)
    return connection


def discard(path: Path) -> None:
    """Take an index away: it is broken."""
    for name in (str(path), f"{path}-journal"):
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108


def _opened(path: str, file: BinaryIO, fill: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        if _state(connection, file) == "fresh":
            return connection
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        found = _state(connection, file)
        if found == "old":
            status = os.fstat(file.fileno())
            racy = _is_racy(status)
            content = _content(file) if racy else ""
            _make(connection, fill)
            told = {"key": _key(status), "racy": str(int(racy)), "content": content}
            connection.executemany("INSERT INTO meta VALUES (?, ?)", told.items())
        elif found == "settled":
            connection.execute("UPDATE meta SET value = '0' WHERE name = 'racy'")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _state(connection: sqlite3.Connection, file: BinaryIO) -> str:
    """``fresh`` where the index is of this very file, else ``old``. One that had just changed when it was read is
    compared by content, until that can be noted to be no longer necessary (``settled``)."""
    try:
        meta = dict(connection.execute("SELECT name, value FROM meta WHERE name IN ('key', 'racy', 'content')"))
    except sqlite3.OperationalError as fault:
        if "no such" in str(fault):
            return "old"
        raise
    status = os.fstat(file.fileno())
    if meta.get("key") != _key(status):
        return "old"
    if meta.get("racy") == "0":
        return "fresh"
    racy = _is_racy(status)  # asked before reading: what is written later shows in the times of the file
    if meta.get("content") != _content(file):
        return "old"
    return "fresh" if racy else "settled"


def _key(status: os.stat_result) -> str:
    return f"{status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def _is_racy(status: os.stat_result) -> bool:
    changed = status.st_ctime_ns if os.name == "posix" else max(status.st_mtime_ns, status.st_ctime_ns)
    return changed > time.time_ns() - RACY_NS


def _content(file: BinaryIO) -> str:
    """A digest of the whole file: much quicker than reading its rows."""
    file.seek(0)
    found = ""
    while chunk := file.read(1 << 22):
        found = digest(found.encode() + chunk)
    return found or "empty"


def _make(connection: sqlite3.Connection, fill: Callable[[sqlite3.Connection], None]) -> None:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (name,) in names.fetchall():
        connection.execute('DROP TABLE "' + name.replace('"', '""') + '"')
    connection.execute("PRAGMA cache_size = -65536")
    for statement in _TABLES.split(";"):
        connection.execute(statement)
    fill(connection)
    for statement in _INDEXES.split(";"):
        connection.execute(statement)
