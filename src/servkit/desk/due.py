"""What the desk owes its customers: open promises, follow-ups and recoveries, and approvals that wait."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.answer_json import moment
from servkit.desk.day import typed_day
from servkit.desk.entries import standing_entries
from servkit.desk.recording import recorder_name
from servkit.journal.due import find_due

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servkit.desk.session import Desk
    from servkit.journal.due import DueItem


class DueList(NamedTuple):
    """What is due, seen from a day: soonest first, what has no day last."""

    on: date
    items: Sequence[DueItem]

    @property
    def late(self) -> bool:
        """Whether anything is late."""
        return any(item.late for item in self.items)


def due_list(desk: Desk, on: str | None = None, *, mine: bool = False) -> DueList:
    """What is due; ``mine``: only what the person at the desk recorded. Raises FieldError for ``on``."""
    now = desk.now()
    day = now.date() if on is None else typed_day(on, now.date(), "--on")
    if day != now.date():
        now = datetime.combine(day, time(0, 0))
    return DueList(day, find_due(standing_entries(desk), now, by=recorder_name(desk) if mine else None))


def due_data(found: DueList) -> dict[str, Any]:
    """What is due, as data."""
    items = [
        {
            "at": None if item.at is None else moment(item.at),
            "kind": item.kind,
            "late": item.late,
            "customer": item.entry.customer,
            "by": item.entry.by,
            "journal": item.entry.id,
            **{key: item.entry.text(key) for key in ("term", "value", "recovery") if item.entry.text(key)},
        }
        for item in found.items
    ]
    return {"schema": "servkit/due/1", "on": found.on.isoformat(), "due": items}
