"""Notes: what was heard of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import value_json
from servkit.book.problems import ServkitError
from servkit.desk.field_error import FieldError
from servkit.desk.recording import checked_text, record_entry, signed
from servkit.desk.request import DeskRequest, make_case
from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from servkit.answer.case import Customer
    from servkit.desk.recording import Recorded
    from servkit.desk.session import Desk

#: What a note can be, and how that is named to a person.
SORTS = {
    "priority": Message("What matters"),
    "expectation": Message("Expects"),
    "pace": Message("Pace"),
    "signal": Message("Signal"),
}


def note(desk: Desk, customer: Customer, text: str | None, sort: str, request: DeskRequest) -> Recorded:
    """Write down what was heard of a customer: a text, attributes (``request.facts``), or both.

    Raises ServkitError where there is nothing to note, or not so."""
    if text is None and not request.facts:
        raise ServkitError(Message("what did you hear? Write it behind the customer, or give --set NAME=VALUE"))
    case = make_case(desk, request, customer)
    heard = {}
    for name, value in case.given.items():
        if desk.settings.names[name].fact:
            why = Message("this is a fact of one case; a note keeps attributes of the customer")
            raise FieldError(f"--set {name}", why)
        if value is None:
            raise FieldError(f"--set {name}", Message("the value is missing"))
        heard[name] = value_json(value) if value.type != "list" else "; ".join(value.amount)
    body: dict[str, Any] = signed(desk, case)
    body |= {"sort": sort, "say": checked_text(text, "the note")} if text is not None else {}
    body |= {"set": heard} if heard else {}
    return record_entry(desk, "note", body, customer.id)
