"""Filling a script.

Most scripts are plain text with ``{{ name }}`` and ``{{ name | default: "text" }}`` in it. These are filled here, and
only scripts that use more of Liquid import it: importing Liquid takes more than half of the time that a person waits
for ``servkit say``. A property test holds both ways to the same text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from servkit.scripts.filled_script import MAX_OUTPUT, MAX_SOURCE, Filled, error_at
from servkit.scripts.foreign_blanks import foreign_blanks

if TYPE_CHECKING:
    from collections.abc import Mapping

_PART = r"[A-Za-z_](?:[\w-]*\w)?"
#: The one placeholder that is read without Liquid: a name, and perhaps a default.
SIMPLE = re.compile(
    r"(?<!\{)\{\{\s*(" + _PART + r"(?:\." + _PART + r")*)\s*"
    r"(?:\|\s*default\s*:\s*(?:\"([^\"\\{}]*)\"|'([^'\\{}]*)')\s*)?\}\}",
    re.ASCII,
)
#: Words that mean something to Liquid wherever they stand.
_LIQUID_WORDS = frozenset(
    {"true", "false", "nil", "null", "empty", "blank", "size", "first", "last", "and", "or", "not", "in", "contains"}
    | {"if", "else", "with", "for", "as"}
)


def is_simple(text: str) -> bool:
    """Whether a script has no placeholder but simple ones."""
    rest = SIMPLE.sub("\0", text)
    return not any(mark in rest for mark in ("{{", "{%", "{#")) and not any(
        _LIQUID_WORDS.intersection(found[1].split(".")) for found in SIMPLE.finditer(text)
    )


def fill(text: str, values: Mapping[str, Any], language: str | None = None) -> Filled:
    """Fill a script. Raises ScriptError with line and column within the script."""
    _check_length(text)
    return _fill(text, values)._replace(foreign=tuple(foreign_blanks(text, language)))


def _fill(text: str, values: Mapping[str, Any]) -> Filled:
    if is_simple(text):
        missing: dict[str, None] = {}

        def replacement(found: re.Match[str]) -> str:
            value, default = _value(found[1], values), found[2] or found[3]
            if value is None and found[2] is None and found[3] is None:
                missing[found[1]] = None
                return found[1]
            return value or default or ""

        filled = SIMPLE.sub(replacement, text)
        if len(filled.encode("utf-8", "replace")) <= MAX_OUTPUT:
            return Filled(filled, tuple(missing))
    from servkit.scripts.sandbox import fill_with_liquid

    return fill_with_liquid(text, values)


def placeholders(text: str) -> tuple[str, ...]:
    """Every name that a script may ask for, sorted. Raises ScriptError with line and column within the script."""
    _check_length(text)
    if is_simple(text):
        return tuple(sorted({found[1] for found in SIMPLE.finditer(text)}))
    from servkit.scripts.sandbox import liquid_names

    return liquid_names(text)


def _check_length(text: str) -> None:
    if len(text) > MAX_SOURCE:
        raise error_at(text, MAX_SOURCE, f"the script is longer than {MAX_SOURCE:,} characters")


def _value(name: str, values: Mapping[str, Any]) -> str | None:
    """What a dotted name stands for; None where there is nothing to say."""
    value: Any = values
    for part in name.split("."):
        value = value.get(part) if hasattr(value, "get") else None
    text = "" if value is None or hasattr(value, "get") else str(value)
    return text if text.strip() else None
