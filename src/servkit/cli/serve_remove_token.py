"""``servkit serve remove-token``."""

import sys
from typing import Annotated

import typer

from servkit.book.problems import UnknownNameError
from servkit.cli.shared.web import UsersFile, check_web, sign_in_name, users_file, users_now
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
    from servkit.web.users_file import write_users  # loads Pydantic

    path, id_ = users_file(users), sign_in_name(name)
    before = users_now(path)
    if id_ not in before.tokens:
        raise UnknownNameError("token", name, tuple(before.tokens))
    tokens = {other: record for other, record in before.tokens.items() if other != id_}
    write_users(path, before.model_copy(update={"tokens": tokens}), before)
    sys.stdout.write(clean(f"Removed the token {id_}.\n"))
    return 0
