"""How browsers reach a site, and from where: addresses as the command line gives them, checked."""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, urlsplit

from servkit.book.problems import ServkitError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from ipaddress import IPv4Network, IPv6Network

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]")
#: A proxy on the same machine.
LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


class Address(NamedTuple):
    """How browsers reach a site: its ``origin``, and what they may send as ``Host``."""

    origin: str
    hosts: frozenset[str]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host to listen on."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def own_address(scheme: str, host: str, port: int) -> Address:
    """The address of a server without a proxy in front."""
    return _address(scheme, f"[{host}]" if ":" in host else host, port)


def public_address(url: str) -> Address:
    """``--public-url``. Raises ServkitError for anything but a scheme and a host."""
    parts = _origin("--public-url", url)
    return _address(parts.scheme, _host(parts), parts.port)


def frame_origin(url: str) -> str:
    """``--frame-from``: the one site whose pages may show this one. Raises ServkitError."""
    parts = _origin("--frame-from", url)
    if parts.scheme != "https":
        raise ServkitError(f"--frame-from: {url!r} has to begin with https://, or browsers send no sign-in from there.")
    return _address(parts.scheme, _host(parts), parts.port).origin


def trusted_networks(texts: Iterable[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """``--trust-from``. Raises ServkitError for what is no address or range of addresses."""
    networks = []
    for text in texts:
        try:
            network = ip_network(text)
        except ValueError:
            message = f"--trust-from: {text!r} is no range of addresses. Write one such as 10.0.0.5 or 10.0.0.0/24."
            raise ServkitError(message) from None
        if network.prefixlen == 0:
            raise ServkitError(f"--trust-from: {text} is everybody, and anybody could say who they are.")
        networks.append(network)
    return tuple(networks)


def _origin(option: str, url: str) -> SplitResult:
    message = f"{option}: {url!r} is no address of a site. Write one such as https://desk.example.org."
    try:
        parts = urlsplit(url)
        known = parts.scheme in _DEFAULT_PORTS and _HOST.fullmatch(_host(parts)) and parts.port != 0
    except ValueError:
        known = None
    if not known or parts.username is not None or parts.query or parts.fragment:
        raise ServkitError(message)
    if parts.path not in ("", "/"):
        raise ServkitError(f"{option}: give it a host of its own. {url!r} has a path: {parts.path}")
    return parts


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower()
    return f"[{host}]" if ":" in host else host


def _address(scheme: str, host: str, port: int | None) -> Address:
    default = _DEFAULT_PORTS[scheme]
    if port in (None, default):
        return Address(f"{scheme}://{host}", frozenset({host, f"{host}:{default}"}))
    return Address(f"{scheme}://{host}:{port}", frozenset({f"{host}:{port}"}))
