"""Connecting to the compiled book: a SQLite file in the cache folder that holds every document as plain data.

It is never stale. Its cache key is the stat of every file (name, inode, size, times of change). A file that changed in
the last two seconds might change again without a new time, so it is compared by content ("racy", as git calls it).
Processes may share the database, and anybody may delete it. A broken one is rebuilt; where none can be written, the
tables are built in memory.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from servkit.book.discovery import walk
from servkit.cache.digests import digest, stamp_of
from servkit.cache.sqlite_file import open_database, read_meta
from servkit.git import head_commit
from servkit.version import __version__

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

#: Change this whenever the tables change.
LAYOUT = 6


def database_path(root: Path, folder: Path | None) -> Path | None:
    """Where the compiled form of the book in ``root`` is stored; None, in memory, where there is no cache folder."""
    return None if folder is None else folder / f"book-{digest(os.fsencode(root))}.sqlite"


def connect(root: Path, folder: Path | None, progress: Callable[[int, int], None] | None = None) -> sqlite3.Connection:
    """A connection to the compiled form of the book, brought up to date. Raises BookError where ``servkit.yaml`` cannot
    be used. ``progress`` is called with how many of how many files have been looked at."""

    def renew_if_needed(connection: sqlite3.Connection) -> None:
        if not _is_current(connection, root):
            from servkit.cache.compiler import renew  # it loads libyaml and Pydantic, which most lookups don't need

            renew(connection, root, version(), progress)

    return open_database(database_path(root, folder), renew_if_needed)


def _is_current(connection: sqlite3.Connection, root: Path) -> bool:
    stamp = stamp_of(list(walk(str(root))))
    expected = {"version": version(), "stamp": stamp, "racy": "0", "head": head_commit(root) or ""}
    meta = read_meta(connection)
    return all(meta.get(name) == value for name, value in expected.items())


@cache
def version() -> str:
    """The version of the tables: servkit's version, their layout, and the time of the newest module that reads
    documents, so that a change to servkit itself rebuilds them too."""
    package = Path(__file__).parent.parent
    files = [file for folder in ("book", "book/kinds", "cache") for file in (package / folder).glob("*.py")]
    return f"{__version__} {LAYOUT} {max((file.stat().st_mtime_ns for file in files), default=0)}"
