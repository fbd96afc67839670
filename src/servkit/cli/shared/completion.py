"""Completion of ids, areas, customers, roles and attribute names of the book at hand.

A completion that fails completes nothing: the shell is no place for an error.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from servkit.book.kinds import names as kind_names
from servkit.book.settings import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def _from_book(names: Callable[[Any, str], Iterable[str]]) -> Callable[[Any, str], list[str]]:
    def complete(ctx: Any, incomplete: str) -> list[str]:
        from servkit.cli.shared.desk import open_desk  # only a completion needs the book here

        try:
            named = (ctx.params or {}).get("book")  # as it was typed: nothing is converted while completing
            with open_desk(Path(named) if named else None, quiet=True) as desk:
                return sorted({name for name in names(desk, incomplete) if name.startswith(incomplete)})
        except Exception:  # noqa: BLE001 - nobody wants a message while they type
            return []

    return complete


def _plain(names: Callable[[], Iterable[str]]) -> Callable[[Any, str], list[str]]:
    return lambda ctx, incomplete: [name for name in names() if name.startswith(incomplete)]


def _facts(desk: Any, start: str) -> Iterator[str]:
    """``NAME=``, and behind it the values there are to choose from."""
    for name, variable in desk.settings.names.items():
        yield f"{name}="
        if start.startswith(f"{name}="):
            for value in variable.of or (("yes", "no") if variable.type == "flag" else ()):
                yield f"{name}={value}"


def _symbols(desk: Any, _: str) -> Iterator[str]:
    from servkit.names.symbols import Symbols  # only the completion of this one needs it

    for kind, names in Symbols(desk.settings, desk.book.all()).names.items():
        yield from (f"{kind}:{name}" for name in names)


def _kinds() -> tuple[str, ...]:
    from servkit.desk.listing import ALSO  # every command has completions, and only one lists

    return (*kind_names(), *ALSO)


roles = _from_book(lambda desk, _: desk.settings.roles)
channels = _from_book(lambda desk, _: desk.settings.channels)
languages = _from_book(lambda desk, _: desk.settings.languages)
names = _from_book(_facts)
areas = _from_book(
    lambda desk, _: [*desk.settings.areas, *desk.book.ids(("standard", "policy", "procedure", "recovery"))]
)
customers = _from_book(lambda desk, start: desk.directory.starting(start))
scripts = _from_book(lambda desk, _: [*desk.book.ids(("script",)), *desk.book.shortcodes()])
documents = _from_book(lambda desk, _: [*desk.book.ids(), *desk.settings.areas])
recoveries = _from_book(lambda desk, _: desk.book.ids(("recovery",)))
scenarios = _from_book(lambda desk, _: desk.book.ids(("scenario",)))
symbols = _from_book(_symbols)
levels = _plain(lambda: LEVELS)
kinds = _plain(_kinds)
formats = _plain(lambda: ("text", "json"))


def tools(ctx: Any, incomplete: str) -> list[str]:
    """The programs that files are exchanged with."""
    from servkit.exchange.tools import tool_names  # only two commands need them

    return [name for name in tool_names() if name.startswith(incomplete)]
