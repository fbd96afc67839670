"""``servkit serve add-user``."""

import sys
from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.cli.shared import options
from servkit.cli.shared.web import (
    UsersFile,
    check_web,
    checked_place,
    new_password,
    sign_in_name,
    users_file,
    users_now,
)
from servkit.text import clean


def serve_add_user(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in with, such as ruth.")],
    full_name: Annotated[
        str | None, typer.Option("--name", metavar="TEXT", help="Their full name, for scripts and for the journal.")
    ] = None,
    role: options.TheirRole = None,
    office: options.TheirOffice = None,
    level: options.TheirLevel = None,
    channel: options.TheirChannel = None,
    lang: options.Language = None,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="They only come through a proxy that says who they are.")
    ] = False,
    users: UsersFile = None,
    book: options.Book = None,
) -> int:
    """Add somebody to the team. Their role, office and level are yours to say, and no page changes them.

    \b
    servkit serve add-user ruth --name "Ruth Okafor" --role technician --office north
    servkit serve add-user sam --role supervisor < password.txt

    servkit asks for a password twice on a terminal, and reads it from stdin in a pipe.
    """
    check_web()
    from servkit.web.users_file import PersonRecord, write_users  # loads Pydantic

    path, id_ = users_file(users), sign_in_name(name)
    before = users_now(path)
    if id_ in before.people:
        raise ServkitError(f"{id_!r} is there already. To change their role, change {path}.")
    place = checked_place(book, role, office, level, channel, lang)
    password = None if no_password else new_password(id_)
    record = PersonRecord(name=full_name, password=password, **place)
    write_users(path, before.model_copy(update={"people": {**before.people, id_: record}}), before)
    sys.stdout.write(clean(f"Added {id_}.\n"))
    return 0
