"""The terms of a book by their references, and what people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from servkit.book.terms import Term
    from servkit.desk.session import Desk
    from servkit.languages.phrases import Phrases


def name_titles(desk: Desk, terms: Mapping[str, Term], phrases: Phrases) -> Callable[[str], str]:
    """A function from a term's reference, or a recovery's id, to what people call it."""

    def title(name: str) -> str:
        term = terms.get(name)
        if term is not None:
            return phrases.pick(term.title) or name
        recoveries = desk.book.versions("recovery", name)
        return next((phrases.pick(entry.prose.get("title")) for entry in recoveries), name)

    return title


def terms_by_reference(desk: Desk) -> dict[str, Term]:
    """Every term of the book."""
    return {term.ref: term for entry in desk.book.everything() for term in entry.terms.values()}
