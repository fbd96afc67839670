"""A compiled book: a SQLite file in the cache folder that holds every document as plain data.

It is never stale: the key is what the file system says of every file (name, inode, size, times of change), and a file
that changed so recently that a further change might not show in its times is compared by content. It is safe to
delete, safe with several processes, holds nothing executable, and costs only time where it is broken or cannot be
written: the same tables are then built in memory.
"""

from __future__ import annotations

import json
import marshal
import sqlite3
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from servkit.book.files import SETTINGS, ignored, read_bytes
from servkit.book.problem import Problem
from servkit.store.ahead import stamps as look
from servkit.store.cache import cache_folder, digest
from servkit.store.revision import head_commit, is_dirty

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings

#: Changes whenever the tables, or what documents compile to, change.
LAYOUT = 2
#: File systems tell times to two seconds at worst; a change within that of another might not show.
RACY_NS = 2_000_000_000
BUSY_SECONDS = 3.0

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, stamp TEXT, racy INTEGER, hash TEXT, problems TEXT, remarks TEXT) WITHOUT ROWID;
CREATE TABLE docs (number INTEGER PRIMARY KEY, kind TEXT, id TEXT, path TEXT, line INTEGER, logic TEXT, name TEXT,
                   folded TEXT, prose TEXT);
CREATE TABLE areas (area TEXT, number INTEGER);
CREATE TABLE carriers (id TEXT, number INTEGER);
CREATE INDEX docs_by_id ON docs (kind, id);
CREATE INDEX docs_by_path ON docs (path);
CREATE INDEX areas_by_area ON areas (area);
CREATE INDEX carriers_by_id ON carriers (id);
"""


def database_path(root: Path) -> Path:
    """Where the compiled form of the book in a folder lies."""
    return cache_folder() / f"book-{digest(str(root).encode('utf-8', 'surrogateescape'))}.sqlite"


def connect(root: Path) -> sqlite3.Connection:
    """A connection to the up-to-date compiled form of the book. Raises BookError where ``servkit.yaml`` is unusable."""
    path = database_path(root)
    for attempt in (1, 2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = _open(str(path))
            try:
                return _bring_up_to_date(connection, root)
            except BaseException:
                connection.close()
                raise
        except (sqlite3.Error, OSError, ValueError, KeyError):
            if attempt == 1:
                with suppress(OSError):  # whatever is wrong with it, it can be made again
                    path.unlink()
    return _bring_up_to_date(_open(":memory:"), root)


def _open(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")  # a file torn by a power cut is found broken, and made again
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, root: Path) -> sqlite3.Connection:
    from servkit import __version__

    version = f"{LAYOUT} {__version__}"
    now = time.time_ns()
    stamps = look(str(root))
    stamp, head = digest(marshal.dumps(stamps, 2)), head_commit(root) or ""
    meta = _meta(connection)
    if meta.get("version") == version and meta.get("stamp") == stamp and meta.get("racy") == "0":
        if meta.get("head") != head:
            _write(connection, lambda: _put(connection, head=head, dirty=_dirty(root, head)))
    else:
        _write(connection, lambda: _update(connection, root, version, stamps, now))
        _write(connection, lambda: _put(connection, version=version, stamp=stamp, head=head, dirty=_dirty(root, head)))
    if not _is_today(meta.get("day"), now):
        _write(connection, lambda: _put(connection, day=_day(_meta(connection)["timezone"])))
    return connection


def _is_today(day: str | None, now: int) -> bool:
    """Whether the kept day (its date, its first and last moment) is the present one."""
    _, first, last = (day or "- 0 0").split()
    return int(first) <= now // 1_000_000_000 < int(last)


def _day(timezone: str) -> str:
    """Today in a time zone with its first and last moment: loading the zone each time would cost the desk dearly."""
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    midnight = datetime.now(ZoneInfo(timezone)).replace(hour=0, minute=0, second=0, microsecond=0)
    following = (midnight + timedelta(days=1)).replace(hour=0)
    return f"{midnight.date()} {int(midnight.timestamp())} {int(following.timestamp())}"


def _dirty(root: Path, head: str) -> str:
    return str(int(bool(head) and is_dirty(root)))


def _meta(connection: sqlite3.Connection) -> dict[str, str]:
    try:
        return dict(connection.execute("SELECT name, value FROM meta"))
    except sqlite3.OperationalError as fault:
        if "no such table" in str(fault):
            return {}
        raise


def _put(connection: sqlite3.Connection, **values: str) -> None:
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())


def _write(connection: sqlite3.Connection, change: Any) -> None:
    """One change as a whole, or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        change()
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _update(connection: sqlite3.Connection, root: Path, version: str, stamps: Sequence[Any], now: int) -> None:
    """Read again what changed, and only that; everything where the settings or servkit itself changed."""
    import gc

    collecting = gc.isenabled()
    gc.disable()
    try:
        meta = _meta(connection)
        if meta.get("version") != version:
            _make_tables(connection)
            meta = {}
        stored = {path: rest for path, *rest in connection.execute("SELECT path, stamp, racy, hash FROM files")}
        changes = list(_changes(root, stamps, stored, now))
        if any(change.path == SETTINGS for change in changes) or "settings" not in meta:
            _make_tables(connection)
            changes = list(_changes(root, stamps, {}, now))
            settings = _read_settings(root)
            _put(connection, settings=json.dumps(settings.data, ensure_ascii=False), timezone=settings.timezone, day="- 0 0")
        else:
            from servkit.book.settings import Settings

            settings = Settings(json.loads(meta["settings"]))
            gone = set(stored) - {_printed(stamp[0]) for stamp in stamps}
            _forget(connection, [*gone, *(change.path for change in changes if not change.same)])
        racy = _store(connection, root, settings, changes)
        quiet = connection.execute("SELECT 1 FROM files WHERE racy LIMIT 1").fetchone() is None
        _put(connection, racy=str(int(racy or not quiet)))
    finally:
        if collecting:
            gc.enable()


