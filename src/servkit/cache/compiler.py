"""Builds the tables of a compiled book and keeps them up to date: only files that changed are read again."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.discovery import SETTINGS, walk
from servkit.book.files import MAX_BYTES, ignored, read_bytes
from servkit.book.reader import read_documents, read_settings_file
from servkit.book.settings import Settings
from servkit.book.times_of_day import OVERRIDING
from servkit.cache.digests import digest, stamp_of
from servkit.cache.encoding import name_of_path, sealed, unsealed
from servkit.cache.folder import RACY_NS
from servkit.cache.search_text import folded, name_of
from servkit.cache.sqlite_file import make_tables, read_meta
from servkit.cache.times_of_day import paths_to_read_again, texts_in
from servkit.git import head_commit, is_dirty

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from servkit.book.discovery import FileStamp
    from servkit.book.entries import Entry
    from servkit.book.problems import Problem

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, stamp TEXT, racy INTEGER, hash TEXT, problems TEXT, remarks TEXT,
                    comments INTEGER) WITHOUT ROWID;
CREATE TABLE docs (number INTEGER PRIMARY KEY, kind TEXT, id TEXT, path TEXT, line INTEGER, logic TEXT, name TEXT,
                   folded TEXT, prose TEXT);
CREATE TABLE areas (area TEXT, number INTEGER);
CREATE TABLE carriers (id TEXT, number INTEGER);
CREATE TABLE times (ref TEXT, number INTEGER);
CREATE TABLE overrides (ref TEXT, number INTEGER);
CREATE INDEX docs_by_id ON docs (kind, id);
CREATE INDEX docs_by_path ON docs (path);
CREATE INDEX areas_by_area ON areas (area);
CREATE INDEX areas_by_number ON areas (number);
CREATE INDEX carriers_by_id ON carriers (id);
CREATE INDEX carriers_by_number ON carriers (number);
CREATE INDEX times_by_number ON times (number);
CREATE INDEX overrides_by_ref ON overrides (ref);
CREATE INDEX overrides_by_number ON overrides (number);
"""


class _FileState(NamedTuple):
    """The state of a file that the tables hold. A ``racy`` file may have changed since without a sign of it."""

    stamp: str
    racy: bool
    hash: str


class _File(NamedTuple):
    """A file as it is now; ``raw`` is None, and ``problems`` say why, where it cannot be read."""

    path: str
    state: _FileState
    raw: bytes | None
    problems: list[Problem]


def renew(
    connection: sqlite3.Connection, root: Path, version: str, progress: Callable[[int, int], None] | None = None
) -> None:
    """Bring the tables up to date, as a whole or not at all.

    The files are looked at while the tables are locked, so that the tables only move forward: a slow process that
    looked before an edit cannot undo what a quicker one has read after it.
    """
    connection.execute("PRAGMA synchronous=NORMAL")  # after a power cut the tables are old or new, not a mixture
    connection.execute("BEGIN IMMEDIATE")
    try:
        _renew(connection, root, version, progress)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _renew(
    connection: sqlite3.Connection, root: Path, version: str, progress: Callable[[int, int], None] | None
) -> None:
    now = time.time_ns()
    stamps = list(walk(str(root)))
    head = head_commit(root) or ""
    known, settings = _known_files(connection, root, version, stamps, now)
    if settings is None:
        settings = read_settings_file(root)
        make_tables(connection, _TABLES)
    texts: dict[str, str] = unsealed(read_meta(connection).get("texts") or sealed({}))
    changed = _delete(connection, set(known) - {name_of_path(path) for path, *_ in stamps}) > 0
    for number, stamp in enumerate(sorted(stamps)):
        if progress is not None:
            progress(number, len(stamps))
        changed |= _update(connection, root, stamp, known.get(name_of_path(stamp[0])), settings, texts, now)
    meta = read_meta(connection)
    meta["texts"] = sealed(_read_times(connection, root, stamps, settings, texts))
    if changed or meta.get("head") != head:
        meta["dirty"] = str(int(bool(head) and is_dirty(root)))
    racy = connection.execute("SELECT 1 FROM files WHERE racy LIMIT 1").fetchone() is not None
    values = {"version": version, "settings": sealed(settings.data), "stamp": stamp_of(stamps), "head": head}
    meta |= {**values, "racy": str(int(racy))}
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())


def _read_times(
    connection: sqlite3.Connection, root: Path, stamps: Iterable[FileStamp], settings: Settings, old: Mapping[str, str]
) -> dict[str, str]:
    """Read files again whose terms another file makes times of day, or texts; the texts are returned."""
    new = texts_in(connection)
    again = paths_to_read_again(connection, old, new)
    for stamp in sorted(stamp for stamp in stamps if name_of_path(stamp[0]) in again):
        _delete(connection, [name_of_path(stamp[0])])
        _store(connection, name_of_path(stamp[0]), _read_file(root, stamp, time.time_ns()), settings, new)
    return new


