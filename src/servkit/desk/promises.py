"""Promises to a customer, from the first word until they are kept or broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.desk.day import typed_day
from servkit.desk.entries import standing_entries
from servkit.desk.field_error import FieldError
from servkit.desk.offers import approved, judge_offer, offered, refusal
from servkit.desk.recording import checked_text, record_entry, signed
from servkit.journal.customer_view import open_promises
from servkit.languages.catalogue import Message
from servkit.languages.typed_words import typed_words

if TYPE_CHECKING:
    from servkit.answer.case import Customer
    from servkit.desk.offers import Approval, Refusal
    from servkit.desk.recording import Recorded
    from servkit.desk.request import DeskRequest
    from servkit.desk.session import Desk


def promise(
    desk: Desk,
    customer: Customer,
    term: str,
    value: str,
    request: DeskRequest,
    *,
    until: str | None = None,
    because: str | None = None,
    approval: Approval | None = None,
) -> Recorded | Refusal:
    """Promise a value of a term, ``until`` its last day. Raises ServkitError where there is nothing to judge."""
    why, last = _reason(because), promise_day(desk, until)
    offer = judge_offer(desk, request, customer, term, value, approval)
    if refused := refusal(term, offer):
        return refused
    body = signed(desk, offer.case) | offered(offer) | why | ({"until": last} if last else {})
    return record_entry(desk, "promise", body | approved(desk, approval, offer), customer.id)


def close_promise(desk: Desk, customer: Customer, term: str, *, kept: bool, because: str | None = None) -> Recorded:
    """Close the last open promise of a term as kept or broken. Raises ServkitError where there is none."""
    why = _reason(because)
    standing = [one for one in open_promises(standing_entries(desk, customer.id)) if one.text("term") == term]
    if not standing:
        blanks = {"name": customer.name or customer.id, "term": term}
        raise ServkitError(Message("{name} has no open promise of {term} in the journal", blanks))
    body = signed(desk) | {"of": standing[-1].id, "term": term, "kept": kept} | why
    return record_entry(desk, "kept", body, customer.id)


def promise_day(desk: Desk, text: str | None) -> str | None:
    """The last day of a promise, which is not over. Raises FieldError."""
    if text is None:
        return None
    today = desk.today()
    day = typed_day(text, today, "--until", typed_words(desk.words()))
    if day < today:
        blanks = {"day": day.isoformat(), "today": today.isoformat()}
        raise FieldError("--until", Message("{day} is over; write a day from {today} on", blanks))
    return day.isoformat()


def _reason(because: str | None) -> dict[str, str]:
    return {} if because is None else {"because": checked_text(because, "--because")}
