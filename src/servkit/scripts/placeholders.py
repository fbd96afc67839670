"""The names in the text of a script: where each stands, and which of them have a fallback."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.scripts.fill import SIMPLE, is_simple
from servkit.scripts.filled_script import MAX_OUTPUT
from servkit.scripts.liquid_slips import in_plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator


class Placeholder(NamedTuple):
    """A name in a script; ``safe`` where it has a fallback, or only decides whether a passage is used; ``start`` is
    how many characters of the text go before it."""

    name: str
    safe: bool
    start: int


class ScriptNames(NamedTuple):
    """What a text names. ``fault`` is what Liquid cannot read, with its line and column in the text."""

    placeholders: tuple[Placeholder, ...]
    fault: tuple[str, int, int] | None = None
    #: As Liquid reads it; None for plain text with names in it.
    tree: Any = None


def script_names(text: str) -> ScriptNames:
    """What a text names."""
    if len(text) > MAX_OUTPUT:
        message = f"it has {len(text):,} characters, and {MAX_OUTPUT:,} is the limit"
        return ScriptNames((), (message, 1, 1))
    if is_simple(text):
        found = [
            Placeholder(hit[1], hit[2] is not None or hit[3] is not None, hit.start(1)) for hit in SIMPLE.finditer(text)
        ]
        return ScriptNames(tuple(found))
    if (start := _unclosed(text)) >= 0:
        return ScriptNames((), ("a brace is opened but never closed", *_line_and_column(text, start)))
    try:
        template = _engine(text).from_string(text)
        return ScriptNames(tuple(_walked(template, text)), tree=template)
    except Exception as fault:  # noqa: BLE001 - Liquid's errors have many bases
        return ScriptNames((), _describe(fault))


def _engine(text: str) -> Any:
    from servkit.scripts.sandbox import engine

    return engine(text, [])


def _describe(fault: Exception) -> tuple[str, int, int]:
    token = getattr(fault, "token", None)
    source, start = getattr(token, "source", ""), getattr(token, "start_index", 0)
    message = str(getattr(fault, "message", None) or fault) or "nested too deep"
    line, column = _line_and_column(source if isinstance(source, str) else "", max(start, 0))
    return in_plain_words(message.splitlines()[0].strip()), line, column


def _line_and_column(text: str, start: int) -> tuple[int, int]:
    before = text[:start]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _unclosed(text: str) -> int:
    """Where something is opened that nothing closes, or -1. Liquid would look for the end of every one to the last."""
    for opening, closing in (("{%", "%}"), ("{{", "}}")):
        last = text.rfind(closing)
        start = text.find(opening, max(last, 0))
        if start >= 0 and (opening == "{%" or "{%" not in text):
            return start
    return -1


def _walked(template: Any, text: str) -> Iterator[Placeholder]:
    """The names that come from outside, each with whether it is printed without a fallback."""
    analysis = template.analyze(include_partials=False)
    for name, spans in analysis.filters.items():
        if name not in template.env.filters:
            raise _UnknownFilterError(name, text, spans[0].index)
    printed = set(_printed(template.nodes, frozenset()))
    for places in analysis.globals.values():
        for place in places:
            start = place.span.index
            yield Placeholder(".".join(map(str, place.segments)), start not in printed, start)


class _UnknownFilterError(Exception):
    """A filter that Liquid does not have."""

    def __init__(self, name: str, source: str, start: int) -> None:
        super().__init__(f"there is no filter {name!r}")
        self.token = _Token(source, start)


class _Token(NamedTuple):
    source: str
    start_index: int


def _printed(nodes: Any, guards: frozenset[str]) -> Iterator[int]:
    """Where a name is printed with no fallback, and not inside a block that asked whether it is there."""
    from liquid.builtin.expressions import FilteredExpression, Path

    for node in nodes:
        kind = type(node).__name__
        expression = getattr(node, "expression", None)
        if kind in ("OutputNode", "EchoNode") and isinstance(expression, FilteredExpression):
            bare = not any(found.name == "default" for found in expression.filters or ())
            if bare and isinstance(expression.left, Path) and _path(expression.left) not in guards:
                yield expression.left.token.start_index
        tested = (
            frozenset(name for found in node.expressions() for name in _names(found)) if "If" in kind else frozenset()
        )
        yield from _printed(node.children(_context(), include_partials=False), guards | tested)


def _names(expression: Any) -> Iterator[str]:
    from liquid.builtin.expressions import Path

    if isinstance(expression, Path):
        yield _path(expression)
    for part in expression.children():
        yield from _names(part)


def _path(expression: Any) -> str:
    return ".".join(map(str, expression.path))


@cache
def _context() -> Any:
    from liquid import RenderContext

    return RenderContext(_engine("").from_string(""))
