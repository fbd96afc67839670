"""Writing into the journal: who records, what is kept, and who can see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problems import ServkitError
from servkit.desk.field_error import FieldError
from servkit.journal.entry import new_draft
from servkit.journal.recorder import record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.answer.case import Case
    from servkit.desk.session import Desk
    from servkit.journal.entry import Draft

#: Nobody notes more than this in a sentence or two.
LONGEST_TEXT = 4000


class Recorded(NamedTuple):
    """Entries that are in the journal now."""

    entries: Sequence[Draft]

    @property
    def body(self) -> Mapping[str, Any]:
        """What the first entry keeps."""
        return self.entries[0].body

    @property
    def data(self) -> dict[str, Any]:
        """The entries as data."""
        entries = [
            {"id": one.id, "time": one.time, "kind": one.kind, "customer": one.customer, **one.body}
            for one in self.entries
        ]
        return {"schema": "servkit/recorded/1", "entries": entries}


def recorder_name(desk: Desk) -> str:
    """Who records: ``bot`` for any program. Raises ServkitError without a name."""
    if desk.person.bot:
        return "bot"
    name = (desk.person.agent or "").strip()
    if not name:
        raise ServkitError("who records this? Add --agent NAME, or write `agent: NAME` into desk.yaml")
    return name


def checked_text(text: str, field: str) -> str:
    """A text to record. Raises FieldError for an empty or an endless one."""
    text = text.strip()
    if not text:
        raise FieldError(field, "it is empty; write what to record")
    if len(text) > LONGEST_TEXT:
        raise FieldError(field, f"it has {len(text)} characters, and {LONGEST_TEXT} is the limit")
    return text


def signed(desk: Desk, case: Case | None = None) -> dict[str, Any]:
    """Who recorded something, in which role and where; without what nobody gave."""
    where = {} if case is None else {"role": case.role, "channel": case.channel, "office": case.office}
    known = {"role_is": desk.person.role_is} if where.get("role") else {}
    bot = {"bot": desk.person.agent or ""} if desk.person.bot else {}
    return {"by": recorder_name(desk)} | bot | {name: value for name, value in where.items() if value} | known


def record_entry(desk: Desk, kind: str, body: Mapping[str, Any], customer: str | None = None) -> Recorded:
    """Record an entry of now. Notices say who can see it, and what waits."""
    entry = new_draft(kind, body, customer, now=desk.moment())
    location = desk.journal_location
    result = record(location, [entry])
    if result.waiting:
        entries = "1 entry waits" if result.waiting == 1 else f"{result.waiting} entries wait"
        desk.notice(f"the journal's server doesn't answer. {entries} on this machine, and will be sent later.")
    elif location.private:
        desk.notice(
            f"Only you can see this (it is in {location.path}). To share the journal, write `journal:` into "
            "servkit.yaml, or set SERVKIT_JOURNAL."
        )
    if result.sent:
        desk.notice(f"sent what had waited for the journal's server ({result.sent}).")
    return Recorded([entry])


def record_answer(desk: Desk, case: Case, told: Mapping[str, Any]) -> Recorded:
    """Record what was told."""
    customer = case.customer.id if case.customer is not None else None
    return record_entry(desk, "answer", signed(desk, case) | dict(told), customer)
