"""Fields that several operations take, and answers that several give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints
from pydantic_core import PydanticSerializationError, to_json
from starlette.responses import Response

from servkit.text import escaped_json, json_text
from servkit.web.api.operation import Given

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servkit.web.visit import Visit

#: No customer, script, area or document has a longer name.
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Customer = Annotated[Name | None, Field(description="An id, or (part of) a name or of what people are found by.")]
About = Annotated[tuple[Name, ...], Field(description="Areas or documents. Default: everything.", max_length=50)]
Facts = Annotated[
    tuple[str, ...],
    Field(
        alias="set",
        max_length=200,
        description="NAME=VALUE: a fact of the case, or an attribute. NAME= makes it unknown.",
    ),
]
Channel = Annotated[Name | None, Field(description="How the customer talks to you. Default: that of the token.")]
Language = Annotated[Name | None, Field(description="The language to answer in.", alias="lang")]
On = Annotated[Name | None, Field(description="The day, such as 2026-03-01. Default: today in the book's time zone.")]


class MatchedName(Given):
    """Somebody, or a script, that may be meant."""

    id: str
    name: str | None


class Matches(Given):
    """Several customers, or several scripts, may be meant: ask again with one id."""

    schema_: Literal["servkit/matches/1"] = Field(alias="schema")
    matches: list[MatchedName]


def as_json(visit: Visit, data: Mapping[str, Any], status: int = 200) -> Response:
    """Data in the very bytes of the command line. What the desk remarked, which the command line says on stderr, is in
    the header ``Servkit-Notice``, percent-encoded."""
    try:
        text = escaped_json(to_json(data, indent=2).decode() + "\n")
    except PydanticSerializationError:  # half a character
        text = json_text(data)
    return Response(text, status, headers=notices(visit.notices), media_type="application/json")


def notices(texts: Iterable[str]) -> dict[str, str]:
    """The header with the desk's remarks; no header without any."""
    from urllib.parse import quote

    told = " ".join(texts)
    return {"Servkit-Notice": quote(told, safe=" ,;:.'()=")} if told else {}
