"""What the journal knows of one customer on a day, as an answer uses it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from servkit.answer.case import CustomerJournal, JournalPromise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from servkit.journal.entry import JournalEntry

#: The sort of a note, and the list of the answer that it joins.
NOTE_LISTS = {"priority": "priorities", "expectation": "expectations", "pace": "pace", "signal": "signals"}
#: How many grants and recoveries are shown as what happened lately.
RECENT = 5
#: The kinds of entry that an answer never shows.
_UNSEEN = ("answer", "praise", "signoff", "forgotten")


def view_customer(entries: Iterable[JournalEntry], day: date, zone: str) -> CustomerJournal | None:
    """What the entries of a customer, recorded by the end of ``day``, say of them; None where they say nothing.

    ``entries`` come from the oldest; ``zone`` is the book's time zone, in which an entry has its day."""
    used = [entry for entry in entries if entry.kind not in _UNSEEN and entry.body is not None]
    if not used:
        return None
    current = apply_corrections(used)
    view = _View(current, day, ZoneInfo(zone))
    return CustomerJournal(
        notes={name: view.notes(sort) for sort, name in NOTE_LISTS.items()},
        promises=view.promises(),
        recent=view.recent(),
        attributes=view.attributes(),
        digest="sha256:" + hashlib.sha256("".join(entry.hash for entry in used).encode()).hexdigest(),
    )


def apply_corrections(entries: Sequence[JournalEntry]) -> list[JournalEntry]:
    """The entries as they stand: corrected ones with what was corrected, without those that were withdrawn, and without
    grants and promises that were declined."""
    standing = {entry.id: entry for entry in entries if entry.kind not in ("correction", "approval")}
    for entry in entries:
        body = entry.body or {}
        target = standing.get(str(body.get("of")))
        if target is None:
            continue
        if entry.kind == "correction":
            if body.get("withdrawn"):
                del standing[target.id]
            else:
                changes = body.get("changes")
                merged = {**(target.body or {}), **(changes if isinstance(changes, dict) else {})}
                standing[target.id] = target._replace(body=merged)
        elif entry.kind == "approval":
            approval = {"by": body.get("by"), "role": body.get("role"), "state": body.get("state", "confirmed")}
            standing[target.id] = target._replace(body={**(target.body or {}), "approved": approval})
            if approval["state"] == "refused" and target.kind in ("grant", "promise"):
                del standing[target.id]
    return list(standing.values())


def approval_state(entry: JournalEntry) -> str:
    """``stated``, ``pending``, ``confirmed`` or (of a recovery's offers) ``refused``; empty where nobody has to approve
    it."""
    approved = (entry.body or {}).get("approved")
    return str(approved.get("state")) if isinstance(approved, dict) else ""


def is_pending(entry: JournalEntry) -> bool:
    """Whether it waits for somebody to approve it."""
    return approval_state(entry) == "pending"


def went_beyond(entry: JournalEntry) -> bool:
    """Whether somebody else had to approve it because the recorder's role may not. What an assistant records waits for
    a person in any case."""
    body = entry.body or {}
    return isinstance(body.get("approved"), dict) and "bot" not in body


def open_promises(entries: Sequence[JournalEntry]) -> Iterator[JournalEntry]:
    """The promises that nobody has closed as kept or broken; ``entries`` as they stand."""
    closed = {str((entry.body or {}).get("of")) for entry in entries if entry.kind == "kept"}
    return (entry for entry in entries if entry.kind == "promise" and entry.id not in closed and not is_pending(entry))


class _View:
    def __init__(self, entries: Sequence[JournalEntry], day: date, zone: ZoneInfo) -> None:
        self.entries, self.day, self.zone = entries, day, zone

    def _signed(self, entry: JournalEntry) -> dict[str, Any]:
        return {"noted": entry.day(self.zone).isoformat(), "by": entry.by, "journal": entry.id}

    def notes(self, sort: str) -> list[dict[str, Any]]:
        """The notes of one sort, newest first."""
        found = [entry for entry in self.entries if entry.kind == "note" and entry.text("sort") == sort]
        return [{"say": entry.text("say")} | self._signed(entry) for entry in reversed(found) if entry.text("say")]

    def promises(self) -> list[JournalPromise]:
        """The promises that hold on the day, newest first."""
        out = []
        for entry in open_promises(self.entries):
            until = entry.text("until") or None
            if until is None or until >= self.day.isoformat():
                noted = entry.day(self.zone).isoformat()
                out.append(JournalPromise(entry.text("term"), entry.text("value"), until, entry.by, noted, entry.id))
        return out[::-1]

    def recent(self) -> list[dict[str, Any]]:
        """The last grants and recoveries, newest first."""
        ends = {str((entry.body or {}).get("of")): entry for entry in self.entries if entry.kind == "recovered"}
        out: list[dict[str, Any]] = []
        for entry in reversed(self.entries):
            signed = {"on": entry.day(self.zone).isoformat(), "by": entry.by, "journal": entry.id}
            if entry.kind == "grant":
                facts = {name: entry.text(name) for name in ("term", "value", "because")}
                waits = {"pending": True} if is_pending(entry) else {}
                out.append({"kind": "grant", **facts, **signed, **waits})
            elif entry.kind == "recovery":
                end = ends.get(entry.id)
                done = end.text("say") if end is not None else None
                out.append({"kind": "recovery", "recovery": entry.text("recovery"), "done": done, **signed})
        return out[:RECENT]

    def attributes(self) -> dict[str, str]:
        """Attributes as heard, by name, as written; the last one heard counts."""
        heard: dict[str, str] = {}
        for entry in self.entries:
            given = (entry.body or {}).get("set")
            if entry.kind == "note" and isinstance(given, dict):
                heard |= {str(name): value for name, value in given.items() if isinstance(value, str)}
        return heard
