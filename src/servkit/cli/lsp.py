"""``servkit lsp``."""

import logging
import os
import sys
from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.cache.folder import cache_folder
from servkit.clocks.today import today_in
from servkit.editor.bounded_reader import BoundedReader


def lsp(
    stdio: Annotated[
        bool, typer.Option("--stdio", help="Speak over standard input and output. It always does.")
    ] = True,
) -> None:
    """Serve an editor: findings while you type, completion, and what is behind a name (Language Server Protocol).

    \b
    servkit lsp

    Your editor starts it; docs/editors.md says how. It needs `pip install "servkit[editor]"`.
    """
    try:
        from servkit.editor.features import make_server  # pygls is an extra, and most commands do without it
    except ModuleNotFoundError as missing:
        if missing.name not in ("pygls", "lsprotocol"):
            raise
        raise ServkitError('the language server needs pygls: pip install "servkit[editor]"') from None
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")  # it is closed at the end, and ours must not be
    make_server(cache_folder(os.environ), today_in).start_io(BoundedReader(sys.stdin.fileno()), output)
