"""The file of a customer index: a SQLite file in the cache folder that is never stale.

Its key is what the file system says of the customer file; one that changed a moment ago is compared by content.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, BinaryIO

from servkit.cache.digests import digest
from servkit.cache.folder import RACY_NS
from servkit.cache.stored_database import make_tables, open_database

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from servkit.cache.stored_database import Origin

#: Change this whenever the tables change, or what is written into them.
LAYOUT = 7
_TABLES = """
CREATE TABLE columns (place INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE rows (row INTEGER PRIMARY KEY, id TEXT, folded_id TEXT, name TEXT, folded TEXT, line INTEGER,
                   start INTEGER, size INTEGER);
CREATE TABLE words (word TEXT, row INTEGER);
CREATE TABLE finds (key TEXT, backwards TEXT, text TEXT, row INTEGER);
CREATE TABLE cells (row INTEGER PRIMARY KEY, data TEXT);
CREATE TABLE faults (line INTEGER, message TEXT);
"""
_INDEXES = """
CREATE INDEX rows_by_id ON rows (id);
CREATE INDEX rows_by_folded_id ON rows (folded_id);
CREATE INDEX rows_by_folded ON rows (folded);
CREATE INDEX finds_by_key ON finds (key);
CREATE INDEX finds_by_end ON finds (backwards);
CREATE INDEX finds_by_text ON finds (text);
CREATE INDEX words_by_word ON words (word, row);
"""


def index_path(cache: Path, parts: tuple[object, ...]) -> Path:
    """Where an index is noted; ``parts`` is all that it depends on beside the content of the file."""
    return cache / f"customers-{digest(repr((LAYOUT, parts)).encode('utf-8', 'surrogatepass'))}.json"


def open_index(note: Path | None, file: BinaryIO, fill: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    """The index of an open customer file. ``fill`` writes the rows of the file into the tables."""

    def renew(connection: sqlite3.Connection, _: Origin) -> Origin:
        status = os.fstat(file.fileno())
        racy = _is_racy(status)
        content = _content(file) if racy else ""
        _make(connection, fill)
        return {"key": _key(status), "racy": racy, "content": content}

    return open_database(note, lambda origin: _checked(origin, file), renew).connection


def index_in_memory(fill: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    """An index for this process alone."""

    def renew(connection: sqlite3.Connection, _: Origin) -> Origin:
        _make(connection, fill)
        return {}

    return open_database(None, lambda origin: origin, renew).connection


def _checked(origin: Origin, file: BinaryIO) -> Origin | None:
    """The origin, if the index is of this very file. One that had just changed when it was read is compared by
    content, until it can be noted that this is no longer necessary."""
    status = os.fstat(file.fileno())
    if origin["key"] != _key(status):
        return None
    if not origin["racy"]:
        return origin
    racy = _is_racy(status)  # before reading: what is written later shows in the times of the file
    return {**origin, "racy": racy} if origin["content"] == _content(file) else None


def _key(status: os.stat_result) -> str:
    return f"{status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def _is_racy(status: os.stat_result) -> bool:
    changed = status.st_ctime_ns if os.name == "posix" else max(status.st_mtime_ns, status.st_ctime_ns)
    return changed > time.time_ns() - RACY_NS


def _content(file: BinaryIO) -> str:
    """A digest of the whole file, which is much quicker than reading its rows."""
    file.seek(0)
    name = ""
    while chunk := file.read(1 << 22):
        name = digest(name.encode() + chunk)
    return name or "empty"


def _make(connection: sqlite3.Connection, fill: Callable[[sqlite3.Connection], None]) -> None:
    connection.execute("PRAGMA cache_size = -65536")
    make_tables(connection, _TABLES)
    fill(connection)
    for statement in _INDEXES.split(";"):
        connection.execute(statement)
