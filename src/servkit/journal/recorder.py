"""Recording: into the journal, or into a queue beside it as long as its server is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.journal.entry import Draft
from servkit.journal.erasure import forget, forget_as_asked, forgetting, tombstones
from servkit.journal.errors import UnreachableError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from servkit.journal.entry import JournalEntry
    from servkit.journal.location import Location
    from servkit.journal.store import Journal


class Recorded(NamedTuple):
    """What came of it: ``waiting`` is how many entries wait in the queue, ``sent`` how many of them were sent now."""

    waiting: int = 0
    sent: int = 0


def record(location: Location, drafts: Sequence[Draft]) -> Recorded:
    """Record entries. Where the server is gone, they wait in the queue; what waits is sent before anything new.

    Nothing is lost or comes twice: an entry has its id from the start, and leaves the queue once the server has it.
    """
    try:
        with location.open(create=True) as journal:
            sent = send_queue(location, journal)
            journal.append(drafts)
            return Recorded(sent=sent)
    except UnreachableError:
        with location.open_queue(create=True) as queue:
            queue.append(drafts)
            return Recorded(waiting=sum(1 for _ in queue.entries()))


def send_queue(location: Location, journal: Journal) -> int:
    """Send what waits to the server, and return how many entries that were. Who was to be forgotten is forgotten there,
    too; what belongs to somebody who was forgotten in the meantime is deleted here instead."""
    if location.path is not None or not location.queue.exists():
        return 0
    with location.open_queue() as queue:
        waiting = [as_draft(entry) for entry in queue.entries() if entry.body is not None]
        if not waiting:
            return 0
        gone = tombstones(journal.entries(kinds=("forgotten",)))
        wanted = [draft for draft in waiting if draft.kind != "forgotten" and not gone.covers(draft)]
        journal.append(wanted)
        for draft in waiting:
            if draft.kind == "forgotten":
                forget_as_asked(journal, draft)
        queue.remove_all([draft.id for draft in waiting])
    return len(wanted)


class Forgotten(NamedTuple):
    """How many entries were deleted. ``gone`` says why those of the server have to wait; empty where it answered."""

    entries: int
    gone: str = ""


def forget_customer(location: Location, customer: str, by: str, now: datetime) -> Forgotten:
    """Delete what the journal and its queue hold of a customer. Where the server is gone, it is deleted there as soon
    as it answers."""
    count, gone = 0, ""
    try:
        if location.exists:
            with location.open(create=True) as journal:
                count = forget(journal, customer, by, now)
    except UnreachableError as fault:
        gone = fault.message
    if gone or (location.path is None and location.queue.exists()):
        with location.open_queue(create=True) as queue:
            waiting = list(queue.entries(customer))
            queue.remove_all([entry.id for entry in waiting])
            count += sum(entry.kind != "forgotten" for entry in waiting)
            queue.append([forgetting(customer, by, now)] if gone else [])
    return Forgotten(count, gone)


class Reading(NamedTuple):
    """Entries from the oldest. ``gone`` says why those of the server are missing; empty where it answered."""

    entries: list[JournalEntry]
    gone: str = ""


def read_entries(
    location: Location, customer: str | None = None, kinds: Sequence[str] = (), since: str = "", before: str = ""
) -> Reading:
    """Entries, as :meth:`Journal.entries` has them, and those that still wait for the server. What waits is sent first,
    so that the other desks see it too."""
    if not location.exists:
        return Reading([])
    entries, gone = [], ""
    try:
        with location.open() as journal:
            send_queue(location, journal)
            entries = list(journal.entries(customer, kinds, since, before))
    except UnreachableError as fault:
        gone = fault.message
    if gone and location.queue.exists():
        with location.open_queue() as queue:
            entries = list(queue.entries(customer, kinds, since, before))
    return Reading(entries, gone)


def as_draft(entry: JournalEntry) -> Draft:
    """An entry as it was before it had its place, to add it to another journal."""
    return Draft(entry.kind, entry.body or {}, entry.customer, entry.id, entry.time, entry.salt or "")
