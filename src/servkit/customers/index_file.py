"""The file of a customer index: a SQLite file in the cache folder that is never stale.

Its key is what the file system says of the customer file; one that changed a moment ago is compared by content.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from servkit.cache.digests import digest
from servkit.cache.folder import RACY_NS
from servkit.cache.stored_database import make_tables, open_database

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from servkit.cache.stored_database import Origin

#: Change this whenever the tables change, or what is written into them.
LAYOUT = 8
#: What one customer is looked up with. It is all that the first lookup after a change of the file waits for.
_TABLES = """
CREATE TABLE columns (place INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE rows (row INTEGER PRIMARY KEY, id TEXT, name TEXT, line INTEGER, start INTEGER, size INTEGER);
CREATE TABLE texts (row INTEGER, text TEXT);
CREATE TABLE cells (row INTEGER PRIMARY KEY, data TEXT);
CREATE TABLE faults (line INTEGER, message TEXT);
"""
_INDEX = "CREATE INDEX rows_by_id ON rows (id)"


def index_path(cache: Path, parts: tuple[object, ...]) -> Path:
    """Where an index is noted; ``parts`` is all that it depends on beside the content of the file."""
    return cache / f"customers-{digest(repr((LAYOUT, parts)).encode('utf-8', 'surrogatepass'))}.json"


class Maker(NamedTuple):
    """What makes an index: ``rows`` writes the rows of the file into the tables, and ``names`` adds the tables that
    names are searched in."""

    rows: Callable[[sqlite3.Connection], None]
    names: Callable[[sqlite3.Connection], None]


def open_index(note: Path | None, file: BinaryIO, maker: Maker, *, names: bool) -> sqlite3.Connection:
    """The index of an open customer file, with the tables for ``names`` if they are wanted."""

    def checked(origin: Origin) -> Origin | None:
        return _checked(origin, file) if origin["names"] or not names else None

    def renew(connection: sqlite3.Connection, old: Origin) -> Origin:
        current = _checked(old, file) if old else None
        if current is None:
            status = os.fstat(file.fileno())
            racy = _is_racy(status)
            content = _content(file) if racy else ""
            _make(connection, maker.rows)
            current = {"key": _key(status), "racy": racy, "content": content}
        if names:
            maker.names(connection)
        return {**current, "names": names}

    return open_database(note, checked, renew).connection


def index_in_memory(fill: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    """An index for this process alone."""

    def renew(connection: sqlite3.Connection, _: Origin) -> Origin:
        _make(connection, fill)
        return {}

    return open_database(None, lambda origin: origin, renew).connection


def is_in_memory(connection: sqlite3.Connection) -> bool:
    """Whether an index belongs to this process alone."""
    return not connection.execute("PRAGMA database_list").fetchone()[2]


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
    connection.execute(_INDEX)
