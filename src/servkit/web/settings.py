"""How a site is served: for one person or a team, under which address, and whom it trusts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from ipaddress import IPv4Network, IPv6Network
    from pathlib import Path

    from servkit.desk.person import Person


class ProxyTrust(NamedTuple):
    """A reverse proxy: from which addresses it is believed that it says whom a request comes from, and in which header
    it says who has signed in there (None: people sign in here)."""

    networks: tuple[IPv4Network | IPv6Network, ...]
    header: str | None = None


class WebSettings(NamedTuple):
    """What the command line says of a site.

    ``origin`` is how browsers reach it, such as ``https://desk.example.org``. ``owner`` is the one person of
    ``servkit desk``; for a team there is none, and ``users`` is their file."""

    root: Path
    origin: str
    hosts: frozenset[str]
    environment: Mapping[str, str]
    cache: Path | None = None
    customers: Path | None = None
    owner: Person | None = None
    users: Path | None = None
    proxy: ProxyTrust | None = None
    frame_from: str | None = None
    #: The folder of the log of who opened which customer, and for how many days it is kept.
    opened_log: Path | None = None
    opened_days: int = 90
    threads: int = 4
    #: Writes a line of the log of requests; without it, there is none.
    log: Callable[[str], object] | None = None

    @property
    def secure(self) -> bool:
        """Whether browsers come over TLS."""
        return self.origin.startswith("https://")
