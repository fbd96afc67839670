"""What somebody gets where there is no answer: a page, or for a program a problem (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response

from servkit.book.problems import BusyError, ServkitError, UnknownNameError, ValueProblem
from servkit.desk.error_text import error_sentences, error_text
from servkit.journal.errors import JournalError
from servkit.languages.catalogue import Message
from servkit.nearest import nearest
from servkit.text import clean
from servkit.web.refusal import Refusal
from servkit.web.templating import render

if TYPE_CHECKING:
    from starlette.types import Scope

    from servkit.languages.catalogue import Catalogue

#: What a caller did wrong, or what does not answer: it is told, and no fault of servkit.
TOLD = (Refusal, ServkitError, ValueProblem)
_STATUS = {404: Message("There is no such page."), 405: Message("This page can't be used like that.")}
#: After so many seconds it is worth asking again for what is being made ready.
BUSY_SECONDS = 5
#: A longer message is cut in its middle: what somebody pasted by mistake is not repeated.
LONGEST = 400


def error_response(scope: Scope, fault: Exception, words: Catalogue) -> Response:
    """The response for a fault that is told."""
    status = status_of(fault)
    message = _cut(clean(" ".join(_message_of(scope, fault, words).split())))
    response = _response(scope, status, message, fault, words)
    retry_after = BUSY_SECONDS if isinstance(fault, BusyError) else getattr(fault, "retry_after", None)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _response(scope: Scope, status: int, message: str, fault: Exception, words: Catalogue) -> Response:
    if _is_for_program(scope):
        return problem(status, message, **_extras(fault))
    instead = fault.instead if isinstance(fault, Refusal) else None
    values = {"gettext": words.gettext, "words": words, "status": status, "message": message, "instead": instead}
    return HTMLResponse(render("error.html", **values), status)


def status_of(fault: Exception) -> int:
    """The HTTP status of a fault."""
    if isinstance(fault, Refusal):
        return fault.status
    if isinstance(fault, (JournalError, BusyError)):
        return 503
    return 404 if isinstance(fault, UnknownNameError) else 400


def _message_of(scope: Scope, fault: Exception, words: Catalogue) -> str:
    if isinstance(fault, Refusal):
        return words.gettext(str(fault.message))
    if not isinstance(fault, (ServkitError, ValueProblem)):
        return str(fault)
    return error_text(fault) if _is_for_program(scope) else error_sentences(fault, words)


def _is_for_program(scope: Scope) -> bool:
    return bool(scope["path"].startswith("/api/"))


def status_message(status: int) -> Message:
    """What to tell where only a status is known."""
    return _STATUS.get(status, Message("This can't be answered."))


def problem(status: int, detail: str, **more: Any) -> Response:
    """A problem as RFC 9457 has it."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return Response(json.dumps(body), status, media_type="application/problem+json")


def _extras(fault: Exception) -> dict[str, Any]:
    return {"near": nearest(fault.name, fault.known)} if isinstance(fault, UnknownNameError) else {}


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
