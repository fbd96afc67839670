"""``find``: searching the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from servkit.assistant.arguments import Arguments, Text
from servkit.desk.search import search_data, search_everything

if TYPE_CHECKING:
    from servkit.desk.session import Desk

TITLE, RECORDS = "Search the book", False


class Shape(Arguments):
    """Search all documents and customers. Accents and typing slips are forgiven; each hit says why it matched. The
    result is the JSON of `servkit find --format json`."""

    words: Annotated[Text, Field(description="Words to search for; all of them must match.")]


def call(desk: Desk, arguments: Shape) -> dict[str, Any]:
    """The hits, best first."""
    text = arguments.words.strip()
    return search_data(search_everything(desk, text), text)
