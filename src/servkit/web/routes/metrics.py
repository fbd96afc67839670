"""The figures of the server, for whoever has a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from servkit.web.metrics import CONTENT_TYPE
from servkit.web.page import Page

if TYPE_CHECKING:
    from servkit.web.visit import Visit


def show_metrics(visit: Visit) -> Response:
    """All figures."""
    return Response(visit.site.metrics.text(), media_type=CONTENT_TYPE)


PAGES = (Page("/metrics", show_metrics),)
