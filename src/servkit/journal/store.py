"""A journal: entries are added at its end, read, and erased when somebody has to be forgotten."""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self

from servkit.journal.entry import START, Draft, JournalEntry, digest_of, hash_of
from servkit.journal.errors import JournalError
from servkit.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.journal.engine import Engine

_COLUMNS = "position, id, time, kind, digest, previous, hash, customer, salt, body"


class Journal:
    """The entries of one book, in the database of an engine. Use it in a ``with``: it closes the engine.

    Raises JournalError where the tables are from a newer servkit. Older ones are brought forward when somebody records.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        try:
            self._version = self._read_version()
        except JournalError:
            engine.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.engine.close()

    def _read_version(self) -> int:
        tables = self.engine.tables()
        if "journal_version" not in tables:
            if tables:
                raise JournalError(
                    Message("{name} is a database, but not a journal of servkit.", {"name": self.engine.shown})
                )
            return 0
        version = max((int(row[0]) for row in self.engine.rows("SELECT version FROM journal_version")), default=0)
        if version > len(_migrations()):
            told = Message("the journal {name} was written by a newer servkit. Update servkit to use it.")
            raise JournalError(told._replace(blanks={"name": self.engine.shown}))
        return version

    def _migrate(self) -> None:
        """Bring the tables forward, inside the transaction of whoever records."""
        self._version = self._read_version()
        for number, statements in enumerate(_migrations(), 1):
            if number > self._version:
                for statement in statements:
                    self.engine.run(statement)
                self.engine.run("UPDATE journal_version SET version = ?", (number,))
        self._version = len(_migrations())

    # --- writing --------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        version = self._version
        try:
            with self.engine.writing():
                yield
        except BaseException:
            self._version = version  # the tables that it made are gone again
            raise

    def append(self, drafts: Sequence[Draft]) -> list[JournalEntry]:
        """Add entries at the end: all of them, or none. One whose id is here already is passed over."""
        with self._writing():
            return self._add(drafts)

    def _add(self, drafts: Sequence[Draft]) -> list[JournalEntry]:
        added = []
        if self._version < len(_migrations()):
            self._migrate()
        position, previous = self.head()
        for draft in drafts:
            if next(self.engine.rows("SELECT 1 FROM entries WHERE id = ?", (draft.id,)), None) is not None:
                continue
            position += 1
            digest = draft.digest
            hash_ = hash_of(previous, draft.id, draft.time, draft.kind, digest)
            entry = JournalEntry(position, draft.id, draft.time, draft.kind, digest, previous, hash_,
                                 draft.customer, draft.salt, draft.body)  # fmt: skip
            self.engine.run(
                f"INSERT INTO entries ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*entry[:9], _body_text(draft.body)),
            )
            added.append(entry)
            previous = hash_
        return added

    def erase(self, ids: Sequence[str], tombstone: Draft) -> None:
        """Delete everything personal of some entries, add a tombstone, and overwrite what that leaves behind."""
        with self._writing():
            for id_ in ids:
                self.engine.run("UPDATE entries SET customer = NULL, salt = NULL, body = NULL WHERE id = ?", (id_,))
            self._add([tombstone])
        self.engine.clear_traces()

    def remove_all(self, ids: Sequence[str]) -> None:
        """Delete entries that have reached another journal (of a queue, never of a journal itself)."""
        with self._writing():
            for id_ in ids:
                self.engine.run("DELETE FROM entries WHERE id = ?", (id_,))
        self.engine.clear_traces()

    # --- reading --------------------------------------------------------------------------------------------------

    def head(self) -> tuple[int, str]:
        """How many entries there are, and the hash of the last one."""
        if self._version == 0:
            return 0, START
        last = next(self.engine.rows("SELECT position, hash FROM entries ORDER BY position DESC LIMIT 1"), None)
        return (0, START) if last is None else (int(last[0]), str(last[1]))

    def entries(
        self, customer: str | None = None, kinds: Sequence[str] = (), since: str = "", before: str = ""
    ) -> Iterator[JournalEntry]:
        """Entries from the oldest: of a customer, of some kinds, from a moment on, before a moment."""
        if self._version == 0:
            return
        conditions, parameters = ["1 = 1"], []
        for condition, value in (("customer = ?", customer), ("time >= ?", since), ("time < ?", before)):
            if value:
                conditions.append(condition)
                parameters.append(value)
        if kinds:
            conditions.append(f"kind IN ({', '.join('?' * len(kinds))})")
            parameters += kinds
        where = " AND ".join(conditions)
        for row in self.engine.rows(f"SELECT {_COLUMNS} FROM entries WHERE {where} ORDER BY position", parameters):
            yield _entry(row)

    def entry(self, id_: str) -> JournalEntry | None:
        """An entry by its id, or by the beginning of it where only one begins so."""
        if self._version == 0:
            return None
        exact = next(self.engine.rows(f"SELECT {_COLUMNS} FROM entries WHERE id = ?", (id_,)), None)
        if exact is not None:
            return _entry(exact)
        if len(id_) < 4 or not id_.isalnum():
            return None
        found = list(self.engine.rows(f"SELECT {_COLUMNS} FROM entries WHERE id LIKE ? LIMIT 2", (f"{id_}%",)))
        return _entry(found[0]) if len(found) == 1 else None


def check_chain(journal: Journal, head: str | None = None) -> list[str]:
    """What is wrong with the chain, a line each: an entry that was edited, one that is missing, an end that was cut.

    ``head`` is the hash that the last entry had when somebody wrote it down; entries may have come since.
    """
    faults, position, previous = [], 0, START
    seen_head = head in (None, START)
    for entry in journal.entries():
        position += 1
        name = f"entry {entry.position} ({entry.id}, {entry.kind})"
        if entry.position != position or entry.previous != previous:
            faults.append(f"{name}: the entry before it is missing, or was changed")
            position = entry.position
        if entry.hash != hash_of(entry.previous, entry.id, entry.time, entry.kind, entry.digest):
            faults.append(f"{name}: its id, time or kind was changed")
        if entry.body is not None and entry.salt is not None:
            if entry.digest != digest_of(entry.salt, entry.customer, entry.body):
                faults.append(f"{name}: its text was changed")
        elif not (entry.body is None and entry.salt is None and entry.customer is None):
            faults.append(f"{name}: a part of it was deleted")
        previous = entry.hash
        seen_head = seen_head or previous == head
    if not seen_head:
        faults.append(f"the end is missing: no entry has the hash {head}")
    return faults


def _entry(row: Sequence[Any]) -> JournalEntry:
    body = row[9]
    try:
        data = None if body is None else json.loads(body)
    except (ValueError, RecursionError, TypeError):
        data = {}
    if not (data is None or isinstance(data, dict)):
        data = {}
    position, id_, time, kind, digest, previous, hash_, customer, salt = row[:9]
    return JournalEntry(int(position), id_, time, kind, digest, previous, hash_, customer, salt, data)


def _body_text(body: Any) -> str:
    return json.dumps(body, ensure_ascii=True, sort_keys=True)


@cache
def _migrations() -> tuple[tuple[str, ...], ...]:
    """The statements of the numbered files of ``sql``, in their order."""
    found = sorted(path.name for path in (files("servkit.journal") / "sql").iterdir() if path.name.endswith(".sql"))
    texts = [(files("servkit.journal") / "sql" / name).read_text("utf-8") for name in found]
    return tuple(tuple(filter(None, map(str.strip, _without_comments(text).split(";")))) for text in texts)


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("--"))
