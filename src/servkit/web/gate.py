"""The gate: who a request comes from. A role never comes from a request; it belongs to who has signed in."""

from __future__ import annotations

import secrets
import time
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple

from servkit.languages.catalogue import Message
from servkit.web.people import LONGEST_PASSWORD
from servkit.web.refusal import Refusal
from servkit.web.sign_in_delay import SignInDelay
from servkit.web.user import User

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection
    from starlette.responses import Response

    from servkit.web.people import People
    from servkit.web.sessions import Session, Sessions
    from servkit.web.settings import WebSettings

#: Nobody has a longer name to sign in with.
LONGEST_NAME = 200


class Caller(NamedTuple):
    """Who a request comes from; nobody without a ``user``. An integration has no ``session``. ``new_secret`` is that of
    a session that begins with this request."""

    user: User | None = None
    session: Session | None = None
    new_secret: str | None = None


class Gate:
    """Lets people in: by the cookie of their session, by a token, or as the proxy in front says.

    ``key`` is the one-time key of ``servkit desk``, which lets its owner in."""

    def __init__(self, settings: WebSettings, sessions: Sessions, people: People | None) -> None:
        self._settings, self._sessions, self._people = settings, sessions, people
        self.key: str | None = secrets.token_urlsafe(32) if settings.owner is not None else None
        self._owner = User("desk", settings.owner, "") if settings.owner is not None else None
        self._delay = SignInDelay(time.monotonic)
        port = settings.origin.rpartition(":")[2]
        #: Browsers share cookies among all ports of a machine, so the name tells desks apart. ``__Host-``: only this
        #: host over TLS can have set it.
        self.cookie = "__Host-servkit" if settings.secure else f"servkit-{port}"

    def identify(self, request: HTTPConnection) -> Caller:
        """Who a request comes from. Raises Refusal for a token that is none."""
        if "authorization" in request.headers:
            return Caller(self._integration(request.headers["authorization"]))
        name = self._proxy_name(request)
        secret = request.cookies.get(self.cookie)
        session = self._sessions.find(secret) if secret else None
        if session is not None and (name is None or name.casefold() == session.person_id):
            user = self._user(session.person_id)
            if user is not None and user.mark == session.mark:
                return Caller(user, session)
        if session is not None and secret:  # removed, another role, or somebody else at the same browser
            self._sessions.end(secret)
        return self._from_proxy(name) if name is not None else Caller()

    def _integration(self, header: str) -> User:
        scheme, _, token = header.partition(" ")
        user = self._people.with_token(token.strip()) if self._people and scheme.lower() == "bearer" else None
        if user is None:
            raise Refusal(401, Message("This token is unknown, or it has expired."))
        return user

    def _proxy_name(self, request: HTTPConnection) -> str | None:
        """Who the proxy says has signed in there; the guard has taken the header away from everybody else."""
        proxy = self._settings.proxy
        return request.headers.get(proxy.header) or None if proxy is not None and proxy.header else None

    def _from_proxy(self, name: str) -> Caller:
        user = self._user(name)
        if user is None:
            raise Refusal(403, Message("You are signed in, but nobody has added you to this desk. Ask who runs it."))
        secret, session = self._sessions.begin(user.id, user.mark)
        return Caller(user, session, secret)

    def _user(self, id_: str) -> User | None:
        if self._owner is not None:
            return self._owner if id_ == self._owner.id else None
        return self._people.person(id_) if self._people is not None else None

    def take_key(self, key: str) -> User | None:
        """The owner, for the key of the address that was printed. It works once."""
        expected = self.key
        if expected is None or not secrets.compare_digest(expected.encode(), key.encode("utf-8", "replace")):
            return None
        self.key = None
        return self._owner

    def sign_in(self, request: HTTPConnection, name: str, password: str) -> User | None:
        """Whose name and password these are; None where they do not fit. Raises Refusal after too many failures.

        Nothing, not even the time it takes, tells whether there is such a name."""
        if self._people is None or self._people.fault is not None:
            raise Refusal(503, Message("Nobody can sign in at the moment. Tell whoever runs this desk."))
        name, address = name.strip().casefold()[:LONGEST_NAME], self.address(request)
        if (wait := self._delay.wait(name, address)) > 0:
            raise Refusal(429, Message("Too many attempts. Wait a minute, and try again."), retry_after=int(wait) + 1)
        user = self._people.with_password(name, password[:LONGEST_PASSWORD])
        if user is None:
            self._delay.fail(name, address)
            return None
        self._delay.succeed(name, address)
        return user

    def address(self, request: HTTPConnection) -> str:
        """Where a request comes from. A trusted proxy is believed what it says of the one before it."""
        here = request.client.host if request.client is not None else ""
        networks = self._settings.proxy.networks if self._settings.proxy is not None else ()
        hops = [hop.strip() for value in request.headers.getlist("x-forwarded-for") for hop in value.split(",")]
        for hop in [here, *reversed(hops)]:
            try:
                address = ip_address(hop)
            except ValueError:
                return here
            if not any(address in network for network in networks):
                return str(address)
            here = hop
        return here

    def let_in(self, user: User, response: Response) -> None:
        """Begin a session, and give its cookie with a response."""
        secret, _ = self._sessions.begin(user.id, user.mark)
        self.give_cookie(secret, response)

    def give_cookie(self, secret: str, response: Response) -> None:
        """Give the cookie of a session with a response."""
        response.headers.append("Set-Cookie", self._cookie(secret))

    def let_out(self, request: HTTPConnection, response: Response) -> None:
        """End the session of a request."""
        self._sessions.end(request.cookies.get(self.cookie, ""))
        response.headers.append("Set-Cookie", self._cookie("") + "; Max-Age=0")

    def _cookie(self, secret: str) -> str:
        """Lax: a link from a colleague opens the page. In a frame of another site: that site has to be named, and only
        a cookie for this combination of both is sent."""
        same_site = "None; Partitioned" if self._settings.frame_from else "Lax"
        secure = "; Secure" if self._settings.secure else ""
        return f"{self.cookie}={secret}; Path=/; HttpOnly; SameSite={same_site}{secure}"
