"""``servkit serve``."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.cache.folder import cache_folder
from servkit.cli.shared import options
from servkit.cli.shared.desk import book_folder, print_remark
from servkit.cli.shared.web import UsersFile, check_web, run_server, users_file
from servkit.desk.settings import read_desk_settings
from servkit.journal.location import data_folder

PORT = 8470


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Listen on this address of the machine.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", help="Listen on this port.")] = PORT,
    users: UsersFile = None,
    public_url: Annotated[
        str | None,
        typer.Option("--public-url", metavar="URL", help="How browsers reach it, such as https://desk.example.org."),
    ] = None,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A reverse proxy in front speaks TLS. Needs --public-url.")
    ] = False,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="The certificate, with its chain, as PEM.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="The key of the certificate, as PEM.")
    ] = None,
    trust_header: Annotated[
        str | None,
        typer.Option(
            "--trust-header", metavar="NAME", help="The header in which the proxy says who has signed in there."
        ),
    ] = None,
    trust_from: Annotated[
        list[str] | None,
        typer.Option("--trust-from", metavar="CIDR", help="Where the proxy is. Believe nobody else. Repeatable."),
    ] = None,
    frame_from: Annotated[
        str | None,
        typer.Option("--frame-from", metavar="ORIGIN", help="The one site that may show the desk in a frame."),
    ] = None,
    opened_log: Annotated[
        Path | None,
        typer.Option("--opened-log", metavar="DIR", help="Where to log who opened which customer, a file a day."),
    ] = None,
    opened_days: Annotated[
        int, typer.Option("--opened-days", metavar="N", min=1, max=3660, help="Keep that log for so many days.")
    ] = 90,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Serve the desk to a team, with sign-in, and the HTTP API to other programs.

    \b
    servkit serve add-user ruth --role technician --name "Ruth Okafor"
    servkit serve                                            only this machine can reach it
    servkit serve --behind-proxy --public-url https://desk.example.org
    servkit serve --host 10.0.0.7 --tls-cert desk.pem --tls-key desk.key

    \b
    servkit serve add-user, set-password, remove-user NAME   the people of the team
    servkit serve add-token, remove-token NAME               tokens for other programs

    What people may do is in users.yaml, and never comes from a page. The book is read again when its files change.
    Requests are logged on stderr, without customers' data. Stop it with Ctrl+C.
    """
    check_web()
    # Only the desk in a browser loads what it is made of.
    from servkit.web.addresses import frame_origin, proxy_trust, site_address
    from servkit.web.server import Certificate, listen
    from servkit.web.settings import WebSettings
    from servkit.web.site import Site

    if (tls_cert is None) != (tls_key is None):
        raise ServkitError("--tls-cert and --tls-key go together.")
    certificate = Certificate(tls_cert, tls_key) if tls_cert is not None and tls_key is not None else None
    proxy = proxy_trust(trust_header, trust_from or (), behind_proxy=behind_proxy)
    own, tls = read_desk_settings(os.environ, print_remark), certificate is not None
    site_address(host, port, public_url, tls=tls, behind_proxy=behind_proxy)  # before anybody can connect
    with listen(host, port) as listening:
        number = listening.getsockname()[1]
        address = site_address(host, number, public_url, tls=tls, behind_proxy=behind_proxy)
        settings = WebSettings(
            root=book_folder(book, own),
            origin=address.origin,
            hosts=address.hosts,
            environment=os.environ,
            cache=cache_folder(os.environ),
            customers=customers or (Path(own.customers) if own.customers else None),
            users=users_file(users),
            proxy=proxy,
            frame_from=frame_origin(frame_from, address),
            opened_log=opened_log or data_folder(os.environ) / "opened",
            opened_days=opened_days,
            log=_log,
        )
        with Site(settings) as site:
            run_server(site, listening, f"The desk is open: {address.origin}", certificate)
    return 0


def _log(line: str) -> None:
    """A line of the log of requests; whoever reads it may be gone."""
    try:
        sys.stderr.write(line)
        sys.stderr.flush()
    except OSError:
        pass
