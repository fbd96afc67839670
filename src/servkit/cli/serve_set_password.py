"""``servkit serve set-password``."""

import sys
from typing import Annotated

import typer

from servkit.book.problems import UnknownNameError
from servkit.cli.shared.web import UsersFile, check_web, new_password, sign_in_name, users_file, users_now
from servkit.text import clean


def serve_set_password(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name they sign in with.")],
    users: UsersFile = None,
) -> int:
    """Give somebody a new password. They are signed out everywhere.

    \b
    servkit serve set-password ruth
    """
    check_web()
    from servkit.web.users_file import write_users  # loads Pydantic

    path, id_ = users_file(users), sign_in_name(name)
    before = users_now(path)
    if id_ not in before.people:
        raise UnknownNameError("person", name, tuple(before.people), "servkit serve add-user adds one")
    record = before.people[id_].model_copy(update={"password": new_password(id_)})
    write_users(path, before.model_copy(update={"people": {**before.people, id_: record}}), before)
    sys.stdout.write(clean(f"Changed the password of {id_}.\n"))
    return 0
