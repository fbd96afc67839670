"""What two books know: the names that they ask for on record, and the choices, roles and channels of only one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.settings import BUILT_IN
from servkit.cache.compiled_book import CompiledBook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servkit.book.entries import Entry
    from servkit.book.library import Library


def names_asked_for(library: Library) -> Iterator[str]:
    """The attributes and facts of which a book asks whether they are on record."""
    if isinstance(library, CompiledBook):
        entries: Iterable[Entry] = library.asking("Known")
    else:
        entries = (*library.segments(), *library.everything())
    for entry in entries:
        conditions = [entry.when] if entry.when is not None else []
        conditions += [row.when for term in entry.terms.values() for row in term.rows]
        for condition in conditions:
            yield from (atom.name for atom in condition.atoms() if atom.op == "known" and atom.name not in BUILT_IN)


def only_one_knows(before: Library, after: Library) -> Iterator[str]:
    """Choices, types, roles and channels that only one of the books knows: no case can be put to both with them."""
    one, two = before.settings, after.settings
    for what in ("roles", "channels"):
        yield from _missing(what[:-1], getattr(one, what), getattr(two, what))
    for name, variable in two.names.items():
        other = one.names.get(name)
        if other is None:
            continue
        if other.type != variable.type:
            yield f"{name} is a {other.type} before and a {variable.type} after"
        elif other.of != variable.of:
            yield from _missing(f"choice of {name}", other.of, variable.of)


def _missing(what: str, before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    before, after = list(before), list(after)
    for name in before:
        if name not in after:
            yield f"{name}, a {what}, is only there before"
    for name in after:
        if name not in before:
            yield f"{name}, a {what}, is only there after"
