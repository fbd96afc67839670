"""``show``: one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from servkit.assistant.arguments import Arguments, Text
from servkit.desk.details import details_json, find_details

if TYPE_CHECKING:
    from servkit.desk.session import Desk

TITLE, RECORDS = "Show a document", False


class Shape(Arguments):
    """One document as its author wrote it, and what refers to it. A document says what may apply to somebody; what
    does apply to a customer is for `lookup`. The result is the JSON of `servkit show --format json`."""

    id: Annotated[Text, Field(description="An id, kind:id, an area, or a term such as returns.window.")]


def call(desk: Desk, arguments: Shape) -> dict[str, Any]:
    """The document."""
    return details_json(desk, find_details(desk, arguments.id))
