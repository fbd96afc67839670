"""The terms of a book by their references, and what people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.desk.phrases import DeskPhrases
from servkit.languages.catalogue import Worded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from servkit.book.terms import Term
    from servkit.desk.session import Desk
    from servkit.languages.catalogue import Catalogue
    from servkit.languages.phrases import Phrases


class TitledPhrases(DeskPhrases):
    """Phrases that call terms, segments and attributes by their titles, in English, too."""

    def __init__(self, desk: Desk, words: Catalogue) -> None:
        segments = {entry.id: entry for entry in desk.book.segments()}
        super().__init__(desk.settings, words, desk.today().toordinal(), segments)
        self._titles = {ref: self.pick(term.title) or ref for ref, term in terms_by_reference(desk).items()}
        self._titles |= {id_: self.segment(id_) for id_ in segments}

    def _blank(self, blank: Any) -> Any:
        if isinstance(blank, Worded):
            return self._meaning(blank)
        return self._titles.get(blank, blank) if isinstance(blank, str) else super()._blank(blank)


def name_titles(desk: Desk, terms: Mapping[str, Term], phrases: Phrases) -> Callable[[str], str]:
    """A function from a term's reference, or the id of a recovery or an area, to what people call it."""

    def title(name: str) -> str:
        term = terms.get(name)
        if term is not None:
            return phrases.pick(term.title) or name
        recoveries = desk.book.versions("recovery", name)
        named = [entry.prose for entry in recoveries] or [desk.settings.areas.get(name, {})]
        return phrases.pick(named[0].get("title")) or name

    return title


def terms_by_reference(desk: Desk) -> dict[str, Term]:
    """Every term of the book."""
    return {term.ref: term for entry in desk.book.everything() for term in entry.terms.values()}
