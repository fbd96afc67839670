"""SQLite files in the cache folder: used where they are proved whole, and made again otherwise.

A database never changes once it is there. Whoever renews it writes a new file beside it and then, in one step, a note
that names the new file. The note says what the database was made of (its ``origin``), its digest, and what the file
system said of it. As long as the file system says the same, nobody has touched the file; otherwise the whole file is
compared with the digest. So no damage, wherever it is, becomes an answer, and nobody has to wait for a lock.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import time
from collections import defaultdict
from contextlib import closing, contextmanager, suppress
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from servkit.book.problems import BusyError, ServkitError
from servkit.cache.digests import digest
from servkit.cache.folder import RACY_NS
from servkit.files import open_file, read_file, write_file
from servkit.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Origin = Mapping[str, Any]

#: Databases that no note names are deleted once nobody can be writing or opening them any more.
_ABANDONED_SECONDS = 600
_MOST_NOTE = 16 << 20
_MARK = 32
#: Others may renew a database, or take it away, under our hands.
_ATTEMPTS = 3
#: Of the threads of a process that need the same database, one renews it. The others wait so long, in seconds.
PATIENCE = 3.0
_RENEWING: defaultdict[Path, RLock] = defaultdict(RLock)


class Database(NamedTuple):
    """A connection to a database, and what the database was made of."""

    connection: sqlite3.Connection
    origin: Origin


class _Note(NamedTuple):
    """What is noted of a database. It is ``settled`` once a further change would show in its ``stamp``."""

    file: str
    digest: str
    stamp: list[int]
    settled: bool
    origin: dict[str, Any]


def open_database(
    note: Path | None,
    checked: Callable[[Origin], Origin | None],
    renew: Callable[[sqlite3.Connection, Origin], Origin],
    like: Path | None = None,
) -> Database:
    """The database of a note; in memory without one, and where none can be written.

    ``checked`` gives the origin where the database is current, perhaps with something noted, else None. ``renew``
    brings an old or an empty one up to date, and gives its new origin. Where there is no database yet, it begins with
    that of the note ``like``. Passes on the ServkitErrors of both.
    """
    for attempt in range(_ATTEMPTS if note is not None else 0):
        assert note is not None
        try:
            return _stored(note.absolute(), checked, renew, like, fresh=attempt == _ATTEMPTS - 1)
        except ServkitError:
            raise
        except Exception:  # noqa: BLE001 - whatever is wrong in the folder, the database can be made again
            if _read_note(note) is None:
                discard(note)
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        return Database(connection, renew(connection, {}))
    except BaseException:
        connection.close()
        raise


def discard(note: Path | None) -> None:
    """Forget a database that turned out to be broken."""
    if note is not None:
        with suppress(OSError):
            note.unlink()


def make_tables(connection: sqlite3.Connection, statements: str) -> None:
    """Drop whatever tables there are, and run statements that create new ones."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for (name,) in connection.execute(query).fetchall():
        connection.execute('DROP TABLE "' + name.replace('"', '""') + '"')
    for statement in statements.split(";"):
        connection.execute(statement)


def _stored(
    path: Path,
    checked: Callable[[Origin], Origin | None],
    renew: Callable[[sqlite3.Connection, Origin], Origin],
    like: Path | None,
    *,
    fresh: bool,
) -> Database:
    old, database = (None, None) if fresh else _current(path, checked)
    if database is None:
        with _turn(path):
            noted = _read_note(path)
            if not fresh and noted is not None and (old is None or noted.file != old.file):
                old, database = _current(path, checked)  # somebody has renewed it meanwhile
            if database is None:
                database = _replaced(path, old, None if fresh else like, renew)
    return database


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    """Nobody else in this process renews the database meanwhile. Raises BusyError where somebody does for long."""
    if not _RENEWING[path].acquire(timeout=PATIENCE):
        raise BusyError(Message("A file has changed and is being read. Try again in a few seconds."))
    try:
        yield
    finally:
        _RENEWING[path].release()


