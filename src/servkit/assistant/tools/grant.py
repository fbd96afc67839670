"""``grant``: something beyond the rule, until a person confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from servkit.assistant.arguments import Arguments, Channel, Facts, Text, typed
from servkit.assistant.person_on_record import person_on_record
from servkit.desk.grants import grant
from servkit.desk.request import DeskRequest

if TYPE_CHECKING:
    from servkit.desk.session import Desk

TITLE, RECORDS = "Propose a grant", True


class Shape(Arguments):
    """Propose to give a customer something beyond the rule, as far as your role may. It waits until a person approves
    it: do not tell the customer that they have it. A refusal names the roles that may go so far."""

    customer: Annotated[Text, Field(description="The customer's id, or part of a name.")]
    term: Annotated[Text, Field(description="What you grant, such as billing.credit.")]
    value: Annotated[Text, Field(description="How much, such as 75 USD.")]
    because: Annotated[Text, Field(description="Why, in a sentence.")]
    reason: Annotated[
        str | None, Field(max_length=200, description="The code of one of the book's reasons, where it lists any.")
    ] = None
    again: Annotated[bool, Field(description="Grant the same once more on the same day.")] = False
    facts: Facts = Field(default_factory=dict, alias="set")
    channel: Channel = None


def call(desk: Desk, arguments: Shape) -> dict[str, Any]:
    """The entry that waits, a refusal, or the customers who match."""
    customer = person_on_record(desk, arguments.customer)
    if isinstance(customer, dict):
        return customer
    request = DeskRequest(arguments.customer, facts=typed(arguments.facts), channel=arguments.channel)
    return grant(
        desk,
        customer,
        arguments.term,
        arguments.value,
        arguments.because,
        request,
        reason=arguments.reason,
        again=arguments.again,
    ).data
