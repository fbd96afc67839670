"""Filling a script: a quick way for what most scripts are, and Liquid in a sandbox for all others.

Both give the same text; the quick way reads plain text with ``{{ name }}`` and ``{{ name | default: "text" }}``, and
saves loading the engine, which takes longer than the whole desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problems import ServkitError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a script may cost: characters it has and may come to, rounds of its loops, bytes of its variables, depth of its
#: blocks.
MAX_SOURCE = 100_000
MAX_OUTPUT = 20_000
MAX_LOOPS = 2_000
MAX_VARIABLES = 50_000
MAX_DEPTH = 20

#: Words that mean something to Liquid wherever they stand.
_SPECIAL = frozenset(
    {"true", "false", "nil", "null", "empty", "blank", "size", "first", "last", "and", "or", "not", "in", "contains"}
    | {"if", "else", "with", "for", "as"}
)


class Filled(NamedTuple):
    """The text, and the placeholders that had neither a value nor a fallback (the text is then not to be used)."""

    text: str
    missing: tuple[str, ...]


class ScriptError(ServkitError):
    """A script that Liquid cannot read, or that goes past its limits."""


def fill(text: str, values: Mapping[str, Any]) -> Filled:
    """Fill a script. Raises ScriptError with line and column within the script."""
    parts = _plain_parts(text)
    if parts is not None:
        said, missing = [], []
        for part in parts:
            if isinstance(part, str):
                said.append(part)
                continue
            name, fallback = part
            value = _value(name, values)
            if value is None and fallback is None:
                missing.append(name)
                value = name
            said.append(value or fallback or "")
        done = "".join(said)
        if len(done) * 4 <= MAX_OUTPUT or len(done.encode("utf-8", "replace")) <= MAX_OUTPUT:
            return Filled(done, tuple(dict.fromkeys(missing)))
    from servkit.scripts.sandbox import with_liquid

    return with_liquid(text, values)


def placeholders(text: str) -> tuple[str, ...]:
    """Every name that a script may ask for, sorted."""
    parts = _plain_parts(text)
    if parts is None:
        from servkit.scripts.sandbox import liquid_names

        return liquid_names(text)
    return tuple(sorted({part[0] for part in parts if not isinstance(part, str)}))


def with_value(values: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The values with one more, under a dotted name."""
    first, _, rest = name.partition(".")
    inner = values.get(first)
    return {**values, first: with_value(inner if hasattr(inner, "get") else {}, rest, value) if rest else value}  # type: ignore[arg-type]


def at(text: str, start: int, reason: str) -> ScriptError:
    """A fault at a place in a script."""
    before = text[:start]
    line, column = before.count("\n") + 1, start - before.rfind("\n")
    return ScriptError(f"{reason} (line {line}, column {column} of the script)")


def _value(name: str, values: Mapping[str, Any]) -> str | None:
    """What a dotted name stands for; None where it stands for nothing that can be said."""
    value: Any = values
    for part in name.split("."):
        value = value.get(part) if hasattr(value, "get") else None
    said = "" if value is None or hasattr(value, "get") else str(value)
    return said if said.strip() else None


def _plain_parts(text: str) -> list[str | tuple[str, str | None]] | None:
    """The text parted at its placeholders, each with its fallback; None for what only Liquid itself can read."""
    if len(text) > MAX_SOURCE:
        raise at(text, MAX_SOURCE, f"the script is longer than {MAX_SOURCE:,} characters")
    if "{%" in text or "{#" in text:
        return None
    first, *pieces = text.split("{{")
    out: list[str | tuple[str, str | None]] = [first]
    for piece in pieces:
        inside, closed, rest = piece.partition("}}")
        asked = _asked(inside) if closed else None
        if asked is None:
            return None
        out += [asked, rest]
    return out


def _asked(inside: str) -> tuple[str, str | None] | None:
    """A name and its fallback, from between the braces."""
    name, bar, given = inside.partition("|")
    parts = name.strip().split(".")
    if any(
        not part.isascii()
        or not part.replace("-", "_").isidentifier()
        or part[0] == "-"
        or part[-1] == "-"
        or part in _SPECIAL
        for part in parts
    ):
        return None
    if not bar:
        return ".".join(parts), None
    key, _, quoted = (part.strip() for part in given.partition(":"))
    fallback = quoted[1:-1]
    if key != "default" or len(quoted) < 2 or quoted[0] not in "\"'" or quoted[-1] != quoted[0]:
        return None
    if any(char in fallback for char in (quoted[0], "\\", "{", "}")):
        return None
    return ".".join(parts), fallback
