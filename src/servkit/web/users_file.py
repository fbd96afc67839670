"""``users.yaml``: the people of a team and the tokens of integrations. It belongs to who runs the server, alone.

Passwords are kept as Argon2id hashes, tokens as SHA-256 digests: they are long and random, so nobody can try them out.
"""

from __future__ import annotations

import json
import os
from datetime import date  # noqa: TC003 - Pydantic reads the annotations
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from servkit.book.problems import Problem, ServkitError
from servkit.book.yaml_reader import compose
from servkit.files import read_file, write_file
from servkit.text import clean, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from servkit.book.source import Source

MOST_BYTES = 4 << 20
_HEADER = "# Who may use this desk. `servkit serve add-user` writes this file; see `servkit serve --help`.\n"


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    role: str | None = None
    office: str | None = None
    level: str | None = None
    channel: str | None = None
    language: str | None = None


class PersonRecord(_Record):
    """Somebody of the team. Without a ``password`` they can only come through the proxy that says who they are."""

    name: str | None = None
    password: str | None = None


class TokenRecord(_Record):
    """What another program may do: ``read`` or also ``record``, through the day ``expires``."""

    scope: Literal["read", "record"]
    expires: date
    digest: str = Field(pattern="^[0-9a-f]{64}$")


class Users(BaseModel):
    """Everybody, by the name they sign in with; tokens by the name of the integration."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    people: dict[str, PersonRecord] = {}
    tokens: dict[str, TokenRecord] = {}


def read_users(path: Path) -> Users:
    """The file. Raises ServkitError where it cannot be used: where others may read it, too."""
    try:
        raw = read_file(path, MOST_BYTES)
        check_place(path)
    except FileNotFoundError:
        raise ServkitError("There is no such file. Add somebody: servkit serve add-user NAME", path=str(path)) from None
    except OSError as fault:
        raise ServkitError(f"This file can't be read: {fault.strerror or fault}.", path=str(path)) from None
    return _parsed(path, raw)


def check_place(path: Path) -> None:
    """Raise ServkitError where others may read the file, or where git would copy it to everybody."""
    folder = next((one for one in path.resolve().parents if (one / ".git").exists()), None)
    if folder is not None:
        message = (
            f"This file holds passwords and must not be under git, as {folder} is. Move it, and give --users FILE."
        )
        raise ServkitError(message, path=str(path))
    if os.name == "posix" and (mode := path.stat().st_mode & 0o077):
        shown = f"{path.stat().st_mode & 0o777:04o}"
        verb = "change" if mode & 0o022 else "read"
        raise ServkitError(f"Others may {verb} this file (mode {shown}). Run: chmod 600 {path}", path=str(path))


def write_users(path: Path, users: Users, before: Users) -> None:
    """Write the file whole, for its owner alone. Raises ServkitError where it cannot be written, or somebody else
    changed it since ``before`` was read."""
    if (read_users(path) if path.exists() else Users()) != before:
        raise ServkitError("Somebody else has just changed this file. Do it again.", path=str(path))
    data = users.model_dump(mode="json", exclude_none=True)
    others = os.umask(0o077)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        check_place(path)
        write_file(path, (_HEADER + _yaml(data)).encode())
    except OSError as fault:
        raise ServkitError(f"This file can't be written: {fault.strerror or fault}.", path=str(path)) from None
    finally:
        os.umask(others)


def _yaml(data: dict[str, dict[str, dict[str, str]]]) -> str:
    """Blocks, with every text quoted as JSON does, which YAML reads the same."""
    lines = []
    for part, records in data.items():
        lines.append(f"{part}:" if records else f"{part}: {{}}")
        for name, record in records.items():
            lines.append(f"  {json.dumps(name)}:" if record else f"  {json.dumps(name)}: {{}}")
            lines += [f"    {key}: {json.dumps(value)}" for key, value in record.items()]
    return "\n".join(lines) + "\n"


def _parsed(path: Path, raw: bytes) -> Users:
    problems: list[Problem] = []
    sources = compose(path.name, raw, problems)
    if problems:
        raise _error(path, problems[0])
    if len(sources) > 1:
        raise _error(path, sources[1].problem("", "This file is one document. Take the `---` out above this."))
    try:
        users = Users.model_validate(_without_empty(sources[0].data) if sources else {})
    except ValidationError as fault:
        raise _error(path, _problem(sources[0], fault)) from None
    for name in users.people:
        if name != name.casefold():  # people sign in with small letters or large ones
            raise _error(
                path, sources[0].problem("", f"Write {quoted(name)} in small letters.", ("people", name), key=True)
            )
    return users


def _without_empty(data: object) -> object:
    """``people:`` with nothing behind it is nobody."""
    return {key: value or {} for key, value in data.items()} if isinstance(data, dict) else data or {}


def _problem(source: Source, fault: ValidationError) -> Problem:
    first = fault.errors()[0]
    where = [step for step in first["loc"] if isinstance(step, (str, int))]
    if not where:
        return source.problem("", "This can't be used. Write `people:`, and below it the names and their settings.")
    named = quoted(".".join(str(step) for step in where))
    if first["type"] == "extra_forbidden":
        return source.problem("", f"{named} is no setting of a person or token.", where, key=True)
    return source.problem("", f"{named} can't be used: {first['msg']}.", where)


def _error(path: Path, problem: Problem) -> ServkitError:
    return ServkitError(clean(problem.message), path=str(path), line=problem.line, column=problem.column)
