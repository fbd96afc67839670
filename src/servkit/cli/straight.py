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
LAYOUT = 2
#: A longer number is Typer's to read.
_DIGITS = 9
#: A file of what is kept is much shorter.
_MOST = 1 << 16
_SEAL = 32


def straight(args: list[str]) -> Callable[[], Any] | None:
    """The command these arguments call, ready to be called; None where Typer has to look at them."""
    if not args or "_SERVKIT_COMPLETE" in os.environ:
        return None
    kept = _kept(args[0])
    given = _taken_apart(args[1:], kept) if kept is not None else None
    if given is None:
        return None
    from servkit.cli.finding import command_function

    function = command_function(args[0])
    return lambda: function(**given)


def remember(name: str, command: Any) -> None:
    """Keep what Typer made of a command's parameters, where all of them are of the simple sort."""
    if _kept(name) is not None:
        return
    options: dict[str, list[Any]] = {}
    arguments: list[list[Any]] = []
    defaults: dict[str, Any] = {}
    for parameter in command.params:
        kind = _kind(parameter)
        if parameter.name == "help":
            continue
        if kind is None or not isinstance(parameter.default, (str, bool, int, type(None))):
            return
        defaults[parameter.name] = parameter.default
        if parameter.param_type_name == "argument":
            arguments.append([parameter.name, kind, bool(parameter.required)])
        elif parameter.required or not all(flag.startswith("--") for flag in parameter.opts):
            return
        else:
            options.update({flag: [parameter.name, kind] for flag in parameter.opts})
    _write(name, {"options": options, "arguments": arguments, "defaults": defaults})


def _kind(parameter: Any) -> Any:
    """text, path, flag, texts (several), or the least and the most that a whole number may be; None for any other
    sort."""
    sort = str(getattr(parameter.type, "name", ""))
    if getattr(parameter, "is_flag", False):
        simple = not parameter.secondary_opts and not getattr(parameter, "count", False)
        return "flag" if simple else None
    if sort not in ("str", "path", "int", "int range") or parameter.envvar:
        return None
    many = getattr(parameter, "multiple", False) or parameter.nargs == -1
    if parameter.nargs not in (1, -1) or (many and sort != "str"):
        return None
    if sort == "path":
        return "path" if _is_any_path(parameter.type) else None
    if sort != "str":
        return _bounds(parameter.type)
    return "texts" if many else "text"


def _is_any_path(sort: Any) -> bool:
    """Whether Typer asks no more of a path than that what is there can be read."""
    strict = sort.exists or sort.resolve_path or sort.writable or getattr(sort, "executable", False)
    return not strict and bool(sort.file_okay and sort.dir_okay)


def _bounds(sort: Any) -> list[int | None] | None:
    """The least and the most that a whole number may be, both included; None for any other sort of range."""
    if getattr(sort, "clamp", False) or getattr(sort, "min_open", False) or getattr(sort, "max_open", False):
        return None
    ends = [getattr(sort, "min", None), getattr(sort, "max", None)]
    return ends if all(end is None or type(end) is int for end in ends) else None


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
            value = next(rest, "--")
            if value.startswith("-") and value != "-":
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
    return _converted(given, kept)


def _converted(given: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any] | None:
    """What is given as what it is meant to be, and what is left out by default; None where Typer has to say no."""
    out = {**kept["defaults"], **given}
    for name, kind in (*kept["options"].values(), *(argument[:2] for argument in kept["arguments"])):
        value = out[name]
        if kind == "path" and isinstance(value, str):
            if os.access(value, os.F_OK) and not os.access(value, os.R_OK):
                return None
            from pathlib import Path

            out[name] = Path(value)
        elif isinstance(kind, list) and isinstance(value, str):
            if not (value.isascii() and value.isdigit() and len(value) <= _DIGITS):
                return None
            least, most = kind
            out[name] = number = int(value)
            if (least is not None and number < least) or (most is not None and number > most):
                return None
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

    from servkit.store.digests import digest

    try:
        with open(place[0], "rb") as file:  # noqa: PTH123
            seal, text = file.read(_SEAL), file.read(_MOST)
        if seal.decode() != digest(place[1].encode() + text):
            return None  # of another servkit, of a command that has changed since, or not as it was written
        kept: dict[str, Any] = json.loads(text)
    except (OSError, ValueError):
        return None
    return kept


def _write(name: str, kept: dict[str, Any]) -> None:
    place = _place(name)
    if place is None:
        return
    import json
    from contextlib import suppress

    from servkit.store.digests import digest

    text = json.dumps(kept).encode()
    fresh = f"{place[0]}.{os.getpid()}"
    with suppress(OSError):
        os.makedirs(os.path.dirname(fresh), exist_ok=True)  # noqa: PTH103, PTH120
        with open(fresh, "wb") as file:  # noqa: PTH123
            file.write(digest(place[1].encode() + text).encode() + text)
        os.replace(fresh, place[0])  # noqa: PTH105
