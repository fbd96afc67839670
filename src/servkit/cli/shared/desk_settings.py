"""The settings of a desk: who sits there. Flags come first, then ``SERVKIT_*``, then ``desk.yaml``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from servkit.book.files import MAX_BYTES
from servkit.book.problems import Problem
from servkit.cli.shared.output import print_note
from servkit.files import read_file


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


def desk_file() -> Path:
    """``desk.yaml`` in the user's configuration folder."""
    base = os.environ.get("XDG_CONFIG_HOME") or (os.environ.get("APPDATA") if sys.platform == "win32" else None)
    if not base or not Path(base).is_absolute():  # the XDG specification: a relative path is invalid, and ignored
        return Path.home() / ".config" / "servkit" / "desk.yaml"
    return Path(base) / "servkit" / "desk.yaml"


def read_desk_settings(*, quiet: bool = False) -> DeskSettings:
    """The environment over the file. What the file says wrong is reported on stderr, and stops nothing."""
    settings: dict[str, str] = {}
    try:
        path = desk_file()
        settings = _from_file(path, read_file(path, MAX_BYTES), quiet=quiet)
    except (FileNotFoundError, NotADirectoryError, RuntimeError):  # RuntimeError: nobody has a home here
        pass
    except OSError as fault:
        if not quiet:
            print_note(f"servkit: {path}: This desk's settings can't be read: {fault.strerror or fault}.")
    for name in DeskSettings._fields:
        if value := os.environ.get(f"SERVKIT_{name.upper()}"):
            settings[name] = value
    return DeskSettings(**settings)


def _from_file(path: Path, raw: bytes, *, quiet: bool) -> dict[str, str]:
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
    if not quiet:
        for problem in problems:
            print_note(f"servkit: {path.parent / problem.where}: {problem.message}")
    return settings
