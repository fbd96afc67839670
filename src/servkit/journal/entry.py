"""Entries of a journal, and the chain that holds them together.

Each entry holds the hash of the one before. The hash covers the id, the time, the kind and a *digest*. The digest
covers a random salt and the body, in which everything personal is. So an entry can be erased (salt, body and customer
go, the digest stays), the chain still checks, and nobody can guess the text from the digest.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The hash that the first entry follows.
START = "0" * 64
#: What an entry can be.
KINDS = ("note", "promise", "kept", "grant", "recovery", "recovered", "praise", "signoff", "answer", "correction",
         "approval", "forgotten")  # fmt: skip


class Draft(NamedTuple):
    """An entry before it has its place in the chain. ``time`` is written as :func:`write_time` writes it."""

    kind: str
    body: Mapping[str, Any]
    customer: str | None
    id: str
    time: str
    salt: str

    @property
    def digest(self) -> str:
        """What the chain knows of the body."""
        return digest_of(self.salt, self.customer, self.body)


class JournalEntry(NamedTuple):
    """One entry. ``body``, ``customer`` and ``salt`` are None where it has been erased."""

    position: int
    id: str
    time: str
    kind: str
    digest: str
    previous: str
    hash: str
    customer: str | None
    salt: str | None
    body: Mapping[str, Any] | None

    @property
    def moment(self) -> datetime:
        """When it was recorded, in UTC."""
        return datetime.fromisoformat(self.time)

    def day(self, zone: ZoneInfo) -> date:
        """The day it was recorded, in a time zone."""
        return self.moment.astimezone(zone).date()

    def text(self, key: str) -> str:
        """A text of the body; empty where there is none."""
        found = (self.body or {}).get(key)
        return found if isinstance(found, str) else ""

    @property
    def by(self) -> str:
        """Who recorded it."""
        return self.text("by")


def new_draft(kind: str, body: Mapping[str, Any], customer: str | None = None, *, now: datetime) -> Draft:
    """A new entry; ``now`` has a time zone."""
    return Draft(kind, body, customer, secrets.token_hex(6), write_time(now), secrets.token_hex(16))


def write_time(moment: datetime) -> str:
    """A moment as the journal writes it: UTC, to the microsecond, so that texts sort as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def end_of_day(day: date, zone: str) -> str:
    """The moment at which a day ends in a time zone, as the journal writes it."""
    if day == date.max:
        return write_time(datetime.max.replace(tzinfo=UTC))
    return write_time(datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone)))


def digest_of(salt: str, customer: str | None, body: Mapping[str, Any]) -> str:
    """The SHA-256 of the salt and of all that is personal."""
    return _sha256(salt, json.dumps([customer, body], sort_keys=True, ensure_ascii=True, separators=(",", ":")))


def hash_of(previous: str, id_: str, time_: str, kind: str, digest: str) -> str:
    """The hash of an entry, which the next one holds."""
    return _sha256(previous, id_, time_, kind, digest)


def _sha256(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
