"""A journal in a SQLite file: the default, for one desk or for several on one machine."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from servkit.journal.errors import JournalError
from servkit.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

#: How long to wait for another desk that is writing.
BUSY_SECONDS = 20.0
#: How long a desk waits before it asks for its turn to write again.
TURN_MILLISECONDS = 8


class SqliteEngine:
    """A connection to a file. With ``create`` the file and its folder are made where they are missing."""

    def __init__(self, path: Path, *, create: bool) -> None:
        self.path, self.shown = path, str(path)
        with self._errors():
            if create:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if path.exists() and not stat.S_ISREG(path.stat().st_mode):
                raise JournalError(Message("{file} is not a file, so it can't hold the journal.", {"file": str(path)}))
            mode = "rwc" if create else "rw"
            self.connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
            )
            try:
                self._set_up(create=create)
            except BaseException:
                self.connection.close()
                raise

    def _set_up(self, *, create: bool) -> None:
        if create:
            if self.path.stat().st_size == 0:
                self.path.chmod(0o600)
            self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("PRAGMA secure_delete = ON")

    def tables(self) -> set[str]:
        return {str(name) for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> Iterator[Sequence[Any]]:
        with self._errors():
            yield from self.connection.execute(statement, parameters)

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        with self._errors():
            self.connection.execute(statement, parameters)

    def _begin(self) -> None:
        """Wait for the other desks. SQLite itself asks more and more seldom, so that a busy desk would starve the
        others: short waits, many times, give everybody a turn."""
        self.run(f"PRAGMA busy_timeout = {TURN_MILLISECONDS}")
        try:
            for _ in range(round(1000 * BUSY_SECONDS / TURN_MILLISECONDS)):
                try:
                    self.connection.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as fault:
                    if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                        break
                else:
                    return
            self.run("BEGIN IMMEDIATE")
        finally:
            self.run(f"PRAGMA busy_timeout = {round(1000 * BUSY_SECONDS)}")

    @contextmanager
    def writing(self) -> Iterator[None]:
        self._begin()
        try:
            yield
            self.run("COMMIT")
        finally:
            if self.connection.in_transaction:
                self.connection.rollback()

    def clear_traces(self) -> None:
        for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            for busy, *_ in list(self.rows(statement)):
                if busy:
                    raise JournalError(
                        f"the journal {self.path}: it is deleted, but another program kept the file open, so that "
                        "parts may still be in the file. Run the command again."
                    )

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except UnicodeError as fault:
            raise self._error(Message("a name holds characters that it can't keep")) from fault
        except (sqlite3.Error, OSError) as fault:
            raise self._error(_reason(fault)) from fault

    def _error(self, reason: Message) -> JournalError:
        return JournalError(Message("the journal {name}: {reason}", {"name": self.shown, "reason": reason}))


def _reason(fault: Exception) -> Message:
    full = getattr(fault, "sqlite_errorcode", 0)
    if full == sqlite3.SQLITE_READONLY_DIRECTORY:
        return Message("you may not write to its folder, and even reading needs that. Ask whoever owns the folder.")
    if full == sqlite3.SQLITE_IOERR_SHMSIZE:
        return Message("the disk is full, and even reading needs a little room. Nothing was recorded.")
    code = full & 0xFF
    reasons = {
        sqlite3.SQLITE_BUSY: Message("another program is writing to it, and didn't stop in time. Try again."),
        sqlite3.SQLITE_FULL: Message("the disk is full. Nothing was recorded."),
        sqlite3.SQLITE_IOERR: Message("the disk doesn't take or give what it should. Nothing was recorded."),
        sqlite3.SQLITE_NOTADB: Message("this is not a database. Name another file, or restore it from a backup."),
        sqlite3.SQLITE_CORRUPT: Message("the file is damaged. Restore it from a backup."),
        sqlite3.SQLITE_READONLY: Message("you may not write to it. Ask whoever owns the file."),
        sqlite3.SQLITE_PERM: Message("you may not read it. Ask whoever owns the file."),
        sqlite3.SQLITE_CANTOPEN: Message("it can't be opened. Check the folder and who may read it."),
    }
    if isinstance(fault, OSError):
        return Message("{fault}.", {"fault": fault.strerror or "it cannot be opened"})
    return reasons.get(code, Message("the database refuses. Nothing was recorded."))
