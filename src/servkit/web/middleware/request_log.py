"""The log of requests: one line of JSON each, without what was asked or about whom.

It names the page as it is declared (``/documents/{id}``), never the address, because addresses hold ids of customers.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send
    from starlette.types import Message as Event

    from servkit.web.site import Site

#: Methods that are known; anybody can send others, and each would become a figure of its own.
_METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH")


class RequestLog:
    """Counts every answer, and writes its line with ``write`` (None: no log)."""

    def __init__(self, app: ASGIApp, site: Site, write: Callable[[str], object] | None) -> None:
        self.app, self._site, self._write = app, site, write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def send_and_see(message: Event) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_and_see)
        finally:
            self._note(scope, status, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        page = getattr(scope.get("route"), "path", "-")
        method = scope["method"] if scope["method"] in _METHODS else "-"
        self._site.metrics.observe(page, method, status, seconds)
        if self._write is None:
            return
        line = {
            "time": self._site.clock().isoformat(timespec="milliseconds"),
            "method": method,
            "page": page,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "user": scope.get("servkit.user"),
        }
        self._write(json.dumps(line) + "\n")
