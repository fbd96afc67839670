"""The HTTP API: a page for each operation, and one for the description of all."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter
from starlette.responses import Response

from servkit.languages.catalogue import Message
from servkit.text import json_text
from servkit.web.api.openapi import openapi
from servkit.web.api.operation import BASE, Operation, checked, checked_query
from servkit.web.api.operations import operations
from servkit.web.page import Page
from servkit.web.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.web.visit import Visit

_ALL = operations()


def show_openapi(visit: Visit) -> Response:
    """The description of all operations. It tells nothing of the book."""
    return Response(_description(visit.site.settings.origin), media_type="application/json")


@cache
def _description(origin: str) -> str:
    return json_text(openapi(_ALL, origin))


def _handler(one: Operation) -> Callable[[Visit], Response]:
    def answer(visit: Visit) -> Response:
        if one.records and (visit.user is None or visit.user.reads_only):
            raise Refusal(403, Message("This token may only read. To record, it needs the scope `record`."))
        if isinstance(one.takes, TypeAdapter):
            return one.handler(visit, checked(one.takes, visit.data))
        return one.handler(visit, checked_query(one.takes, visit.query))

    return answer


PAGES = (
    Page(f"{BASE}/openapi.json", show_openapi, is_open=True),
    *(Page(BASE + one.path, _handler(one), (one.method,), takes_json=one.method == "POST") for one in _ALL),
)
