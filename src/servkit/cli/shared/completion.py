"""Completion of ids, areas, customers, roles and attribute names of the book at hand.

A completion that fails completes nothing: the shell is no place for an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def _from_book(names: Callable[[Any, str], Iterable[str]]) -> Callable[[Any, str], list[str]]:
    def complete(ctx: Any, incomplete: str) -> list[str]:
        try:
            from pathlib import Path

            from servkit.cli.shared.desk import open_desk_book

            named = (ctx.params or {}).get("book")  # as it was typed: nothing is converted while completing
            with open_desk_book(Path(named) if named else None, quiet=True) as book:
                return sorted({name for name in names(book, incomplete) if name.startswith(incomplete)})
        except Exception:  # noqa: BLE001
            return []

    return complete


def _plain(names: Callable[[], Iterable[str]]) -> Callable[[Any, str], list[str]]:
    return lambda ctx, incomplete: [name for name in names() if name.startswith(incomplete)]  # noqa: ARG005


def _facts(book: Any, start: str) -> Iterator[str]:
    """``NAME=``, and behind it the values there are to choose from."""
    for name, variable in book.settings.names.items():
        yield f"{name}="
        if start.startswith(f"{name}="):
            for value in variable.of or (("yes", "no") if variable.type == "flag" else ()):
                yield f"{name}={value}"


def _levels() -> Iterable[str]:
    from servkit.book.settings import LEVELS

    return LEVELS


def _kinds() -> Iterable[str]:
    from servkit.book import kinds
    from servkit.cli.shared.listing import ALSO

    return (*kinds.names(), *ALSO)


roles = _from_book(lambda book, _: book.settings.roles)
channels = _from_book(lambda book, _: book.settings.channels)
languages = _from_book(lambda book, _: book.settings.languages)
names = _from_book(_facts)
areas = _from_book(lambda book, _: [*book.settings.areas, *book.ids(("standard", "policy", "procedure", "recovery"))])
customers = _from_book(lambda book, start: book.customer_ids(start))
scripts = _from_book(lambda book, _: [*book.ids(("script",)), *book.shortcodes()])
documents = _from_book(lambda book, _: [*book.ids(), *book.settings.areas])
scenarios = _from_book(lambda book, _: book.ids(("scenario",)))
levels = _plain(_levels)
kinds = _plain(_kinds)
formats = _plain(lambda: ("text", "json"))
