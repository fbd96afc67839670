"""``servkit serve remove-token``."""

import sys
from typing import Annotated

import typer

from servkit.cli.shared.web import UsersFile, check_web, remove_record
from servkit.text import clean


def serve_remove_token(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the program.")],
    users: UsersFile = None,
) -> int:
    """Remove the token of a program. It is refused at once.

    \b
    servkit serve remove-token helpdesk
    """
    check_web()
    id_ = remove_record(users, "tokens", "token", name)
    sys.stdout.write(clean(f"Removed the token {id_}.\n"))
    return 0
