"""Filling a script: a quick way for what most scripts are, and Liquid in a sandbox for all others.

Both give the same text; the quick way reads plain text with ``{{ name }}`` and ``{{ name | default: "text" }}``, and
saves loading the engine, which takes longer than the whole desk.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problem import ServkitError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a script may cost: characters it may come to, rounds of its loops, bytes of its variables, depth of its blocks.
MAX_OUTPUT = 20_000
MAX_LOOPS = 2_000
MAX_VARIABLES = 50_000
MAX_DEPTH = 20

_NAME = r"[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*"
_OUTPUT = re.compile(r"\{\{\s*(" + _NAME + r")\s*(?:\|\s*default\s*:\s*(?:\"([^\"\\{}]*)\"|'([^'\\{}]*)')\s*)?\}\}", re.ASCII)
_UNDEFINED = re.compile(r"'?([^' ]+)'? is undefined")
_SPECIAL = frozenset({"true", "false", "nil", "null", "empty", "blank", "size", "first", "last"})


class Filled(NamedTuple):
    """The text, and the placeholders that had neither a value nor a fallback (the text is then not to be used)."""

    text: str
    missing: tuple[str, ...]


class ScriptError(ServkitError):
    """A script that Liquid cannot read, or that goes past its limits."""


def fill(text: str, values: Mapping[str, Any]) -> Filled:
    """Fill a script. Raises ScriptError with line and column within the script."""
    return _quickly(text, values) or _with_liquid(text, values)


def placeholders(text: str) -> tuple[str, ...]:
    """Every name that a script may ask for, sorted."""
    names = {found[1] for found in _OUTPUT.finditer(text)}
    if _is_plain(text):
        return tuple(sorted(names))
    try:
        analysis = _engine().from_string(text).analyze()
    except Exception as fault:  # noqa: BLE001 - Liquid's errors have many bases
        raise _error(fault) from None
    return tuple(sorted(".".join(map(str, found.segments)) for every in analysis.globals.values() for found in every))


def _is_plain(text: str) -> bool:
    if any(_SPECIAL & set(found[1].split(".")) for found in _OUTPUT.finditer(text)):
        return False
    rest = _OUTPUT.sub("", text)
    return not ("{{" in rest or "{%" in rest or "{#" in rest)


def _quickly(text: str, values: Mapping[str, Any]) -> Filled | None:
    if not _is_plain(text):
        return None
    missing = []

    def one(found: re.Match[str]) -> str:
        value: Any = values
        for part in found[1].split("."):
            value = value.get(part) if hasattr(value, "get") else None
        said = "" if value is None or hasattr(value, "get") else str(value)
        fallback = found[2] if found[2] is not None else found[3]
        if said:
            return said
        if fallback is None and (value is None or hasattr(value, "get")):
            missing.append(found[1])
        return fallback or ""

    out = _OUTPUT.sub(one, text)
    return Filled(out, tuple(dict.fromkeys(missing)))


def _engine() -> Any:
    from liquid import Environment, FalsyStrictUndefined

    class Sandbox(Environment):
        output_stream_limit = MAX_OUTPUT
        loop_iteration_limit = MAX_LOOPS
        local_namespace_limit = MAX_VARIABLES
        context_depth_limit = MAX_DEPTH

    return Sandbox(undefined=FalsyStrictUndefined, strict_filters=True)


def _with_liquid(text: str, values: Mapping[str, Any]) -> Filled:
    from liquid.exceptions import UndefinedError

    try:
        template = _engine().from_string(text)
    except Exception as fault:  # noqa: BLE001 - Liquid's errors have many bases
        raise _error(fault) from None
    known: dict[str, Any] = dict(values)
    missing: list[str] = []
    while True:
        try:
            text = template.render(**known)
            return Filled(text, tuple(name for name in missing if not any(more.startswith(name + ".") for more in missing)))
        except UndefinedError as fault:
            found = _UNDEFINED.match(str(fault))
            name = found[1] if found else ""
            if not name or name in missing or len(missing) > 50:
                raise _error(fault) from None
            missing.append(name)
            known = with_value(known, name, name)
        except Exception as fault:  # noqa: BLE001
            raise _error(fault) from None


def with_value(values: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The values with one more, under a dotted name."""
    first, _, rest = name.partition(".")
    inner = values.get(first)
    return {**values, first: with_value(inner if hasattr(inner, "get") else {}, rest, value) if rest else value}  # type: ignore[arg-type]


def _error(fault: Exception) -> ScriptError:
    """What Liquid said, and where in the script."""
    token = getattr(fault, "token", None)
    source = getattr(token, "source", None)
    start = getattr(token, "start_index", None)
    message = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
    reason = (getattr(fault, "message", None) or message).strip()
    if isinstance(source, str) and isinstance(start, int):
        before = source[:start]
        line, column = before.count("\n") + 1, start - (before.rfind("\n") + 1) + 1
        reason = f"{reason} (line {line}, column {column} of the script)"
    return ScriptError(reason)
