"""The address that ``servkit desk`` opens in the browser: its one-time key lets the owner of the machine in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.languages.catalogue import Message
from servkit.web.page import Page
from servkit.web.refusal import Refusal

if TYPE_CHECKING:
    from starlette.responses import Response

    from servkit.web.visit import Visit


def start(visit: Visit) -> Response:
    """Let the owner in. A key that was used before opens nothing, but whoever is in already goes on."""
    user = visit.site.gate.take_key(visit.query.get("key", ""))
    if user is None:
        if visit.user is not None:
            return visit.redirect("/")
        raise Refusal(
            403, Message("This address was used before, or it is old. In the terminal, start `servkit desk` again.")
        )
    response = visit.redirect("/")
    visit.site.gate.let_in(user, response)
    return response


PAGES = (Page("/start", start, is_open=True),)
