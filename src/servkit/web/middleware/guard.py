"""The guard: requests that did not come from a page of this site, or are too large, end here."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from servkit.languages.catalogue import Message
from servkit.web.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from ipaddress import IPv4Network, IPv6Network

    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send
    from starlette.types import Message as Event

    from servkit.web.settings import WebSettings

#: The longest body and the longest query, in bytes.
MOST_BODY, MOST_QUERY = 256 * 1024, 8 * 1024
#: Methods that change nothing.
SAFE = ("GET", "HEAD", "OPTIONS")
#: Answers to anybody, whatever host they ask for: it says nothing of the site.
HEALTH = "/healthz"


class Guard:
    """Checks host, origin and size, and takes the proxy's header away from everybody who is not the proxy.

    ``refuse`` makes a response of a refusal."""

    def __init__(self, app: ASGIApp, settings: WebSettings, refuse: Callable[[Scope, Refusal], Response]) -> None:
        self.app, self._settings, self._refuse = app, settings, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        self._take_away(scope)
        try:
            self._check(scope)
        except Refusal as refusal:
            await self._refuse(scope, refusal)(scope, receive, send)
            return
        await self.app(scope, _limited(receive), send)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if scope["path"] != HEALTH and headers.get("host", "").lower() not in self._settings.hosts:
            raise Refusal(421, Message("This address doesn't belong to this desk."), self._settings.origin)
        if len(scope["query_string"]) > MOST_QUERY:
            raise Refusal(414, Message("This address is too long."))
        if b"%00" in scope["query_string"] or "\0" in scope["path"]:
            raise Refusal(400, Message("This address can't be read."))
        if headers.get("content-length", "0").isdigit() and int(headers.get("content-length", "0")) > MOST_BODY:
            raise Refusal(413, Message("This is too much to send at once."))
        if scope["method"] not in SAFE and not _is_a_program(scope, headers) and not self._is_own(headers):
            raise Refusal(
                403, Message("This wasn't sent from a page of this desk. Open the page, and send it from there.")
            )

    def _is_own(self, headers: Headers) -> bool:
        """Whether a page of this site sent it. With ``Referrer-Policy: no-referrer`` the Origin of a form is ``null``;
        browsers then say in Sec-Fetch-Site where it came from."""
        fetch_site = headers.get("sec-fetch-site")
        if fetch_site is not None:
            return fetch_site == "same-origin" and headers.get("origin", "null") in ("null", self._settings.origin)
        return headers.get("origin") == self._settings.origin

    def _take_away(self, scope: Scope) -> None:
        proxy = self._settings.proxy
        if proxy is None or proxy.header is None or _is_from(scope, proxy.networks):
            return
        name = proxy.header.lower().encode()
        scope["headers"] = [(key, value) for key, value in scope["headers"] if key.lower() != name]


def _is_a_program(scope: Scope, headers: Headers) -> bool:
    """Whether it is no browser with a session that sends: it has to bring a token, which no other site can do."""
    return "authorization" in headers or (scope["path"].startswith("/api/") and "cookie" not in headers)


def _is_from(scope: Scope, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    """Whether whoever is at the other end of the connection is in one of the networks."""
    client = scope.get("client")
    try:
        address = ip_address(client[0]) if client else None
    except ValueError:
        return False
    return address is not None and any(address in network for network in networks)


def _limited(receive: Receive) -> Receive:
    """Ends a request whose body turns out to be too large."""
    received = 0

    async def receive_some() -> Event:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MOST_BODY:
            raise Refusal(413, Message("This is too much to send at once."))
        return message

    return receive_some
