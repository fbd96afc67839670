"""The server: a socket, TLS, and uvicorn."""

from __future__ import annotations

import errno
import gc
import signal
import socket
import ssl
import sys
import threading
from typing import TYPE_CHECKING, NamedTuple

import uvicorn

from servkit.book.problems import ServkitError
from servkit.web.application import make_application
from servkit.web.connection import IDLE_SECONDS, MOST_CONNECTIONS, Connection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from servkit.web.site import Site

#: The longest first line and headers, in bytes.
MOST_HEADERS = 32 * 1024
#: So long an ending server waits for answers.
END_SECONDS = 10

#: Python's own measure. The command line collects garbage more rarely, because a command ends soon; threads of a server
#: that do so take a third more time, as they touch new memory all the while.
_COLLECTING = (700, 10, 10)


class Certificate(NamedTuple):
    """A certificate and its key, in PEM files."""

    certificate: Path
    key: Path


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 is any that is free. Raises ServkitError where the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sends small answers at once (TCP_NODELAY); without, they wait up to 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, OverflowError) as fault:
        listening.close()
        raise ServkitError(_reason(host, port, fault)) from None
    return listening


def listen_near(host: str, port: int) -> socket.socket:
    """A socket on a port, or on any that is free where that one is in use."""
    try:
        return listen(host, port)
    except ServkitError:
        return listen(host, 0)


def _reason(host: str, port: int, fault: OSError | OverflowError) -> str:
    number = getattr(fault, "errno", None)
    if number == errno.EADDRINUSE:
        return f"Port {port} is in use. Choose another one with --port, or stop what uses it."
    if number == errno.EACCES:
        return f"You may not use port {port}. Choose one from 1024 on with --port."
    if isinstance(fault, OverflowError):
        return f"--port: {port} is no port. Choose one from 1024 to 65535."
    return f"--host: nobody can listen on {host!r}: {getattr(fault, 'strerror', None) or fault}"


def serve(
    site: Site, listening: socket.socket, ready: Callable[[], object], certificate: Certificate | None = None
) -> None:
    """Answer until somebody stops it. Raises ServkitError where the certificate cannot be used."""
    config = uvicorn.Config(
        make_application(site),
        http=Connection,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="off",
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=MOST_HEADERS,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=END_SECONDS,
        ssl_certfile=certificate.certificate if certificate is not None else None,
        ssl_keyfile=certificate.key if certificate is not None else None,
    )
    gc.set_threshold(*_COLLECTING)
    try:
        config.load()
    except (OSError, ssl.SSLError) as fault:
        raise ServkitError(f"The certificate can't be used: {fault}. Give both PEM files.") from None
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _end)
    ready()
    uvicorn.Server(config).run(sockets=[listening])


def _end(*_: object) -> None:
    """SIGTERM is how a service is stopped: uvicorn has answered everybody by then, and what is open closes."""
    sys.exit(0)
