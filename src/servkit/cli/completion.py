"""Completion of ids, areas, customers, roles and attribute names of the book at hand.

A completion that fails completes nothing: the shell is no place for an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def _from_book(names: Callable[[Any, str], Iterable[str]]) -> Callable[[Any, str], list[str]]:
    def complete(ctx: Any, incomplete: str) -> list[str]:
        try:
            from servkit.desk.opening import open_desk_book

            with open_desk_book((ctx.params or {}).get("book"), quiet=True) as book:
                return sorted({name for name in names(book, incomplete) if name.startswith(incomplete)})
        except Exception:  # noqa: BLE001
            return []

    return complete


roles = _from_book(lambda book, _: book.settings.roles)
channels = _from_book(lambda book, _: book.settings.channels)
names = _from_book(lambda book, _: (f"{name}=" for name in book.settings.names))
areas = _from_book(lambda book, _: [*book.settings.areas, *book.ids(("standard", "policy", "procedure", "recovery"))])
customers = _from_book(lambda book, start: book.customer_ids(start))
scripts = _from_book(lambda book, _: [*book.ids(("script",)), *book.shortcodes()])
documents = _from_book(lambda book, _: book.ids())
scenarios = _from_book(lambda book, _: book.ids(("scenario",)))
