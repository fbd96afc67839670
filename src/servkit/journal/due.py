"""What is due: promises with a last day, follow-ups of recoveries, and recoveries that are still open."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from servkit.journal.customer_view import is_pending, open_promises

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.journal.entry import JournalEntry


class DueItem(NamedTuple):
    """Something to do: ``at`` is when it is due in the book's time zone, None where no day was set."""

    at: datetime | None
    kind: str
    entry: JournalEntry
    late: bool


def find_due(entries: Sequence[JournalEntry], now: datetime, *, by: str | None = None) -> list[DueItem]:
    """What is open, soonest first, what has no day last. ``entries`` as they stand; ``by`` leaves out other people's.

    ``now`` is a moment in the book's time zone, without an offset. A promise is due at the end of its last day."""
    closed = {entry.text("of") for entry in entries if entry.kind == "recovered"}
    found = [_item("promise", _last_moment(entry.text("until")), entry, now) for entry in open_promises(entries)]
    for entry in entries:
        if entry.kind == "recovery" and entry.id not in closed:
            kind = "follow-up" if entry.text("due") else "recovery"
            found.append(_item(kind, _moment(entry.text("due")), entry, now))
        if is_pending(entry):
            found.append(_item("approval", None, entry, now))
    mine = [item for item in found if by is None or item.entry.by.casefold() == by.casefold()]
    return sorted(mine, key=lambda item: (item.at is None, item.at or now, item.entry.position))


def _item(kind: str, at: datetime | None, entry: JournalEntry, now: datetime) -> DueItem:
    return DueItem(at, kind, entry, at is not None and at < now)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _last_moment(day: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(day), time(23, 59))
    except ValueError:
        return None
