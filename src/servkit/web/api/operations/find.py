"""``/find``: searching everything, as ``servkit find --format json`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from servkit.desk.search import search_data, search_everything
from servkit.web.api.operation import Given, Operation, Sent
from servkit.web.api.shared_fields import Name, as_json

if TYPE_CHECKING:
    from starlette.responses import Response

    from servkit.web.visit import Visit


class FindQuery(Sent):
    words: Annotated[Name, Field(description="Words to search for; all of them must match.")]


class Found(Given):
    """What matches, the best first, and why."""

    schema_: Literal["servkit/find/1"] = Field(alias="schema")
    words: str
    hits: list[dict[str, Any]]


def find(visit: Visit, query: FindQuery) -> Response:
    """What matches; perhaps nothing."""
    text = query.words.strip()
    return as_json(visit, search_data(search_everything(visit.desk, text), text))


OPERATIONS = (
    Operation(
        "/find",
        "find",
        "Search documents and customers. Accents and typing slips are forgiven.",
        find,
        FindQuery,
        {200: ("What matches.", Found)},
    ),
)
