"""What ``servkit desk``, ``servkit serve`` and its parts share."""

from __future__ import annotations

import os
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.book.settings import LEVELS
from servkit.cli.shared.desk import open_desk
from servkit.desk.settings import desk_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from socket import socket

    from servkit.web.server import Certificate
    from servkit.web.site import Site
    from servkit.web.users_file import Users

_NEEDED = ("starlette", "uvicorn", "jinja2", "argon2", "python_multipart", "prometheus_client")
_NAME = re.compile(r"[\w.@+-]{1,100}")

UsersFile = Annotated[
    Path | None,
    typer.Option("--users", metavar="FILE", help="The people and tokens. Default: users.yaml beside desk.yaml."),
]


def check_web() -> None:
    """Raise ServkitError where the packages for the desk in a browser are not installed."""
    if any(find_spec(name) is None for name in _NEEDED):
        raise ServkitError("The desk in a browser needs more packages. Install them: pip install 'servkit[web]'")


def run_server(site: Site, listening: socket, greeting: str, certificate: Certificate | None = None) -> None:
    """Serve a site until somebody stops it; ``greeting`` is printed once it can answer."""
    from servkit.web.server import serve  # only the servers themselves load uvicorn

    def greet() -> None:
        sys.stdout.write(f"{greeting}\nStop it with Ctrl+C.\n")
        sys.stdout.flush()

    try:
        serve(site, listening, greet, certificate)
    except KeyboardInterrupt:  # the way to stop it
        sys.stdout.write("\n")


def users_file(given: Path | None) -> Path:
    """The file of people and tokens: the one given, else ``users.yaml`` in the folder of servkit's settings."""
    try:
        return (given or desk_file(os.environ).with_name("users.yaml")).absolute()
    except RuntimeError:
        raise ServkitError("You have no home folder for users.yaml. Say where it is: --users FILE") from None


def users_now(path: Path) -> Users:
    """Who is in the file; nobody where there is none yet. Raises ServkitError."""
    from servkit.web.users_file import Users, read_users  # loads Pydantic

    return read_users(path) if path.exists() else Users()


def remove_record(given: Path | None, part: str, label: str, name: str) -> str:
    """Take a person (``part`` people) or a token out of the file, and give the name there. Raises ServkitError."""
    from servkit.web.users_file import write_users  # loads Pydantic

    path, id_ = users_file(given), sign_in_name(name)
    before = users_now(path)
    records = dict(getattr(before, part))
    if id_ not in records:
        raise UnknownNameError(label, name, tuple(records))
    del records[id_]
    write_users(path, before.model_copy(update={part: records}), before)
    return id_


def sign_in_name(name: str) -> str:
    """A name to sign in with, in small letters. Raises ServkitError for one that is hard to type."""
    if not _NAME.fullmatch(name):
        raise ServkitError(f"{name!r} is no name to sign in with. Use letters, digits and . @ + - _")
    return name.casefold()


def checked_place(
    book: Path | None, role: str | None, office: str | None, level: str | None, channel: str | None, lang: str | None
) -> dict[str, str]:
    """What somebody is at the desk, as the book knows it, without what was not given. Raises UnknownNameError."""
    with open_desk(book) as desk:
        settings = desk.settings
        known: dict[str, tuple[str | None, Sequence[str] | None]] = {
            "role": (role, tuple(settings.roles)),
            "office": (office, None),
            "level": (level, LEVELS),
            "channel": (channel, tuple(settings.channels)),
            "language": (lang, tuple(settings.languages)),
        }
    for what, (name, names) in known.items():
        if name is not None and names is not None and name not in names:
            hint = f"choose from {', '.join(names)}" if names else f"the book has no {what}s"
            raise UnknownNameError(what, name, tuple(names), hint)
    return {what: name for what, (name, _) in known.items() if name is not None}


def new_password(name: str) -> str:
    """The hash of a new password: typed twice at a terminal, else the first line of stdin. Raises ServkitError."""
    from servkit.web.people import hashed_password  # loads Argon2

    if sys.stdin.isatty():
        text = f"Password for {name} (at least 12 characters)"
        return hashed_password(typer.prompt(text, hide_input=True, confirmation_prompt="The same again", err=True))
    return hashed_password(sys.stdin.readline().rstrip("\r\n"))
