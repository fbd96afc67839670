"""The scripts as Liquid: what each of them names, and which of these names have a fallback."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.scripts.fill import MAX_OUTPUT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

Where = tuple[str | int, ...]
_NAME = r"[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*"
#: Nearly every placeholder there is: a name, perhaps with a fallback. What is more goes through Liquid.
_SIMPLE = re.compile(r"\{\{-?\s*(" + _NAME + r")\s*(\|\s*default\s*:\s*(?:\"[^\"{}]*\"|'[^'{}]*')\s*)?-?\}\}", re.ASCII)
_WORDS = frozenset({"true", "false", "nil", "null", "empty", "blank"})


class Placeholder(NamedTuple):
    """A name in a script; ``safe`` where it has a fallback, or only decides whether something is said; ``start`` is
    how many characters of the text go before it."""

    name: str
    safe: bool
    start: int


class Template(NamedTuple):
    """One script in one language. ``fault`` is what Liquid cannot read, with its line and column in the text."""

    entry: Entry
    where: Where
    text: str
    placeholders: tuple[Placeholder, ...]
    fault: tuple[str, int, int] | None = None


def templates(kinds: Mapping[str, Sequence[Entry]]) -> Sequence[Template]:
    """Every script in every language."""
    return [template for entry in kinds["script"] for template in _of(entry)]


def _of(entry: Entry) -> Iterator[Template]:
    say = entry.prose.get("say")
    for language, text in say.items() if isinstance(say, dict) else [(None, say)]:
        if isinstance(text, str):
            where: Where = ("say",) if language is None else ("say", language)
            yield read_template(entry, where, text)


def read_template(entry: Entry, where: Where, text: str) -> Template:
    """What a text names."""
    if len(text) > MAX_OUTPUT:
        message = f"it has {len(text):,} characters, and {MAX_OUTPUT:,} are the most"
        return Template(entry, where, text, (), (message, 1, 1))
    rest = _SIMPLE.sub("", text)
    found = [Placeholder(hit[1], bool(hit[2]), hit.start(1)) for hit in _SIMPLE.finditer(text)]
    if not any(mark in rest for mark in ("{{", "{%", "{#")) and not any(one.name in _WORDS for one in found):
        return Template(entry, where, text, tuple(found))
    if (start := _unclosed(text)) >= 0:
        return Template(entry, where, text, (), ("a brace is opened and not closed", *_line_and_column(text, start)))
    try:
        template = _liquid().from_string(text)
        return Template(entry, where, text, tuple(_walked(template, text)))
    except Exception as fault:  # noqa: BLE001 - Liquid's errors have many bases
        return Template(entry, where, text, (), _said(fault))


@cache
def _liquid() -> Any:
    from liquid import Environment

    environment = Environment(strict_filters=True)
    for tag in ("include", "render"):  # as in servkit.scripts.sandbox: a script has no other files
        environment.tags.pop(tag, None)
    return environment


def _said(fault: Exception) -> tuple[str, int, int]:
    token = getattr(fault, "token", None)
    source, start = getattr(token, "source", ""), getattr(token, "start_index", 0)
    message = str(getattr(fault, "message", None) or fault) or "nested too deep"
    line, column = _line_and_column(source if isinstance(source, str) else "", max(start, 0))
    return message.splitlines()[0].strip(), line, column


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
        asked = (
            frozenset(name for found in node.expressions() for name in _names(found)) if "If" in kind else frozenset()
        )
        yield from _printed(node.children(_context(), include_partials=False), guards | asked)


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

    return RenderContext(_liquid().from_string(""))
