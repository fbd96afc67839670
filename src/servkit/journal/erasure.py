"""Forgetting somebody: what the journal holds of them is deleted for good, and the chain still checks."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, NamedTuple

from servkit.journal.entry import new_draft

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from servkit.journal.entry import Draft, JournalEntry
    from servkit.journal.store import Journal


class Tombstones(NamedTuple):
    """Who was forgotten, and which entries: an import passes over both. Nobody can read a name out of it."""

    ids: frozenset[str]
    marks: tuple[tuple[str, str, str], ...]

    def covers(self, draft: Draft) -> bool:
        """Whether an entry belongs to somebody who was forgotten after it was recorded."""
        if draft.id in self.ids:
            return True
        customer = draft.customer
        return customer is not None and any(
            draft.time <= time and _mark(customer, salt) == mark for salt, mark, time in self.marks
        )


def forget(journal: Journal, customer: str, by: str, now: datetime) -> int:
    """Delete everything that the journal holds of a customer, and leave a tombstone. Returns how many entries."""
    ids = [entry.id for entry in journal.entries(customer)]
    salt = secrets.token_hex(16)
    body = {"by": by, "ids": ids, "salt": salt, "mark": _mark(customer, salt)}
    journal.erase(ids, new_draft("forgotten", body, now=now))
    return len(ids)


def tombstones(entries: Iterable[JournalEntry]) -> Tombstones:
    """All tombstones of a journal."""
    ids: set[str] = set()
    marks = []
    for entry in entries:
        if entry.kind == "forgotten" and entry.body is not None:
            listed = entry.body.get("ids")
            ids.update(str(id_) for id_ in listed if isinstance(id_, str)) if isinstance(listed, list) else None
            marks.append((entry.text("salt"), entry.text("mark"), entry.time))
    return Tombstones(frozenset(ids), tuple(marks))


def _mark(customer: str, salt: str) -> str:
    """A slow hash of a customer's id: it can be compared with an id, and not be turned back into one."""
    raw = hashlib.scrypt(customer.encode("utf-8", "surrogatepass"), salt=salt.encode(), n=2**13, r=8, p=1)
    return raw.hex()