def _make_tables(connection: sqlite3.Connection) -> None:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    for name in names:
        connection.execute(f'DROP TABLE "{name}"')
    for statement in _TABLES.split(";"):
        connection.execute(statement)


class _Change:
    """A file to be looked at again; ``same`` where its content is what is stored, and only its stamp is new."""

    __slots__ = ("hash", "path", "problems", "racy", "raw", "same", "stamp")

    def __init__(self, root: Path, stamp: Any, stored: Sequence[Any] | None, now: int) -> None:
        self.stamp = _stamp(stamp)
        self.problems: list[Problem] = []
        self.raw = read_bytes(str(root), stamp[0], self.problems)
        self.path = _printed(stamp[0])
        self.racy = max(stamp[3], stamp[4]) > now - RACY_NS
        self.hash = digest(self.raw) if self.raw is not None else ""
        self.same = stored is not None and bool(self.hash) and stored[2] == self.hash


def _printed(path: str) -> str:
    """A path as the database can hold it; one with bytes that are no text is not read anyway."""
    return path if path.isascii() else path.encode("utf-8", "replace").decode()


def _stamp(stamp: Any) -> str:
    return " ".join(map(str, stamp[1:]))


def _changes(root: Path, stamps: Sequence[Any], stored: dict[str, Any], now: int) -> Iterable[_Change]:
    for stamp in sorted(stamps):
        old = stored.get(_printed(stamp[0]))
        if old is None or old[1] or old[0] != _stamp(stamp):
            yield _Change(root, stamp, old, now)


def _read_settings(root: Path) -> Settings:
    from servkit.book.files import read_settings_file

    return read_settings_file(root)


def _forget(connection: sqlite3.Connection, paths: Iterable[str]) -> None:
    for path in paths:
        for table in ("areas", "carriers"):
            connection.execute(f"DELETE FROM {table} WHERE number IN (SELECT number FROM docs WHERE path = ?)", (path,))  # noqa: S608
        connection.execute("DELETE FROM docs WHERE path = ?", (path,))
        connection.execute("DELETE FROM files WHERE path = ?", (path,))


def _store(connection: sqlite3.Connection, root: Path, settings: Settings, changes: Iterable[_Change]) -> bool:  # noqa: ARG001
    from servkit.book.files import read_documents

    racy = False
    for change in changes:
        racy = racy or change.racy
        if change.same:
            connection.execute("UPDATE files SET stamp = ?, racy = ? WHERE path = ?", (change.stamp, change.racy, change.path))
            continue
        problems, remarks = list(change.problems), []
        if change.path != SETTINGS and change.raw is not None and not ignored(change.path, settings.ignore):
            content = read_documents(change.path, change.raw, settings)
            problems += content.problems
            remarks = content.remarks
            for entry in content.entries:
                _insert(connection, entry, settings)
        told = [json.dumps(found, ensure_ascii=False) if found else None for found in (problems, remarks)]
        connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
                           (change.path, change.stamp, change.racy, change.hash, *told))  # fmt: skip
    return racy


def _insert(connection: sqlite3.Connection, entry: Entry, settings: Settings) -> None:
    from servkit.store.searching import folded, name_of

    values = (entry.kind, entry.id, entry.path, entry.line, _dumps(entry.logic), name_of(entry, settings),
              folded(entry, settings), _dumps(entry.prose))  # fmt: skip
    cursor = connection.execute("INSERT INTO docs VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    number = cursor.lastrowid
    from servkit.book.entries import APPLICABLE

    if entry.kind in APPLICABLE:
        areas = entry.list("areas") or ("",)
        connection.executemany("INSERT INTO areas VALUES (?, ?)", [(area, number) for area in areas])
    if entry.kind == "procedure":
        connection.executemany("INSERT INTO carriers VALUES (?, ?)", [(id_, number) for id_ in entry.list("carries_out")])


def _dumps(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
