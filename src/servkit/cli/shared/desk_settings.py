"""The settings of a desk: who sits there. Flags go first, then ``SERVKIT_*``, then ``desk.yaml``."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from servkit.cache.folder import cache_folder
from servkit.text import clean


class DeskSettings(NamedTuple):
    """What a desk may settle once. ``agent`` is the name that scripts say; ``customers`` a file in place of the first
    under ``customers:``."""

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
    return (Path(base) if base else Path.home() / ".config") / "servkit" / "desk.yaml"


def read_desk_settings(*, quiet: bool = False) -> DeskSettings:
    """The environment over the file. A file that cannot be used is told on stderr, and stops nothing."""
    found: dict[str, str] = {}
    with suppress(OSError, RuntimeError):
        found = _from_file(desk_file(), quiet=quiet)
    for name in DeskSettings._fields:
        value = os.environ.get(f"SERVKIT_{name.upper()}")
        if value:
            found[name] = value
    return DeskSettings(**found)


def _from_file(path: Path, *, quiet: bool) -> dict[str, str]:
    """The file's settings, kept as JSON in the cache while the file is the same: reading YAML takes longer than a
    whole answer."""
    status = path.stat()
    key = f"{path} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
    kept = cache_folder(os.environ) / "desk.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        data = json.loads(kept.read_text("utf-8"))
        if data["key"] == key:
            return {str(name): str(value) for name, value in data["settings"].items() if name in DeskSettings._fields}
    settings, sound = _read(path, quiet=quiet)
    if sound:
        with suppress(OSError):
            kept.parent.mkdir(parents=True, exist_ok=True)
            fresh = kept.with_name(f"desk-{os.getpid()}.json")
            fresh.write_text(json.dumps({"key": key, "settings": settings}), "utf-8")
            fresh.replace(kept)
    return settings


def _read(path: Path, *, quiet: bool) -> tuple[dict[str, str], bool]:
    from servkit.book.problems import Problem
    from servkit.book.yaml_reader import compose

    problems: list[Problem] = []
    sources = compose(path.name, path.read_bytes(), problems)
    data = sources[0].data if sources else {}
    if not isinstance(data, dict):
        problems.append(Problem("SK110", path.name, 1, 1, "a mapping such as `role: technician` is wanted"))
        data = {}
    out = {}
    for name, value in data.items():
        if name in DeskSettings._fields and isinstance(value, str):
            out[name] = value
        else:
            message = f"{name!r} is not a setting of a desk: {', '.join(DeskSettings._fields)}"
            problems.append(Problem("SK108", path.name, *sources[0].place((name,), key=True), message))
    if not quiet:
        for problem in problems:
            print(f"servkit: {path.parent / problem.where}: {clean(problem.message)}", file=sys.stderr)  # noqa: T201
    return out, not problems
