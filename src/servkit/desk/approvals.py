"""Approvals: what was granted or promised, and waits until a person whose role may says yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.problems import ServkitError
from servkit.desk.entries import entries_at_hand, find_entry, standing_entries
from servkit.desk.offers import Refusal, judge_offer, refusal
from servkit.desk.recording import checked_text, record_entry, recorder_name, signed
from servkit.desk.request import DeskRequest
from servkit.journal.customer_view import is_pending
from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.answer.case import Customer
    from servkit.desk.recording import Recorded
    from servkit.desk.session import Desk
    from servkit.journal.entry import JournalEntry


def waiting_approvals(desk: Desk) -> list[JournalEntry]:
    """The entries that wait for somebody to approve them, from the oldest."""
    return [entry for entry in standing_entries(desk) if is_pending(entry)]


def decide(desk: Desk, id_: str, *, approve: bool, because: str | None = None) -> Recorded | Refusal:
    """Approve an entry that waits, or decline it, as the person at the desk; ``id_`` may be the beginning of its id.

    The rule is that of grants (JOURNAL.md, *Authority*), judged for the role of whoever decides, on the day and with
    the facts of the entry. Nobody approves their own, and nobody in place of the one who was asked.

    Raises UnknownNameError or ServkitError where nothing waits, or there is nothing to judge."""
    waiting = waiting_approvals(desk)
    _check_waits(desk, waiting, id_)
    entry = find_entry(waiting, id_, "servkit due lists what waits")
    reason = {} if because is None else {"because": checked_text(because, "--because")}
    if refused := why_not(desk, entry):
        return refused
    state = {"of": entry.id, "state": "confirmed" if approve else "refused"}
    role = {"role": desk.person.role, "role_is": desk.person.role_is}
    body: dict[str, Any] = signed(desk) | role | state | reason
    return record_entry(desk, "approval", body, entry.customer)


def _check_waits(desk: Desk, waiting: Sequence[JournalEntry], id_: str) -> None:
    """Raise ServkitError for an entry that somebody has decided about, or that waits for nobody."""
    if not id_ or any(entry.id.startswith(id_) for entry in waiting):
        return
    entries = entries_at_hand(desk)
    decided = [one for one in entries if one.kind == "approval" and one.text("of").startswith(id_)]
    if decided:
        approved = decided[-1].text("state") == "confirmed"
        told = Message("{name} has declined entry {id} already; nothing was recorded")
        if approved:
            told = Message("{name} has approved entry {id} already; nothing was recorded")
        raise ServkitError(told._replace(blanks={"name": decided[-1].by, "id": decided[-1].text("of")}))
    found = next((one for one in entries if one.id.startswith(id_)), None)
    if found is not None:
        raise ServkitError(Message("entry {id} waits for nobody's yes; see what is due", {"id": found.id}))


def why_not(desk: Desk, entry: JournalEntry) -> Refusal | None:
    """Why the person at the desk may not decide about an entry that waits; None where they may.

    Raises ServkitError where there is nothing to judge."""
    name, asked = recorder_name(desk), _asked(entry)
    offers = list(_offers(entry))
    if not offers or entry.customer is None:
        raise ServkitError(Message("entry {id} holds no value to approve", {"id": entry.id}))
    if desk.person.bot:
        return Refusal(*offers[0][:2], Message("A person has to decide about this."))
    if name.casefold() == entry.by.casefold():
        return Refusal(*offers[0][:2], Message("Nobody approves their own."))
    if asked and name.casefold() != asked.casefold():
        return Refusal(*offers[0][:2], Message("{name} was asked to approve this.", {"name": asked}))
    customer = desk.directory.exact(entry.customer)
    if customer is None:
        raise ServkitError(Message("the customer of entry {id} is not on record any more", {"id": entry.id}))
    for ref, value, facts in offers:
        if refused := _judged(desk, entry, customer, ref, value, facts):
            return refused
    return None


def _judged(
    desk: Desk, entry: JournalEntry, customer: Customer, ref: str, value: str, facts: Mapping[str, str]
) -> Refusal | None:
    request = DeskRequest(
        entry.customer,
        facts=[f"{name}={text}" for name, text in facts.items()],
        channel=entry.text("channel") or None,
        office=entry.text("office") or None,
        on=entry.day(desk.zone).isoformat(),
    )
    offer = judge_offer(desk, request, customer, ref, value, None)
    return refusal(ref, offer)


def _offers(entry: JournalEntry) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """The terms of an entry with their values and facts: one, or those that a recovery offers."""
    body = entry.body or {}
    offered = body.get("offers")
    for one in offered if isinstance(offered, list) else [body]:
        if isinstance(one, dict) and isinstance(one.get("term"), str) and isinstance(one.get("value"), str):
            facts = one.get("facts")
            yield one["term"], one["value"], facts if isinstance(facts, dict) else {}


def _asked(entry: JournalEntry) -> str:
    """Who was asked to approve it; empty where anybody may whose role may."""
    approved = (entry.body or {}).get("approved")
    by = approved.get("by") if isinstance(approved, dict) else None
    return by if isinstance(by, str) else ""
