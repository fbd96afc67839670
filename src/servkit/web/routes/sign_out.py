"""Signing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.web.page import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from servkit.web.visit import Visit


def sign_out(visit: Visit) -> Response:
    """End the session."""
    response = visit.redirect("/sign-in")
    visit.site.gate.let_out(visit.request, response)
    return response


PAGES = (Page("/sign-out", sign_out, ("POST",)),)
