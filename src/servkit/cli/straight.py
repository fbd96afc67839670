"""The straight way: a command line that leaves no doubt goes to its command without Typer being loaded.

Loading Typer takes longer than looking somebody up. So what Typer makes of a command's parameters is kept in the cache
folder (names and kinds, nothing executable), and a command line made of exactly these is taken apart here. Anything
else - help, completion, an abbreviation, a mistake - goes to Typer, which alone decides what it means.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

#: Changes whenever what is kept of a command changes.
LAYOUT = 1


def straight(args: list[str]) -> Callable[[], Any] | None:
    """The command these arguments call, ready to be called; None where Typer has to look at them."""
    if not args or "_SERVKIT_COMPLETE" in os.environ:
        return None
    kept = _kept(args[0])
    given = _taken_apart(args[1:], kept) if kept is not None else None
    if given is None:
        return None
    from servkit.cli.finding import command_function

    return lambda: command_function(args[0])(**given)


def remember(name: str, command: Any) -> None:
    """Keep what Typer made of a command's parameters, where all of them are of the simple sort."""
    if _kept(name) is not None:
        return
    options: dict[str, list[str]] = {}
    arguments: list[list[Any]] = []
    defaults: dict[str, Any] = {}
    for parameter in command.params:
        kind = _kind(parameter)
        if parameter.name == "help":
            continue
        if kind is None or not isinstance(parameter.default, (str, bool, type(None))):
            return
        defaults[parameter.name] = parameter.default
        if parameter.param_type_name == "argument":
            arguments.append([parameter.name, kind, bool(parameter.required)])
        else:
            options.update({flag: [parameter.name, kind] for flag in parameter.opts})
    _write(name, {"options": options, "arguments": arguments, "defaults": defaults})


def _kind(parameter: Any) -> str | None:
    """text, path, flag, texts (several); None for any other sort."""
    sort = str(getattr(parameter.type, "name", ""))
    if getattr(parameter, "is_flag", False):
        simple = not parameter.secondary_opts and not getattr(parameter, "count", False)
        return "flag" if simple else None
    if sort not in ("str", "path") or parameter.envvar:
        return None
    many = getattr(parameter, "multiple", False) or parameter.nargs == -1
    if parameter.nargs not in (1, -1) or (many and sort == "path"):
        return None
    return "texts" if many else "text" if sort == "str" else sort


def _taken_apart(args: list[str], kept: dict[str, Any]) -> dict[str, Any] | None:
    """The parameters of a command; None where there is any doubt."""
    given: dict[str, Any] = {}
    loose: list[str] = []
    rest = iter(args)
    for arg in rest:
        if not arg.startswith("-"):
            loose.append(arg)
            continue
        flag, equals, value = arg.partition("=")
        name, kind = kept["options"].get(flag, (None, None))
        if name is None or (kind == "flag" and equals):
            return None
        if kind == "flag":
            given[name] = True
            continue
        if not equals:
            value = next(rest, "-")
            if value.startswith("-"):
                return None
        if kind == "texts":
            given.setdefault(name, []).append(value)
        elif name in given:
            return None
        else:
            given[name] = value
    return _with_loose(given, loose, kept)


def _with_loose(given: dict[str, Any], loose: list[str], kept: dict[str, Any]) -> dict[str, Any] | None:
    for name, kind, required in kept["arguments"]:
        if kind == "texts" and loose:
            given[name], loose = loose, []
        elif loose:
            given[name] = loose.pop(0)
        if required and not given.get(name):
            return None
    if loose:
        return None
    out = {**kept["defaults"], **given}
    for name, kind in (*kept["options"].values(), *(argument[:2] for argument in kept["arguments"])):
        if kind == "path" and isinstance(out[name], str):
            from pathlib import Path

            out[name] = Path(out[name])
    return out


# --- what is kept -----------------------------------------------------------------------------------------------


def _place(name: str) -> tuple[str, str] | None:
    """The file for a command, and the key under which it is good: servkit's version and the modules that declare it."""
    from servkit import __version__
    from servkit.store.cache import cache_folder

    here = os.path.dirname(__file__)  # noqa: PTH120 - no pathlib on this way
    try:
        found = [os.stat(os.path.join(here, f"{part}.py")) for part in (name, "options")]  # noqa: PTH116, PTH118
    except (OSError, ValueError):
        return None
    stamps = " ".join(f"{status.st_size} {status.st_mtime_ns}" for status in found)
    key = f"{LAYOUT} {__version__} {sys.version_info[:2]} {here} {stamps}"
    return str(cache_folder() / f"command-{name}.json"), key


def _kept(name: str) -> dict[str, Any] | None:
    if not name.isidentifier() or not name.isascii():
        return None
    place = _place(name)
    if place is None:
        return None
    import json

    try:
        with open(place[0], encoding="utf-8") as file:  # noqa: PTH123
            kept: dict[str, Any] = json.load(file)
        return kept if kept["key"] == place[1] and isinstance(kept["options"], dict) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(name: str, kept: dict[str, Any]) -> None:
    place = _place(name)
    if place is None:
        return
    import json
    from contextlib import suppress

    fresh = f"{place[0]}.{os.getpid()}"
    with suppress(OSError):
        os.makedirs(os.path.dirname(fresh), exist_ok=True)  # noqa: PTH103, PTH120
        with open(fresh, "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump({"key": place[1], **kept}, file)
        os.replace(fresh, place[0])  # noqa: PTH105