def _current(path: Path, checked: Callable[[Origin], Origin | None]) -> tuple[_Note | None, Database | None]:
    """The note of a whole database, and the database where it is current."""
    known, whole = _read_whole(path)
    origin = checked(whole.origin) if whole is not None else None
    if whole is None or origin is None:
        return whole, None
    if (noted := whole._replace(origin=dict(origin))) != known:
        with suppress(OSError):  # a folder that may only be read
            _write_note(path, noted)
    return whole, Database(_connected(path.with_name(whole.file)), origin)


def _replaced(
    path: Path, old: _Note | None, like: Path | None, renew: Callable[[sqlite3.Connection, Origin], Origin]
) -> Database:
    """A new database in the place of an old one; where there is none, it begins with that of the note ``like``."""
    if old is None:
        return _renewed(path, _read_whole(like)[1] if like is not None else None, renew)
    database = _renewed(path, old, renew)
    with suppress(OSError):
        path.with_name(old.file).unlink()
    return database


def _read_whole(path: Path) -> tuple[_Note | None, _Note | None]:
    """The note as it stands, and with what the file system says of its database now; None without a whole database."""
    note = _read_note(path)
    while note is not None:
        whole = _whole(path, note)
        again = note if whole is not None else _read_note(path)
        if again == note:
            return note, whole
        note = again  # somebody has put another one in its place
    return None, None


def _connected(file: Path) -> sqlite3.Connection:
    """A connection that any thread may use, one at a time."""
    return sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True, isolation_level=None, check_same_thread=False)


def _whole(path: Path, note: _Note) -> _Note | None:
    """The note, with what the file system says of the database now; None where the database is not what it was."""
    try:
        with open_file(path.with_name(note.file)) as file:
            stamp = _stamp(file.fileno())
            if stamp == note.stamp and note.settled:
                return note
            settled = stamp[-1] < time.time_ns() - RACY_NS
            if hashlib.file_digest(file, hashlib.blake2b).hexdigest() == note.digest:
                return note._replace(stamp=stamp, settled=settled)
    except FileNotFoundError:
        pass
    return None


def _stamp(descriptor: int) -> list[int]:
    status = os.fstat(descriptor)
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    return [status.st_ino, status.st_size, status.st_mtime_ns, changed]


def _renewed(path: Path, old: _Note | None, renew: Callable[[sqlite3.Connection, Origin], Origin]) -> Database:
    """A new database, made from the old one where there is one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f"{path.stem}-{uuid4().hex}.sqlite")
    try:
        if old is not None:
            shutil.copyfile(path.with_name(old.file), new)
        with closing(sqlite3.connect(new, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")  # nobody else knows the file yet
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN")
            origin = renew(connection, old.origin if old is not None else {})
            connection.execute("COMMIT")
        with new.open("rb+") as file:
            os.fsync(file.fileno())
            name = hashlib.file_digest(file, hashlib.blake2b).hexdigest()
            _write_note(path, _Note(new.name, name, _stamp(file.fileno()), False, dict(origin)))
        database = Database(_connected(new), origin)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise
    _delete_abandoned(path, new)
    return database


def _delete_abandoned(path: Path, current: Path) -> None:
    """Delete the databases of this note that nobody can be using any more."""
    for file in path.parent.glob(f"{path.stem}-{'?' * 32}.sqlite"):
        with suppress(OSError):
            if file != current and file.stat().st_mtime < time.time() - _ABANDONED_SECONDS:
                file.unlink()


def _read_note(path: Path) -> _Note | None:
    """The note, with its own digest in front; None where there is none that is whole."""
    try:
        raw = read_file(path, _MOST_NOTE)
        return _Note(*json.loads(raw[_MARK:])) if raw[:_MARK].decode() == digest(raw[_MARK:]) else None
    except (OSError, ValueError, TypeError):
        return None


def _write_note(path: Path, note: _Note) -> None:
    raw = json.dumps(note, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    write_file(path, digest(raw).encode() + raw)
