"""For whatever watches the server: whether it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from servkit.web.middleware.guard import HEALTH
from servkit.web.page import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from servkit.web.visit import Visit


def check_health(visit: Visit) -> Response:
    """``current`` is False while a broken edit keeps the last good book in use."""
    return JSONResponse({"status": "ok", "book": "current" if visit.site.library.fault is None else "last good"})


PAGES = (Page(HEALTH, check_health, is_open=True),)