def _known_files(
    connection: sqlite3.Connection, root: Path, version: str, stamps: Iterable[FileStamp], now: int
) -> tuple[Mapping[str, _FileState], Settings | None]:
    """The files in the tables, and the settings. Neither where everything has to be read again, because the tables are
    of another version or the settings changed."""
    meta = read_meta(connection)
    if meta.get("version") != version or "settings" not in meta:
        return {}, None
    rows = connection.execute("SELECT path, stamp, racy, hash FROM files")
    known = {path: _FileState(stamp, bool(racy), hash_) for path, stamp, racy, hash_ in rows}
    old, stamp = known.get(SETTINGS), next((stamp for stamp in stamps if stamp[0] == SETTINGS), None)
    if old is None or stamp is None or not _is_same(root, stamp, old, now):
        return {}, None
    return known, Settings(unsealed(meta["settings"]))


def _is_same(root: Path, stamp: FileStamp, known: _FileState, now: int) -> bool:
    if known.stamp == _text_of(stamp) and not known.racy:
        return True
    return _read_file(root, stamp, now).state.hash == known.hash


def _read_file(root: Path, stamp: FileStamp, now: int) -> _File:
    problems: list[Problem] = []
    raw = read_bytes(str(root), stamp[0], problems)
    hash_ = digest(raw) if raw is not None else "!" + "".join(problem.message for problem in problems)
    # Elsewhere than on POSIX the last time is that of creation.
    changed = stamp[4] if os.name == "posix" else max(stamp[3], stamp[4])
    may_become_readable = raw is None and stamp[0].isprintable() and stamp[2] <= MAX_BYTES  # without a sign of it
    racy = changed > now - RACY_NS or may_become_readable
    return _File(stamp[0], _FileState(_text_of(stamp), racy, hash_), raw, problems)


def _update(
    connection: sqlite3.Connection,
    root: Path,
    stamp: FileStamp,
    known: _FileState | None,
    settings: Settings,
    texts: Mapping[str, str],
    now: int,
) -> bool:
    """Store a file if it changed. Returns whether it did, even by its stamp alone."""
    if known is not None and known.stamp == _text_of(stamp) and not known.racy:
        return False
    file = _read_file(root, stamp, now)
    name = name_of_path(file.path)
    if known is not None and known.hash == file.state.hash:
        if known != file.state:
            update = "UPDATE files SET stamp = ?, racy = ? WHERE path = ?"
            connection.execute(update, (file.state.stamp, file.state.racy, name))
        return known.stamp != file.state.stamp
    if known is not None:
        _delete(connection, [name])
    _store(connection, name, file, settings, texts)
    return True


def _store(
    connection: sqlite3.Connection, name: str, file: _File, settings: Settings, texts: Mapping[str, str]
) -> None:
    problems: list[Problem] = []
    remarks: list[Problem] = []
    if file.path != SETTINGS and not ignored(file.path, settings.ignore):
        problems += file.problems
        if file.raw is not None:
            content = read_documents(file.path, file.raw, settings, texts)
            problems += content.problems
            remarks += content.remarks
            for entry in content.entries:
                _insert(connection, entry, settings)
    sealed_problems = [sealed(sorted(some)) if some else None for some in (problems, remarks)]
    comments = file.raw is not None and b"servkit:" in file.raw
    values = (name, *file.state, *sealed_problems, comments)
    connection.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", values)


def _insert(connection: sqlite3.Connection, entry: Entry, settings: Settings) -> None:
    values = (entry.kind, entry.id, entry.path, entry.line, sealed(entry.logic), name_of(entry, settings),
              folded(entry, settings), sealed(entry.prose))  # fmt: skip
    number = connection.execute("INSERT INTO docs VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", values).lastrowid
    if entry.kind in settings.applicable:
        areas = entry.list("areas") or ("",)
        connection.executemany("INSERT INTO areas VALUES (?, ?)", [(area, number) for area in areas])
    if entry.kind == "procedure":
        ids = entry.list("carries_out")
        connection.executemany("INSERT INTO carriers VALUES (?, ?)", [(id_, number) for id_ in ids])
    times = [f"{entry.id}.{name}" for name in entry.list("times")]
    connection.executemany("INSERT INTO times VALUES (?, ?)", [(ref, number) for ref in times])
    if entry.kind in OVERRIDING:
        refs = entry.logic.get("overrides", ())
        connection.executemany("INSERT INTO overrides VALUES (?, ?)", [(ref, number) for ref in refs])


def _delete(connection: sqlite3.Connection, names: Iterable[str]) -> int:
    """Delete what is stored of some files. Returns how many of them were stored."""
    count = 0
    for name in names:
        for table in ("areas", "carriers", "times", "overrides"):
            delete = f"DELETE FROM {table} WHERE number IN (SELECT number FROM docs WHERE path = ?)"  # noqa: S608
            connection.execute(delete, (name,))
        connection.execute("DELETE FROM docs WHERE path = ?", (name,))
        count += connection.execute("DELETE FROM files WHERE path = ?", (name,)).rowcount
    return count


def _text_of(stamp: FileStamp) -> str:
    return " ".join(map(str, stamp[1:]))
