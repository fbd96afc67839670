"""A compiled book: a SQLite file in the cache folder that holds every document as plain data.

It is never stale: the key is what the file system says of every file (name, inode, size, times of change), and a file
that changed so recently that a further change might not show in its times is compared by content. It is safe to
delete, safe with several processes, holds nothing executable, and costs only time where it is broken or cannot be
written: the same tables are then built in memory.

This module is the desk's way while nothing has changed; making and renewing the tables is in
:mod:`servkit.cache.compiler`.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from servkit.book.discovery import walk
from servkit.book.problems import ServkitError
from servkit.cache.digests import digest, stamp_of
from servkit.cache.folder import cache_folder
from servkit.clocks.today import is_today
from servkit.git import head_commit

if TYPE_CHECKING:
    from pathlib import Path

#: Changes whenever the tables do. What documents compile to is told by the code that reads them (see ``_version``).
LAYOUT = 3
BUSY_SECONDS = 3.0
_SEAL = 8
_MEMORY = ":memory:"


def database_path(root: Path) -> Path:
    """Where the compiled form of the book in a folder lies."""
    return cache_folder() / f"book-{digest(os.fsencode(root))}.sqlite"


def connect(root: Path) -> sqlite3.Connection:
    """A connection to the up-to-date compiled form of the book. Raises BookError where ``servkit.yaml`` is unusable."""
    path = str(database_path(root))
    for _ in range(2):
        try:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120 - each lookup comes here
            return _connected(path, root)
        except ServkitError:
            raise
        except Exception as fault:  # noqa: BLE001 - whatever is wrong with it, it can be made again
            if _is_busy(fault):
                break  # somebody else is making it; it is theirs to finish
            discard(root)
    return _connected(_MEMORY, root)


def discard(root: Path) -> None:
    """Take away the compiled form of a book: it is broken."""
    path = str(database_path(root))
    for name in (path, path + "-journal"):
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108


def _connected(path: str, root: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        _bring_up_to_date(connection, root)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_busy(fault: Exception) -> bool:
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _bring_up_to_date(connection: sqlite3.Connection, root: Path) -> None:
    now = time.time() // 1
    stamp = stamp_of(list(walk(str(root))))
    meta = read_meta(connection)
    if (
        meta.get("version") != _version()
        or meta.get("stamp") != stamp
        or meta.get("racy") != "0"
        or meta.get("head") != (head_commit(root) or "")
        or not is_today(meta.get("day"), int(now))
    ):
        from servkit.cache.compiler import renew

        renew(connection, root, _version())


def _version() -> str:
    """What the tables were made by: their layout, and the code that reads documents (a developer changes it)."""
    found = [str(LAYOUT)]
    for folder in ("", "book", os.path.join("book", "kinds"), "cache"):  # noqa: PTH118
        try:
            with os.scandir(os.path.join(os.path.dirname(os.path.dirname(__file__)), folder)) as entries:  # noqa: PTH118, PTH120
                for entry in entries:
                    if entry.name.endswith(".py"):
                        status = entry.stat()
                        found.append(f"{entry.name} {status.st_size} {status.st_mtime_ns}")
        except OSError:
            from servkit.version import __version__

            found.append(__version__)
    return digest("\n".join(found).encode())


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """What the tables say of themselves; nothing where there are none yet."""
    try:
        return dict(connection.execute("SELECT name, value FROM meta"))
    except sqlite3.OperationalError as fault:
        if "no such table" in str(fault):
            return {}
        raise


def sealed(data: Any) -> str:
    """Data as JSON behind a mark of its content, so that a torn or overwritten page is never taken for a document."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return digest(text.encode("utf-8", "surrogatepass"))[:_SEAL] + text


def unsealed(text: str) -> Any:
    """The data of :func:`sealed`. Raises ValueError where it is not as it was written."""
    data = text[_SEAL:]
    if text[:_SEAL] != digest(data.encode())[:_SEAL]:
        raise ValueError("a compiled book is broken")
    return json.loads(data)
