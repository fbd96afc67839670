"""``servkit serve remove-user``."""

import sys
from typing import Annotated

import typer

from servkit.cli.shared.web import UsersFile, check_web, remove_record
from servkit.text import clean


def serve_remove_user(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name they sign in with.")],
    users: UsersFile = None,
) -> int:
    """Remove somebody from the team. They are signed out at once; what they recorded stays.

    \b
    servkit serve remove-user ruth
    """
    check_web()
    id_ = remove_record(users, "people", "person", name)
    sys.stdout.write(clean(f"Removed {id_}.\n"))
    return 0
