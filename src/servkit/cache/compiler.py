"""Builds the tables of a compiled book and keeps them up to date: only files that changed are read again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.discovery import SETTINGS
from servkit.book.files import ignored
from servkit.book.reader import make_settings, read_documents
from servkit.book.settings import Settings
from servkit.book.slips.losses import may_lose_text
from servkit.book.times_of_day import OVERRIDING
from servkit.cache.digests import stamp_of
from servkit.cache.encoding import encoded, name_of_path
from servkit.cache.file_states import read_state, text_of
from servkit.cache.search_text import folded, name_of
from servkit.cache.stored_database import make_tables
from servkit.cache.times_of_day import paths_to_read_again, texts_in

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping

    from servkit.book.entries import Entry
    from servkit.book.problems import Problem
    from servkit.cache.book_files import BookFiles, Stamp
    from servkit.cache.file_states import FileState
    from servkit.cache.stored_database import Origin

_TABLES = """
CREATE TABLE files (path TEXT PRIMARY KEY, stamp TEXT, hash TEXT, problems TEXT, remarks TEXT, comments INTEGER,
                    losses INTEGER) WITHOUT ROWID;
CREATE TABLE docs (number INTEGER PRIMARY KEY, kind TEXT, id TEXT, path TEXT, line INTEGER, logic TEXT, name TEXT,
                   folded TEXT, prose TEXT);
CREATE TABLE areas (area TEXT, number INTEGER);
CREATE TABLE carriers (id TEXT, number INTEGER);
CREATE TABLE times (ref TEXT, number INTEGER);
CREATE TABLE overrides (ref TEXT, number INTEGER);
CREATE INDEX files_with_problems ON files (path) WHERE problems IS NOT NULL;
CREATE INDEX files_with_remarks ON files (path) WHERE remarks IS NOT NULL;
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


class _Known(NamedTuple):
    """What the tables hold of a file. A ``racy`` one may have changed since without a sign of it."""

    stamp: str
    hash: str
    racy: bool


def renew(
    connection: sqlite3.Connection,
    origin: Origin,
    files: BookFiles,
    version: str,
    progress: Callable[[int, int], None] | None = None,
) -> Origin:
    """Bring the tables up to date, which ``origin`` says the origin of, and return what they are made of now."""
    now = time.time_ns()
    stamps = files.stamps()
    head = files.commit() or ""
    known, settings = _known_files(connection, origin, files, version, stamps, now)
    if settings is None:
        problems: list[Problem] = []
        settings = make_settings(files.read(SETTINGS, problems), problems, str(files.home / SETTINGS))
        make_tables(connection, _TABLES)
    old_texts = origin["texts"] if known else {}
    changed = _delete(connection, set(known) - {name_of_path(path) for path, *_ in stamps}) > 0
    racy: dict[str, str] = {}
    for number, stamp in enumerate(sorted(stamps)):
        if progress is not None:
            progress(number, len(stamps))
        before = known.get(name_of_path(stamp[0]))
        if before is not None and before.stamp == text_of(stamp) and not before.racy:
            continue
        if before is not None and before.hash == text_of(stamp):  # a blob of git that the tables hold already
            connection.execute("UPDATE files SET stamp = ? WHERE path = ?", (before.hash, name_of_path(stamp[0])))
            changed = True
            continue
        state = read_state(files, stamp, now)
        if state.racy:
            racy[state.name] = state.hash
        changed |= _update(connection, state, before, settings, old_texts)
    texts = _read_times(connection, files, stamps, settings, old_texts)
    dirty = origin.get("dirty", False)
    if changed or origin.get("head") != head:
        dirty = bool(head) and files.is_dirty()
    return {
        "version": version, "settings": settings.data, "stamp": stamp_of(stamps), "racy": racy, "head": head,
        "dirty": dirty, "texts": texts,
    }  # fmt: skip


def _read_times(
    connection: sqlite3.Connection,
    files: BookFiles,
    stamps: Iterable[Stamp],
    settings: Settings,
    old: Mapping[str, str],
) -> dict[str, str]:
    """Read files again whose terms another file makes times of day, or texts; the texts are returned."""
    new = texts_in(connection)
    again = paths_to_read_again(connection, old, new)
    for stamp in sorted(stamp for stamp in stamps if name_of_path(stamp[0]) in again):
        _delete(connection, [name_of_path(stamp[0])])
        _store(connection, read_state(files, stamp, time.time_ns()), settings, new)
    return new


def _known_files(
    connection: sqlite3.Connection, origin: Origin, files: BookFiles, version: str, stamps: Iterable[Stamp], now: int
) -> tuple[Mapping[str, _Known], Settings | None]:
    """The files in the tables, and the settings. Neither where everything has to be read again, because the tables are
    of another version or the settings changed."""
    if origin.get("version") != version:
        return {}, None
    rows = connection.execute("SELECT path, stamp, hash FROM files")
    known = {path: _Known(stamp, hash_, path in origin["racy"]) for path, stamp, hash_ in rows}
    old, stamp = known.get(SETTINGS), next((stamp for stamp in stamps if stamp[0] == SETTINGS), None)
    if old is None or stamp is None:
        return {}, None
    is_same = text_of(stamp) in ((old.hash,) if old.racy else (old.hash, old.stamp))
    if not is_same and read_state(files, stamp, now).hash != old.hash:
        return {}, None
    return known, Settings(origin["settings"])


def _update(
    connection: sqlite3.Connection, state: FileState, known: _Known | None, settings: Settings, texts: Mapping[str, str]
) -> bool:
    """Store a file if it changed. Returns whether it did, even by its stamp alone."""
    if known is not None and known.hash == state.hash:
        if known.stamp != state.stamp:
            connection.execute("UPDATE files SET stamp = ? WHERE path = ?", (state.stamp, state.name))
        return known.stamp != state.stamp
    if known is not None:
        _delete(connection, [state.name])
    _store(connection, state, settings, texts)
    return True


def _store(connection: sqlite3.Connection, state: FileState, settings: Settings, texts: Mapping[str, str]) -> None:
    problems: list[Problem] = []
    remarks: list[Problem] = []
    if state.path != SETTINGS and not ignored(state.path, settings.ignore):
        problems += state.problems
        if state.raw is not None:
            content = read_documents(state.path, state.raw, settings, texts)
            problems += content.problems
            remarks += content.remarks
            for entry in content.entries:
                _insert(connection, entry, settings)
    notes = [encoded(sorted(some)) if some else None for some in (problems, remarks)]
    raw = state.raw or b""
    row = (state.name, state.stamp, state.hash, *notes, b"servkit:" in raw, may_lose_text(raw))
    connection.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _insert(connection: sqlite3.Connection, entry: Entry, settings: Settings) -> None:
    values = (entry.kind, entry.id, entry.path, entry.line, encoded(entry.logic), name_of(entry, settings),
              folded(entry, settings), encoded(entry.prose))  # fmt: skip
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
            delete = f"DELETE FROM {table} WHERE number IN (SELECT number FROM docs WHERE path = ?)"
            connection.execute(delete, (name,))
        connection.execute("DELETE FROM docs WHERE path = ?", (name,))
        count += connection.execute("DELETE FROM files WHERE path = ?", (name,)).rowcount
    return count
