"""What an assistant may send to a tool: shapes that the SDK's clients read as JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from servkit.book.problems import ServkitError
from servkit.desk.request import DeskRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Nobody types more.
LONGEST, MOST = 20_000, 100
#: So many things that are wrong are told at once.
_MOST_TOLD = 5

Text = Annotated[str, Field(max_length=LONGEST)]
Customer = Annotated[
    str | None,
    Field(max_length=LONGEST, description="The customer's id, or part of a name. Leave it out for somebody unknown."),
]
About = Annotated[
    list[Text],
    Field(max_length=MOST, description="Areas or ids of documents, such as returns. Empty: everything."),
]
Fact = Text | bool | int | float | list[Text] | None
Facts = Annotated[
    dict[Annotated[str, Field(max_length=200, pattern=r"^[^=]*$")], Fact],
    Field(
        max_length=MOST,
        alias="set",
        description="Facts of the case, and attributes of the customer to override, by name. Write values as people "
        "do: yes, 3 days, 25 USD, 2026-03-01. null makes one unknown.",
    ),
]
Channel = Annotated[str | None, Field(max_length=200, description="How you talk to the customer, such as chat.")]
Language = Annotated[str | None, Field(max_length=35, description="The language to answer in, such as de.")]
On = Annotated[str | None, Field(max_length=200, description="The day, such as 2026-03-01. Left out: today.")]


class Arguments(BaseModel):
    """The arguments of a tool. Anything else is refused: who asks, and in which role, is never for a model to say."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=False)


class CaseArguments(Arguments):
    """What a question about a case has: who, what about, what is known."""

    customer: Customer = None
    about: About = Field(default_factory=list)
    facts: Facts = Field(default_factory=dict, alias="set")
    channel: Channel = None
    language: Language = None
    on: On = None

    def request(self) -> DeskRequest:
        """The same as a request at a desk."""
        return DeskRequest(
            self.customer, self.about, typed(self.facts), channel=self.channel, language=self.language, on=self.on
        )


def typed(facts: Mapping[str, str | bool | float | list[str] | None]) -> list[str]:
    """Facts as they are typed at a desk."""
    return [f"{name}={_typed(value)}" for name, value in facts.items()]


def _typed(value: str | bool | float | list[str] | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value)


def read_arguments(shape: type[Arguments], given: Mapping[str, Any]) -> Any:
    """The arguments in their shape. Raises ServkitError, which names each one that is wrong."""
    try:
        return shape.model_validate(dict(given))
    except ValidationError as wrong:
        known = [field.alias or name for name, field in shape.model_fields.items()]
        said = dict.fromkeys(_said([str(part) for part in error["loc"]], error, known) for error in wrong.errors())
        raise ServkitError("; ".join([*said][:_MOST_TOLD])) from None


def _said(place: list[str], error: Any, known: list[str]) -> str:
    if place[:1] == ["set"] and len(place) > 2 and place[2] != "[key]":
        return f"set.{place[1][:100]}: write a text, a number, true or false, or a list of texts"
    name = ".".join(place)[:100] or "the arguments"
    if error["type"] != "extra_forbidden":
        return f"{name}: {error['msg'].lower()}"
    if name in ("role", "office", "level", "agent"):
        return f"{name}: whoever starts the server says that, not the assistant"
    return f"unknown argument {name!r}; choose from {', '.join(known)}"
