"""The settings of a desk on somebody's own machine: ``SERVKIT_*`` in the environment, then ``desk.yaml``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.files import MAX_BYTES
from servkit.book.problems import Problem
from servkit.desk.person import Person
from servkit.files import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class DeskSettings(NamedTuple):
    """What a desk may set once. ``agent`` is the name that scripts say, ``customers`` a file to use instead of the
    book's first source of customers."""

    role: str | None = None
    level: str | None = None
    channel: str | None = None
    office: str | None = None
    agent: str | None = None
    customers: str | None = None
    language: str | None = None
    book: str | None = None

    @property
    def person(self) -> Person:
        """Who sits there."""
        return Person(self.agent, self.role, self.office, self.level, self.channel, self.language)


def desk_file(environment: Mapping[str, str]) -> Path:
    """``desk.yaml`` in the user's configuration folder. Raises RuntimeError where the user has no home."""
    base = environment.get("XDG_CONFIG_HOME") or (environment.get("APPDATA") if sys.platform == "win32" else None)
    if not base or not Path(base).is_absolute():  # the XDG specification: a relative path is invalid, and ignored
        return Path.home() / ".config" / "servkit" / "desk.yaml"
    return Path(base) / "servkit" / "desk.yaml"


def read_desk_settings(environment: Mapping[str, str], notice: Callable[[str], None]) -> DeskSettings:
    """The environment over the file. What the file says wrong is a ``notice``, and stops nothing."""
    settings: dict[str, str] = {}
    try:
        path = desk_file(environment)
        settings = _from_file(path, read_file(path, MAX_BYTES), notice)
    except (FileNotFoundError, NotADirectoryError, RuntimeError):  # RuntimeError: nobody has a home here
        pass
    except OSError as fault:
        notice(f"{path}: This desk's settings can't be read: {fault.strerror or fault}.")
    for name in DeskSettings._fields:
        if value := environment.get(f"SERVKIT_{name.upper()}"):
            settings[name] = value
    return DeskSettings(**settings)


def _from_file(path: Path, raw: bytes, notice: Callable[[str], None]) -> dict[str, str]:
    from servkit.book.yaml_reader import compose  # loaded only where a desk has a file

    problems: list[Problem] = []
    sources = compose(path.name, raw, problems)
    data = sources[0].data if sources else {}
    if not isinstance(data, dict):
        problems.append(Problem("SK110", path.name, 1, 1, "write one setting a line, such as `role: technician`"))
        data = {}
    settings = {}
    for name, value in data.items():
        if name in DeskSettings._fields and isinstance(value, str):
            settings[name] = value
        else:
            message = f"unknown desk setting {name!r}; choose from {', '.join(DeskSettings._fields)}"
            if name in DeskSettings._fields:
                message = f"the setting {name!r} needs a text"
            problems.append(Problem("SK108", path.name, *sources[0].place((name,), key=True), message))
    for problem in problems:
        notice(f"{path.parent / problem.where}: {problem.message}")
    return settings
