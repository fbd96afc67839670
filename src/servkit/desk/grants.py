"""Grants: discretion used, or an exception made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.values import write
from servkit.desk.entries import standing_entries
from servkit.desk.offers import Refusal, approved, choose_reason, judge_offer, offered, refusal, segments_of
from servkit.desk.recording import checked_text, record_entry, signed
from servkit.languages.catalogue import Message, Worded

if TYPE_CHECKING:
    from servkit.answer.case import Customer
    from servkit.desk.offers import Approval
    from servkit.desk.recording import Recorded
    from servkit.desk.request import DeskRequest
    from servkit.desk.session import Desk


def grant(
    desk: Desk,
    customer: Customer,
    term: str,
    value: str,
    because: str,
    request: DeskRequest,
    *,
    reason: str | None = None,
    again: bool = False,
    approval: Approval | None = None,
) -> Recorded | Refusal:
    """Grant a value of a term. A second grant of a term to a customer on one day has to be meant: ``again``.

    Raises ServkitError where there is nothing to judge."""
    because, code = checked_text(because, "--because"), choose_reason(desk, reason)
    offer = judge_offer(desk, request, customer, term, value, approval)
    if refused := refusal(term, offer):
        return refused
    today = desk.today()
    earlier = [
        entry
        for entry in standing_entries(desk, customer.id)
        if entry.kind == "grant" and entry.text("term") == term and entry.day(desk.zone) == today
    ]
    if earlier and not again:
        last = earlier[-1]
        told = Message("{name} granted {value} today.", {"name": last.by, "value": Worded(last.text("value"))})
        return Refusal(term, write(offer.value), told, repeated=True)
    body: dict[str, Any] = signed(desk, offer.case) | offered(offer) | {"because": because}
    body |= {"reason": code} if code else {}
    body |= {"again": True} if earlier else {}
    body |= approved(desk, approval, offer)
    if segments := segments_of(desk, offer.case):
        body["segments"] = segments
    return record_entry(desk, "grant", body, customer.id)
