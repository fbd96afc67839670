"""Writing into the journal: who records, what is kept, and who can see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problems import ServkitError
from servkit.desk.field_error import FieldError
from servkit.journal.entry import new_draft
from servkit.journal.recorder import Recorded as Recording
from servkit.journal.recorder import record
from servkit.languages.catalogue import Message

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
        raise ServkitError(Message("who records this? Add --agent NAME, or write `agent: NAME` into desk.yaml"))
    return name


def checked_text(text: str, field: str) -> str:
    """A text to record. Raises FieldError for an empty or an endless one."""
    text = text.strip()
    if not text:
        raise FieldError(field, Message("it is empty; write what to record"))
    if len(text) > LONGEST_TEXT:
        blanks = {"count": len(text), "limit": LONGEST_TEXT}
        raise FieldError(field, Message("it has {count} characters, and {limit} is the limit", blanks))
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
    if result != Recording() or _is_alone(desk):
        _tell(desk, result)
    return Recorded([entry])


def _is_alone(desk: Desk) -> bool:
    """Whether nobody else sees what is recorded: a server is there for its whole team."""
    return desk.journal_location.private and not desk.person.signed_in


def _tell(desk: Desk, result: Recording) -> None:
    """Who can see what was recorded, and what waits for a server."""
    location, words = desk.journal_location, desk.words()
    if result.waiting:
        told = words.ngettext(
            "the journal's server doesn't answer. {count} entry waits on this machine, and will be sent later.",
            "the journal's server doesn't answer. {count} entries wait on this machine, and will be sent later.",
            result.waiting,
        )
        desk.notice(told)
    elif _is_alone(desk):
        told = words.gettext(
            "Only you can see this (it is in {path}). To share the journal, write `journal:` into servkit.yaml, or "
            "set SERVKIT_JOURNAL.",
            path=location.path,
        )
        desk.notice(told)
    if result.sent:
        desk.notice(words.gettext("sent what had waited for the journal's server ({count}).", count=result.sent))


def record_answer(desk: Desk, case: Case, told: Mapping[str, Any]) -> Recorded:
    """Record what was told."""
    customer = case.customer.id if case.customer is not None else None
    return record_entry(desk, "answer", signed(desk, case) | dict(told), customer)
