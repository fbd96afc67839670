"""``note``: what was heard of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from servkit.assistant.arguments import Arguments, Channel, Text
from servkit.assistant.person_on_record import person_on_record
from servkit.desk.notes import note
from servkit.desk.request import DeskRequest

if TYPE_CHECKING:
    from servkit.desk.session import Desk

TITLE, RECORDS = "Write down what you heard", True


class Shape(Arguments):
    """Write down what you heard of a customer, in a sentence, for the next colleague. It is marked as heard by an
    assistant, and cannot be taken back by one. It decides nothing: attributes of a customer are for people to note."""

    customer: Annotated[Text, Field(description="The customer's id, or part of a name.")]
    text: Annotated[Text, Field(description="What you heard, in a sentence.")]
    sort: Annotated[
        Literal["priority", "expectation", "pace", "signal"],
        Field(description="What matters to them, what they expect, how fast they like it, or a sign to watch."),
    ] = "signal"
    channel: Channel = None


def call(desk: Desk, arguments: Shape) -> dict[str, Any]:
    """The entry, or the customers who match."""
    customer = person_on_record(desk, arguments.customer)
    if isinstance(customer, dict):
        return customer
    request = DeskRequest(arguments.customer, channel=arguments.channel)
    return note(desk, customer, arguments.text, arguments.sort, request).data
