"""Liquid in a sandbox: no files, no other templates, and limits on what a script may cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from servkit.scripts.fill import Filled, ScriptError, with_value

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a script may cost: characters it may come to, rounds of its loops, bytes of its variables, depth of its blocks.
MAX_OUTPUT = 20_000
MAX_LOOPS = 2_000
MAX_VARIABLES = 50_000
MAX_DEPTH = 20

_UNDEFINED = re.compile(r"'?([^' ]+)'? is undefined")


def liquid_names(text: str) -> tuple[str, ...]:
    """Every name that a script may ask for, sorted. Raises ScriptError with line and column within the script."""
    try:
        analysis = _engine().from_string(text).analyze()
    except Exception as fault:  # noqa: BLE001 - Liquid's errors have many bases
        raise _error(fault) from None
    return tuple(sorted(".".join(map(str, found.segments)) for every in analysis.globals.values() for found in every))


def _engine() -> Any:
    from liquid import Environment, FalsyStrictUndefined

    class Sandbox(Environment):
        output_stream_limit = MAX_OUTPUT
        loop_iteration_limit = MAX_LOOPS
        local_namespace_limit = MAX_VARIABLES
        context_depth_limit = MAX_DEPTH

    return Sandbox(undefined=FalsyStrictUndefined, strict_filters=True)


def with_liquid(text: str, values: Mapping[str, Any]) -> Filled:
    """Fill a script. Raises ScriptError with line and column within the script."""
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
