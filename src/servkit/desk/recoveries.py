"""Recoveries: putting right what went wrong, from the first step to how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.answer_json import as_list, moment
from servkit.answer.due import due_moment
from servkit.answer.scope import in_force
from servkit.book.problems import ServkitError, UnknownNameError
from servkit.desk.entries import standing_entries
from servkit.desk.error_text import choose_from
from servkit.desk.field_error import FieldError
from servkit.desk.offers import approved, judge_offer, offered, refusal
from servkit.desk.recording import checked_text, record_entry, signed
from servkit.desk.request import make_case
from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from servkit.answer.case import Customer
    from servkit.book.entries import Entry
    from servkit.desk.offers import Approval, Offer, Refusal
    from servkit.desk.recording import Recorded
    from servkit.desk.request import DeskRequest
    from servkit.desk.session import Desk


class BegunRecovery(NamedTuple):
    """A recovery that was recorded: its title, its steps, what was offered, and when the follow-up is due."""

    recorded: Recorded
    title: str
    steps: Sequence[str]
    offers: Sequence[Offer]
    due: datetime | None


def begin_recovery(
    desk: Desk,
    customer: Customer,
    recovery: str,
    request: DeskRequest,
    *,
    offers: Sequence[str] = (),
    approval: Approval | None = None,
) -> BegunRecovery | Refusal:
    """Begin a recovery; ``offers`` are each TERM=VALUE. It begins at ``request.start``, or now.

    Raises ServkitError where there is no such recovery, or nothing to judge."""
    request = request._replace(start=request.start or "now")
    case = make_case(desk, request, customer)
    document = _document(desk, recovery, case.on.toordinal())
    judged = []
    for text in offers:
        ref, equals, value = text.partition("=")
        if not equals:
            raise FieldError("--offer", f"{text!r} is not of the form TERM=VALUE")
        offer = judge_offer(desk, request._replace(start=None), customer, ref.strip(), value.strip(), approval)
        if refused := refusal(ref.strip(), offer):
            return refused
        judged.append(offer)
    assert case.start is not None
    due = due_moment(document.prose.get("follow_up"), case, desk.settings, customer.attributes)
    body: dict[str, Any] = signed(desk, case) | {"recovery": document.id, "begun": moment(case.start)}
    body |= {"due": moment(due)} if due is not None else {}
    body |= {"offers": [offered(offer) for offer in judged]} if judged else {}
    recorded = record_entry(desk, "recovery", body | approved(desk, approval, *judged), customer.id)
    title = desk.settings.pick(document.prose.get("title")) or document.id
    steps = [_step(desk, step) for step in as_list(document.prose.get("steps"))]
    return BegunRecovery(recorded, title, steps, judged, due)


def close_recovery(desk: Desk, customer: Customer, recovery: str, text: str) -> Recorded:
    """Close the last open recovery of this name, with how it went. Raises UnknownNameError or ServkitError."""
    begun = _open_recovery(desk, customer, recovery)
    ended = moment(desk.now().replace(second=0, microsecond=0))
    body = {"of": begun, "recovery": recovery, "say": checked_text(text, "--done"), "ended": ended}
    return record_entry(desk, "recovered", signed(desk) | body, customer.id)


def _open_recovery(desk: Desk, customer: Customer, recovery: str) -> str:
    standing = standing_entries(desk, customer.id)
    closed = {entry.text("of") for entry in standing if entry.kind == "recovered"}
    begun = [entry for entry in standing if entry.kind == "recovery" and entry.id not in closed]
    found = [entry for entry in begun if entry.text("recovery") == recovery]
    if not found:
        names = tuple(sorted({entry.text("recovery") for entry in begun}))
        if names:
            raise UnknownNameError("open recovery", recovery, names, choose_from(names))
        raise ServkitError(
            Message("{name} has no open recovery; begin one first", {"name": customer.name or customer.id})
        )
    return found[-1].id


def _document(desk: Desk, id_: str, day: int) -> Entry:
    versions, _ = in_force(desk.book.versions("recovery", id_), day)
    for version in versions:
        if version.speaks:
            return version.entry
    raise UnknownNameError("recovery", id_, tuple(desk.book.ids(("recovery",))), "servkit list recovery lists them")


def _step(desk: Desk, step: Any) -> str:
    return desk.settings.pick(step["do"] if isinstance(step, dict) and "do" in step else step)
