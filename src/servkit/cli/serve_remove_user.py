"""``servkit serve remove-user``."""

import sys
from typing import Annotated

import typer

from servkit.book.problems import UnknownNameError
from servkit.cli.shared.web import UsersFile, check_web, sign_in_name, users_file, users_now
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
    from servkit.web.users_file import write_users  # loads Pydantic

    path, id_ = users_file(users), sign_in_name(name)
    before = users_now(path)
    if id_ not in before.people:
        raise UnknownNameError("person", name, tuple(before.people))
    people = {other: record for other, record in before.people.items() if other != id_}
    write_users(path, before.model_copy(update={"people": people}), before)
    sys.stdout.write(clean(f"Removed {id_}.\n"))
    return 0
