"""Forgetting somebody: what the journal holds of them is deleted for good, and the chain still checks."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, NamedTuple

from servkit.journal.entry import new_draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
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
    return _erase(journal, [entry.id for entry in journal.entries(customer)], customer, forgetting(customer, by, now))


def forgetting(customer: str, by: str, now: datetime) -> Draft:
    """What waits in a queue until somebody can be forgotten on the server, too. It names the customer until then."""
    return new_draft("forgotten", {"by": by}, customer, now=now)


def forget_as_asked(journal: Journal, asked: Draft) -> int:
    """Do what waited in a queue: what was recorded until then is deleted. To do it twice is to do it once."""
    customer = str(asked.customer)
    ids = [entry.id for entry in journal.entries(customer) if entry.time <= asked.time]
    return _erase(journal, ids, customer, asked)


def _erase(journal: Journal, ids: Sequence[str], customer: str, asked: Draft) -> int:
    salt = secrets.token_hex(16)
    body = {**asked.body, "ids": ids, "salt": salt, "mark": _mark(customer, salt)}
    journal.erase(ids, asked._replace(customer=None, body=body))
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
