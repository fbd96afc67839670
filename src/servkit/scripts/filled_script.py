"""A filled script, what a script may cost, and the error of one that cannot be filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.book.problems import ServkitError

if TYPE_CHECKING:
    from servkit.scripts.foreign_blanks import ForeignBlank

#: Limits of one script: characters it has, bytes it may come to, rounds of its loops, bytes of its variables, and how
#: deep its blocks nest.
MAX_SOURCE = 100_000
MAX_OUTPUT = 20_000
MAX_LOOPS = 2_000
MAX_VARIABLES = 50_000
MAX_DEPTH = 20


#: Filters that take plain numbers.
MATH_FILTERS = frozenset(
    {"abs", "at_least", "at_most", "ceil", "divided_by", "floor", "minus", "modulo", "plus", "round", "times"}
)


class Filled(NamedTuple):
    """The text, the placeholders that have neither a value nor a default, and the blanks of other programs, which
    nothing fills. Where there are any of either, the text must not be used."""

    text: str
    missing: tuple[str, ...]
    foreign: tuple[ForeignBlank, ...] = ()


class ScriptError(ServkitError):
    """Liquid cannot read the script, or the script goes past a limit."""


def error_at(text: str, start: int, reason: str) -> ScriptError:
    """An error with the line and column of a place in a script."""
    before = text[:start]
    line, column = before.count("\n") + 1, start - before.rfind("\n")
    return ScriptError(f"{reason} (line {line}, column {column} of the script)")
