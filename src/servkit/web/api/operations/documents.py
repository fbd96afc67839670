"""``/documents``: one document and who refers to it, as ``servkit show --format json`` says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from servkit.desk.details import details_json, find_details
from servkit.web.api.operation import Given, Operation, Sent
from servkit.web.api.shared_fields import as_json

if TYPE_CHECKING:
    from starlette.responses import Response

    from servkit.web.visit import Visit


class NoQuery(Sent):
    pass


class Shown(Given):
    """Documents as their authors wrote them, and what refers to them."""

    schema_: Literal["servkit/show/1"] = Field(alias="schema")
    documents: list[dict[str, Any]]
    referred_to_by: list[dict[str, Any]]


def get_document(visit: Visit, _: NoQuery) -> Response:
    """The document."""
    details = find_details(visit.desk, visit.path["id"])
    if details.customer is not None:
        visit.open_customer(details.customer.id, details.customer.name)
    return as_json(visit, details_json(visit.desk, details))


OPERATIONS = (
    Operation(
        "/documents/{id}",
        "getDocument",
        "A document, and what refers to it.",
        get_document,
        NoQuery,
        {200: ("The document.", Shown)},
        path_fields={"id": "An id, kind:id, an area, or a term such as returns.window."},
    ),
)
