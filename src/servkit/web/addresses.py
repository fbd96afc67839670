"""How browsers reach a site, and from where: addresses as the command line gives them, checked."""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, urlsplit

from servkit.book.problems import ServkitError
from servkit.web.settings import ProxyTrust

if TYPE_CHECKING:
    from collections.abc import Sequence
    from ipaddress import IPv4Network, IPv6Network

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HEADER = re.compile(r"[A-Za-z0-9-]{1,60}")
_HOST = re.compile(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]")
#: A proxy on the same machine.
LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


class Address(NamedTuple):
    """How browsers reach a site: its ``origin``, and what they may send as ``Host``."""

    origin: str
    hosts: frozenset[str]


def site_address(host: str, port: int, public_url: str | None, *, tls: bool, behind_proxy: bool) -> Address:
    """How browsers reach a server that listens on ``host`` and ``port``. Raises ServkitError where passwords could be
    read on the way, or where nobody can know the address."""
    if behind_proxy and public_url is None:
        raise ServkitError("--behind-proxy needs --public-url, such as https://desk.example.org.")
    if not _is_loopback(host) and not tls and not behind_proxy:
        raise ServkitError(
            f"--host {host} can be reached from elsewhere, so passwords need TLS. Add --tls-cert and --tls-key, or "
            "--behind-proxy and --public-url."
        )
    if public_url is None:
        if _is_every_address(host):
            raise ServkitError(f"--host {host} needs --public-url: how browsers reach it.")
        return _address("https" if tls else "http", f"[{host}]" if ":" in host else host, port)
    parts = _origin("--public-url", public_url)
    if parts.scheme != "https" and (behind_proxy or not _is_loopback(host)):
        raise ServkitError(f"--public-url: {public_url!r} has to begin with https://, or passwords can be read.")
    return _address(parts.scheme, _host(parts), parts.port)


def frame_origin(url: str | None, address: Address) -> str | None:
    """``--frame-from``: the one site whose pages may show this one. Raises ServkitError."""
    if url is None:
        return None
    parts = _origin("--frame-from", url)
    if parts.scheme != "https" or not address.origin.startswith("https:"):
        raise ServkitError("--frame-from: both sites need https://, or browsers send no sign-in from there.")
    return _address(parts.scheme, _host(parts), parts.port).origin


def proxy_trust(header: str | None, texts: Sequence[str], *, behind_proxy: bool) -> ProxyTrust | None:
    """``--trust-header`` and ``--trust-from``: whom to believe. Raises ServkitError."""
    if header is not None and not texts:
        raise ServkitError("--trust-header needs --trust-from: the address of the proxy that sends the header.")
    if header is not None and not _HEADER.fullmatch(header):
        raise ServkitError(f"--trust-header: {header!r} is no name of a header. Write one such as X-Remote-User.")
    networks = tuple(_network(text) for text in texts) or (LOOPBACK if behind_proxy else ())
    return ProxyTrust(networks, header) if networks else None


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        network = ip_network(text)
    except ValueError:
        message = f"--trust-from: {text!r} is no range of addresses. Write one such as 10.0.0.5 or 10.0.0.0/24."
        raise ServkitError(message) from None
    if network.prefixlen == 0:
        raise ServkitError(f"--trust-from: {text} is everybody, and anybody could say who they are.")
    return network


def _is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_every_address(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return host == ""


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
