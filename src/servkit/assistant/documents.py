"""The documents of the book as resources."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from mcp_types import Resource, ResourceTemplate

from servkit.book.problems import UnknownNameError
from servkit.cache.search_text import name_of
from servkit.desk.details import details_json, find_details

if TYPE_CHECKING:
    from typing import Any

    from servkit.desk.session import Desk

SCHEME = "servkit://document/"
MIME = "application/json"
#: Who customers are is for a question about one of them, not for a list; scenarios are the prompts.
_NOT_LISTED = ("customer", "scenario")

TEMPLATE = ResourceTemplate(
    uri_template=SCHEME + "{kind}/{id}",
    name="document",
    title="A document of the book",
    description="One document as its author wrote it, by its kind and id, such as servkit://document/policy/returns.",
    mime_type=MIME,
)


def documents(desk: Desk) -> list[Resource]:
    """Every document of the book but customers and scenarios, by kind and id; of several versions, the first."""
    found: dict[str, Resource] = {}
    for entry in desk.book.all():
        uri = f"{SCHEME}{entry.kind}/{quote(entry.id, safe='')}"
        if entry.kind not in _NOT_LISTED and uri not in found:
            title = " ".join(name_of(entry, desk.settings).split())
            found[uri] = Resource(uri=uri, name=f"{entry.kind}:{entry.id}", title=title or None, mime_type=MIME)
    return [found[uri] for uri in sorted(found)]


def read_document(desk: Desk, uri: str) -> dict[str, Any]:
    """A document as data. Raises UnknownNameError for an address of none."""
    kind, slash, id_ = uri.removeprefix(SCHEME).partition("/")
    if not (uri.startswith(SCHEME) and slash and id_):
        raise UnknownNameError("document", uri, (), f"write {SCHEME}KIND/ID")
    return details_json(desk, find_details(desk, f"{kind}:{unquote(id_)}"))
