"""The application: pages found by their modules, behind the guard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Match, Mount, Route

from servkit.web.endpoint import make_endpoint
from servkit.web.errors import error_response, status_message
from servkit.web.middleware.guard import Guard
from servkit.web.middleware.headers import Headers
from servkit.web.middleware.request_log import RequestLog
from servkit.web.refusal import Refusal
from servkit.web.routes import pages
from servkit.web.static_files import KeptFiles
from servkit.web.templating import STATIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope

    from servkit.web.site import Site


def _methods(routes: Sequence[Route], scope: Scope) -> set[str]:
    """What may be done at the path that is asked for."""
    here = [route.methods or set() for route in routes if route.matches(scope)[0] is not Match.NONE]
    return set().union(*here)


def make_application(site: Site) -> Starlette:
    """The ASGI application of a site."""

    def refuse(scope: Scope, fault: Exception) -> Response:
        return error_response(scope, fault, site.words())

    async def told(request: Request, fault: Exception) -> Response:
        status = fault.status_code if isinstance(fault, HTTPException) else 500
        response = refuse(request.scope, Refusal(status, status_message(status)))
        response.headers.update(getattr(fault, "headers", None) or {})
        if status == 405:  # a path may have one page to look at and another for what is sent
            response.headers["Allow"] = ", ".join(sorted(_methods(routes, request.scope)))
        return response

    routes = [Route(page.path, make_endpoint(site, page), methods=list(page.methods)) for page in pages()]
    return Starlette(
        routes=[*routes, Mount("/static", KeptFiles(directory=STATIC))],
        middleware=[
            Middleware(RequestLog, site, site.settings.log),
            Middleware(Headers, site.settings),
            Middleware(Guard, site.settings, refuse),
        ],
        exception_handlers={HTTPException: told},
    )
