"""The application: pages found by their modules, behind the guard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

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
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope

    from servkit.web.site import Site


def make_application(site: Site) -> Starlette:
    """The ASGI application of a site."""

    def refuse(scope: Scope, fault: Exception) -> Response:
        return error_response(scope, fault, site.words())

    async def told(request: Request, fault: Exception) -> Response:
        status = fault.status_code if isinstance(fault, HTTPException) else 500
        response = refuse(request.scope, Refusal(status, status_message(status)))
        response.headers.update(getattr(fault, "headers", None) or {})
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
