"""``servkit desk``."""

import os
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from servkit.cache.folder import cache_folder
from servkit.cli.shared import options
from servkit.cli.shared.desk import book_folder, print_remark
from servkit.cli.shared.web import check_web, run_server
from servkit.desk.settings import read_desk_settings

#: Where the desk is, so that a bookmark finds it again.
PORT = 8470


def desk(
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="N", help=f"Listen on this port. Default: {PORT}, or another that is free."),
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Only print the address; open no browser.")] = False,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Open the desk in your browser: find a customer, see what applies, say it, and write it down.

    \b
    servkit desk
    servkit desk --port 9000 --no-open

    Only this machine can reach it. The printed address works once; after that, your browser is known. Your role,
    office, level and name come from the settings of your desk. Stop it with Ctrl+C.
    """
    check_web()
    # Only the desk in a browser loads what it is made of.
    from servkit.web.server import listen, listen_near
    from servkit.web.settings import WebSettings
    from servkit.web.site import Site

    own = read_desk_settings(os.environ, print_remark)
    root = book_folder(book, own)
    with listen("127.0.0.1", port) if port is not None else listen_near("127.0.0.1", PORT) as listening:
        number = listening.getsockname()[1]
        settings = WebSettings(
            root=root,
            origin=f"http://127.0.0.1:{number}",
            hosts=frozenset({f"127.0.0.1:{number}"}),
            environment=os.environ,
            cache=cache_folder(os.environ),
            customers=customers or (Path(own.customers) if own.customers else None),
            owner=own.person,
        )
        with Site(settings) as site:
            address = f"{settings.origin}/start?key={site.gate.key}"
            if not no_open:
                webbrowser.open(address)
            run_server(site, listening, f"The desk is open. This address works once:\n{address}")
    return 0
