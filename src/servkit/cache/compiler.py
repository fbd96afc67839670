"""Making and renewing the tables of a compiled book: only what changed is read again."""

from __future__ import annotations

import gc
import os
import time
from typing import TYPE_CHECKING, Any

from servkit.book import kinds
from servkit.book.discovery import SETTINGS, walk
from servkit.book.entries import APPLICABLE
from servkit.book.files import ignored, read_bytes
from servkit.book.reader import read_documents, read_settings_file
from servkit.book.settings import Settings
from servkit.cache.database import read_meta, sealed, unsealed
from servkit.cache.digests import digest, stamp_of
from servkit.cache.folder import RACY_NS
from servkit.cache.search_text import folded, name_of
from servkit.clocks.today import day_in, is_today
from servkit.git import head_commit, is_dirty

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from servkit.book.entries import Entry
    from servkit.book.problems import Problem

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, stamp TEXT, racy INTEGER, hash TEXT, problems TEXT, remarks TEXT)
  WITHOUT ROWID;
CREATE TABLE docs (number INTEGER PRIMARY KEY, kind TEXT, id TEXT, path TEXT, line INTEGER, logic TEXT, name TEXT,
                   folded TEXT, prose TEXT);
CREATE TABLE areas (area TEXT, number INTEGER);
CREATE TABLE carriers (id TEXT, number INTEGER);
CREATE INDEX docs_by_id ON docs (kind, id);
CREATE INDEX docs_by_path ON docs (path);
CREATE INDEX areas_by_area ON areas (area);
CREATE INDEX areas_by_number ON areas (number);
CREATE INDEX carriers_by_id ON carriers (id);
CREATE INDEX carriers_by_number ON carriers (number);
"""


def renew(connection: sqlite3.Connection, root: Path, version: str) -> None:
    """Bring the tables up to date, as a whole or not at all.

    The files are looked at while the tables are locked, so that they only ever move forward: a slow process that
    looked before an edit cannot put back what a quicker one has read after it.
    """
    connection.execute("PRAGMA synchronous=NORMAL")  # what a power cut leaves is one state or the other, not a mixture
    connection.execute("BEGIN IMMEDIATE")
    collecting = gc.isenabled()
    gc.disable()
    try:
        _renew(connection, root, version)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if collecting:
            gc.enable()


def _renew(connection: sqlite3.Connection, root: Path, version: str) -> None:
    now = time.time_ns()
    stamps = list(walk(str(root)))
    meta = read_meta(connection)
    if meta.get("version") != version or "settings" not in meta:
        _make_tables(connection)
        meta = {}
    told = {"version": version, "stamp": stamp_of(stamps)}
    changed = _update(connection, root, stamps, now)
    head = told["head"] = head_commit(root) or ""
    if changed or meta.get("head") != head:
        told["dirty"] = str(int(bool(head) and is_dirty(root)))
    meta = read_meta(connection)
    if not is_today(meta.get("day"), now // 1_000_000_000):
        told["day"] = day_in(meta["timezone"])
    racy = connection.execute("SELECT 1 FROM files WHERE racy LIMIT 1").fetchone() is not None
    told["racy"] = str(int(racy))
    _put(connection, {name: value for name, value in told.items() if meta.get(name) != value})


def _put(connection: sqlite3.Connection, values: dict[str, str]) -> None:
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())


def _make_tables(connection: sqlite3.Connection) -> None:
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"
        )
    ]
    for name in names:
        connection.execute('DROP TABLE "' + name.replace('"', '""') + '"')
    for statement in _TABLES.split(";"):
        connection.execute(statement)


def _update(connection: sqlite3.Connection, root: Path, stamps: Sequence[Any], now: int) -> bool:
    """Read again what changed, and only that; everything where the settings changed. Whether anything did."""
    stored = {path: rest for path, *rest in connection.execute("SELECT path, stamp, racy, hash FROM files")}
    changes = list(_changes(root, stamps, stored, now))
    gone = set(stored) - {_key(stamp[0]) for stamp in stamps}
    if not stored or any(change.key == SETTINGS and not change.same for change in changes):
        _make_tables_anew(connection)
        changes = list(_changes(root, stamps, {}, now))
        settings = read_settings_file(root)
        outlines = {kind: kinds.outline(kind) for kind in kinds.names()}
        told = {"settings": sealed(settings.data), "outlines": sealed(outlines), "timezone": settings.timezone}
        _put(connection, told | {"day": "- 0 0"})
    else:
        meta = read_meta(connection)
        settings = Settings(unsealed(meta["settings"]))
        kinds.know(unsealed(meta["outlines"]))
        _forget(connection, [*gone, *(change.key for change in changes if not change.same)])
    for change in changes:
        _store(connection, change, settings)
    return bool(gone) or not all(change.same and change.stamp_same for change in changes)


def _make_tables_anew(connection: sqlite3.Connection) -> None:
    meta = read_meta(connection)
    _make_tables(connection)
    _put(connection, meta)


class _Change:
    """A file to be looked at again; ``same`` where its content is what is stored, and only its stamp is new."""

    __slots__ = ("hash", "key", "path", "problems", "racy", "raw", "same", "stamp", "stamp_same", "was_racy")

    def __init__(self, root: Path, stamp: Any, stored: Sequence[Any] | None, now: int) -> None:
        self.path, self.key, self.stamp = stamp[0], _key(stamp[0]), _stamp(stamp)
        self.problems: list[Problem] = []
        self.raw = read_bytes(str(root), self.path, self.problems)
        self.hash = digest(self.raw) if self.raw is not None else "!" + self.problems[0].message
        changed = (
            stamp[4] if os.name == "posix" else max(stamp[3], stamp[4])
        )  # elsewhere the other is the day it was made
        # What could not be read may be readable the next time without any sign of it.
        self.racy = changed > now - RACY_NS or self.hash.startswith("!cannot be read")
        self.same = stored is not None and stored[2] == self.hash
        self.stamp_same = stored is not None and stored[0] == self.stamp
        self.was_racy = stored is not None and bool(stored[1])


def _changes(root: Path, stamps: Sequence[Any], stored: dict[str, Any], now: int) -> Iterator[_Change]:
    for stamp in sorted(stamps):
        old = stored.get(_key(stamp[0]))
        if old is None or old[1] or old[0] != _stamp(stamp):
            yield _Change(root, stamp, old, now)


def _key(path: str) -> str:
    """A path as the database can hold it. One with characters that are no text is never read, but told apart."""
    return path if path.isprintable() else "\0" + os.fsencode(path).hex()


def _stamp(stamp: Any) -> str:
    return " ".join(map(str, stamp[1:]))


def _forget(connection: sqlite3.Connection, paths: Sequence[str]) -> None:
    for path in paths:
        for table in ("areas", "carriers"):
            connection.execute(f"DELETE FROM {table} WHERE number IN (SELECT number FROM docs WHERE path = ?)", (path,))  # noqa: S608
        connection.execute("DELETE FROM docs WHERE path = ?", (path,))
        connection.execute("DELETE FROM files WHERE path = ?", (path,))


def _store(connection: sqlite3.Connection, change: _Change, settings: Settings) -> None:
    if change.same:
        if not change.stamp_same or change.racy != change.was_racy:
            connection.execute(
                "UPDATE files SET stamp = ?, racy = ? WHERE path = ?", (change.stamp, change.racy, change.key)
            )
        return
    problems: list[Problem] = []
    remarks: list[Problem] = []
    if change.key != SETTINGS and not ignored(change.path, settings.ignore):
        problems = list(change.problems)
        if change.raw is not None:
            content = read_documents(change.path, change.raw, settings)
            problems += content.problems
            remarks = content.remarks
            for entry in content.entries:
                _insert(connection, entry, settings)
    told = [sealed(sorted(found)) if found else None for found in (problems, remarks)]
    values = (change.key, change.stamp, change.racy, change.hash, *told)
    connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", values)


def _insert(connection: sqlite3.Connection, entry: Entry, settings: Settings) -> None:
    values = (entry.kind, entry.id, entry.path, entry.line, sealed(entry.logic), name_of(entry, settings),
              folded(entry, settings), sealed(entry.prose))  # fmt: skip
    number = connection.execute("INSERT INTO docs VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", values).lastrowid
    if entry.kind in APPLICABLE:
        areas = entry.list("areas") or ("",)
        connection.executemany("INSERT INTO areas VALUES (?, ?)", [(area, number) for area in areas])
    if entry.kind == "procedure":
        connection.executemany(
            "INSERT INTO carriers VALUES (?, ?)", [(id_, number) for id_ in entry.list("carries_out")]
        )
