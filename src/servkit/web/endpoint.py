"""How a page is answered: who asks, what was sent, and then its handler, in a thread."""

from __future__ import annotations

import asyncio
import json
import sys
import traceback
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.responses import RedirectResponse, Response

from servkit.desk.person import Person
from servkit.desk.session import Desk
from servkit.languages.catalogue import Message
from servkit.web.errors import TOLD, error_response
from servkit.web.middleware.guard import SAFE
from servkit.web.refusal import Refusal
from servkit.web.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from servkit.web.gate import Caller
    from servkit.web.page import Page
    from servkit.web.site import Site

#: A page that takes longer is given up: somebody is waiting.
MOST_SECONDS = 30.0
#: Whoever sends a body more slowly than this is not a browser.
BODY_SECONDS = 10.0
#: A request waits so long for a look at the book's files, and then goes on with the book as it was.
LOOK_SECONDS = 0.5
#: A form has at most so many fields.
MOST_FIELDS = 500
_API, _FOR_TOKENS = "/api/", ("/api/", "/metrics")


def make_endpoint(site: Site, page: Page) -> Callable[[Request], Awaitable[Response]]:
    """The function that answers a page for Starlette."""
    threads = site.slow_threads if page.is_slow else site.threads

    async def endpoint(request: Request) -> Response:
        loop = asyncio.get_running_loop()
        if site.library.is_due:
            await asyncio.wait({loop.run_in_executor(site.looking, site.library.look)}, timeout=LOOK_SECONDS)
        try:
            caller = site.gate.identify(request)
            if caller.user is None and not page.is_open:
                return _to_sign_in(site, request)
            _check_token(page, request, caller)
            form, data = await _read_body(page, request, caller)
            answering = loop.run_in_executor(threads, _answer, site, page, request, caller, form, data)
            async with asyncio.timeout(MOST_SECONDS):
                response = await answering
        except TimeoutError:
            too_long = Refusal(503, Message("This takes too long. Ask for less at once."))
            return error_response(request.scope, too_long, site.words())
        except Refusal as refusal:
            return error_response(request.scope, refusal, site.words())
        if caller.new_secret is not None:
            site.gate.give_cookie(caller.new_secret, response)
        return response

    return endpoint


def _answer(site: Site, page: Page, request: Request, caller: Caller, form: FormData | None, data: Any) -> Response:
    """Call the handler of a page, in a thread."""
    notices: list[str] = []
    with site.library.lend() as open_book:
        person = caller.user.person if caller.user is not None else Person()
        desk = Desk(open_book, person, site.clock, notices.append)
        visit = Visit(site, request, desk, caller.user, caller.session, form, data, notices)
        try:
            return page.handler(visit)
        except TOLD as fault:
            return error_response(request.scope, fault, visit.words)
        except Exception as fault:  # noqa: BLE001 - every error ends in one place
            _report(fault)
            sorry = Refusal(500, Message("Something went wrong in servkit itself. It is written in the server's log."))
            return error_response(request.scope, sorry, visit.words)


def _report(fault: Exception) -> None:
    """A fault of servkit itself, on stderr: where it happened, but not what customers' data it happened with."""
    where = traceback.extract_tb(fault.__traceback__)
    lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in where]
    sys.stderr.write("\n".join([f"servkit: internal error ({type(fault).__name__})", *lines, ""]))


def _check_token(page: Page, request: Request, caller: Caller) -> None:
    """Note who asks for the log. Raises Refusal for a token where a person has to act."""
    user = caller.user
    request.scope["servkit.user"] = user.id if user is not None else None
    if user is not None and user.is_integration and not (page.is_open or page.path.startswith(_FOR_TOKENS)):
        raise Refusal(403, Message("A token opens the HTTP API, not the pages."))


async def _read_body(page: Page, request: Request, caller: Caller) -> tuple[FormData | None, Any]:
    """What was sent: a form, or JSON. Raises Refusal where a page of this session did not send it."""
    if request.method in SAFE:
        return None, None
    form, data = None, None
    try:
        async with asyncio.timeout(BODY_SECONDS):
            if page.takes_json:
                data = json.loads(await request.body())
            else:
                form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    except TimeoutError:
        raise Refusal(408, Message("What you sent came too slowly. Send it again.")) from None
    except (MultiPartException, HTTPException):
        raise Refusal(400, Message("This form can't be read.")) from None
    except (ValueError, RecursionError):
        raise Refusal(400, Message("The body has to be JSON.")) from None
    if not (_is_text(data) and _is_text(form.multi_items() if form is not None else None)):
        raise Refusal(400, Message("What you sent holds characters that are no text."))
    sent = request.headers.get("x-csrf-token") or (form.get("csrf") if form is not None else None)
    if caller.session is not None and not page.is_open and not caller.session.has_sent(sent):
        raise Refusal(403, Message("This page is old. Go back, load it again, and send it once more."))
    return form, data


def _is_text(data: Any) -> bool:
    """Whether what was sent can be kept: without NUL, and without halves of characters."""
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in one):
                return False
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, (list, tuple)):
            waiting += one
    return True


def _to_sign_in(site: Site, request: Request) -> Response:
    """Where somebody goes who is not signed in; afterwards they come back to where they wanted to go."""
    if request.url.path.startswith(_API):
        unknown = Refusal(401, Message("Sign in, or send a token: Authorization: Bearer TOKEN"))
        return error_response(request.scope, unknown, site.words())
    if request.headers.get("hx-request") == "true":  # it asks for a part: of the page that somebody looks at
        origin, page = site.settings.origin, request.headers.get("hx-current-url", "").partition("#")[0]
        after = page.removeprefix(origin) if page.startswith(f"{origin}/") else ""
        return Response(status_code=401, headers={"HX-Redirect": _sign_in_address(after)})
    after = _local(request) if request.method in SAFE else ""
    return RedirectResponse(_sign_in_address(after), 303)


def _sign_in_address(after: str) -> str:
    return "/sign-in" + (f"?{urlencode({'next': after})}" if after not in ("", "/") else "")


def _local(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
