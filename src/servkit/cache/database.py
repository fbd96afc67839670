"""Connecting to the compiled book: a SQLite file in the cache folder that holds every document as plain data.

It is never stale. Its cache key is the stat of every file (name, inode, size, times of change). A file that changed in
the last two seconds might change again without a new time, so it is compared by content ("racy", as git calls it).
Processes may share the database, and anybody may delete it. A broken one is rebuilt; where none can be written, the
tables are built in memory.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from servkit.cache.digests import digest, stamp_of
from servkit.cache.sqlite_file import open_database, read_meta
from servkit.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.cache.book_files import BookFiles

#: Change this whenever the tables change.
LAYOUT = 6


def database_path(root: Path, folder: Path | None, slot: str = "") -> Path | None:
    """Where a compiled form of the book in ``root`` is stored; None, in memory, where there is no cache folder.

    Without a ``slot`` it is the form of the files as they are now; a slot is for one revision of git after another.
    """
    return None if folder is None else folder / f"book-{digest(os.fsencode(root))}{slot}.sqlite"


def connect(
    files: BookFiles, folder: Path | None, progress: Callable[[int, int], None] | None = None
) -> sqlite3.Connection:
    """A connection to the compiled form of a book, brought up to date. Raises BookError where ``servkit.yaml`` cannot
    be used. ``progress`` is called with how many of how many files have been looked at."""
    path = database_path(files.home, folder, files.slot)
    if path is not None and files.slot and not path.exists():
        _copy(database_path(files.home, folder), path)

    def renew_if_needed(connection: sqlite3.Connection) -> None:
        if not _is_current(connection, files):
            from servkit.cache.compiler import renew  # it loads libyaml and Pydantic, which most lookups don't need

            renew(connection, files, version(), progress)

    return open_database(path, renew_if_needed)


def _copy(source: Path | None, target: Path) -> None:
    """Begin with the compiled form of the files as they are now: most documents of a revision are the same."""
    if source is None or not source.exists():
        return
    with (
        suppress(sqlite3.Error, OSError),
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        there.backup(here)


def _is_current(connection: sqlite3.Connection, files: BookFiles) -> bool:
    stamp = stamp_of(files.stamps())
    expected = {"version": version(), "stamp": stamp, "racy": "0", "head": files.commit() or ""}
    meta = read_meta(connection)
    return all(meta.get(name) == value for name, value in expected.items())


@cache
def version() -> str:
    """The version of the tables: servkit's version, their layout, and the time of the newest module that reads
    documents, so that a change to servkit itself rebuilds them too."""
    package = Path(__file__).parent.parent
    files = [file for folder in ("book", "book/kinds", "cache") for file in (package / folder).glob("*.py")]
    return f"{__version__} {LAYOUT} {max((file.stat().st_mtime_ns for file in files), default=0)}"
