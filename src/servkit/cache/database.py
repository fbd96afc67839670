"""Connecting to the compiled book: a SQLite file in the cache folder that holds every document as plain data.

It is never stale. Its key is what the file system says of every file (name, inode, size, times of change), and files
that changed so recently that another change might not show are compared by content. It is safe to delete and to share
between processes. Where it is broken it is made again; where it cannot be written, the same tables are made in memory.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servkit.book.discovery import walk
from servkit.book.problems import ServkitError
from servkit.cache.digests import digest, stamp_of
from servkit.git import head_commit
from servkit.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

#: Change this whenever the tables change.
LAYOUT = 4
BUSY_SECONDS = 3.0
_SEAL = 8
#: What the name of a file begins with whose path is not text.
_NO_TEXT = "\0"
_MEMORY = ":memory:"


def database_path(root: Path, folder: Path | None) -> str:
    """Where the compiled form of the book in ``root`` is stored; in memory where there is no cache folder."""
    return _MEMORY if folder is None else str(folder / f"book-{digest(os.fsencode(root))}.sqlite")


def connect(root: Path, folder: Path | None, progress: Callable[[int, int], None] | None = None) -> sqlite3.Connection:
    """A connection to the compiled form of the book, brought up to date. Raises BookError where ``servkit.yaml`` cannot
    be used. ``progress`` is called with how many of how many files have been looked at."""
    path = database_path(root, folder)
    if folder is not None:
        for _ in range(2):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                return _connected(path, root, progress)
            except ServkitError:
                raise
            except Exception as fault:  # noqa: BLE001 - whatever is wrong with the file, it can be made again
                if _is_busy(fault):
                    break  # another process is writing it
                discard(path)
    return _connected(_MEMORY, root, progress)


def discard(path: str) -> None:
    """Delete a broken database."""
    for name in (path, path + "-journal"):
        with suppress(OSError):
            Path(name).unlink()


def _connected(path: str, root: Path, progress: Callable[[int, int], None] | None) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        if not _is_current(connection, root):
            from servkit.cache.compiler import renew  # it loads libyaml and Pydantic, which most lookups don't need

            renew(connection, root, version(), progress)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_busy(fault: Exception) -> bool:
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _is_current(connection: sqlite3.Connection, root: Path) -> bool:
    stamp = stamp_of(list(walk(str(root))))
    expected = {"version": version(), "stamp": stamp, "racy": "0", "head": head_commit(root) or ""}
    meta = read_meta(connection)
    return all(meta.get(name) == value for name, value in expected.items())


@cache
def version() -> str:
    """What made the tables: servkit's version, their layout, and the newest module that reads documents, so that the
    tables are also made again while servkit itself is being worked on."""
    package = Path(__file__).parent.parent
    files = [file for folder in ("book", "book/kinds", "cache") for file in (package / folder).glob("*.py")]
    return f"{__version__} {LAYOUT} {max((file.stat().st_mtime_ns for file in files), default=0)}"


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """What the tables say of themselves; nothing where there are none yet."""
    try:
        return dict(connection.execute("SELECT name, value FROM meta"))
    except sqlite3.OperationalError as fault:
        if "no such table" in str(fault):
            return {}
        raise


def name_of_path(path: str) -> str:
    """A path as the database can hold it. A name with characters that are not text is stored as its bytes."""
    return path if path.isprintable() else _NO_TEXT + os.fsencode(path).hex()


def path_of(name: str) -> str:
    """The inverse of :func:`name_of_path`."""
    return os.fsdecode(bytes.fromhex(name[1:])) if name.startswith(_NO_TEXT) else name


def sealed(data: Any) -> str:
    """Data as JSON after a digest of it, so that a torn or overwritten page is never taken for a document."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return digest(text.encode("utf-8", "surrogatepass"))[:_SEAL] + text


def unsealed(text: str) -> Any:
    """The data of :func:`sealed`. Raises ValueError where the digest does not fit."""
    data = text[_SEAL:]
    if text[:_SEAL] != digest(data.encode())[:_SEAL]:
        raise ValueError("a compiled book is broken")
    return json.loads(data)
