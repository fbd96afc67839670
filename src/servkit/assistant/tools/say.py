"""``say``: a script in the words of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from servkit.assistant.arguments import Arguments, Channel, Customer, Facts, Language, On, Text, typed
from servkit.desk.answers import matches_data
from servkit.desk.request import DeskRequest
from servkit.desk.scripts import Choice, Said, choices_data, say_script, script_data

if TYPE_CHECKING:
    from servkit.desk.session import Desk

TITLE, RECORDS = "Fill a script", False


class Shape(Arguments):
    """A script of the book in the words of a customer, ready to send as it is. `text` is null where something is
    missing: give each name in `missing` with `set`, after you have asked for it. If several scripts or customers
    match, choose one by id. The result is the JSON of `servkit say --format json`."""

    script: Annotated[Text, Field(description="A shortcode, an id, the beginning of one, or words.")]
    customer: Customer = None
    facts: Facts = Field(default_factory=dict, alias="set")
    channel: Channel = None
    language: Language = None
    on: On = None


def call(desk: Desk, arguments: Shape) -> dict[str, Any]:
    """The filled script, or what may be meant."""
    request = DeskRequest(
        arguments.customer,
        facts=typed(arguments.facts),
        channel=arguments.channel,
        language=arguments.language,
        on=arguments.on,
    )
    said = say_script(desk, arguments.script, request)
    if isinstance(said, Said):
        return script_data(said)
    scripts = [one for one in said if isinstance(one, Choice)]
    return choices_data(scripts) if scripts else matches_data([one for one in said if not isinstance(one, Choice)])
