"""What a proposed change comes to, with titles in place of ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.desk.phrases import DeskPhrases
from servkit.desk.term_titles import terms_by_reference
from servkit.languages.catalogue import Message, Worded

if TYPE_CHECKING:
    from servkit.desk.edits import ProposedEdit
    from servkit.desk.session import Desk
    from servkit.history.changes import Weight
    from servkit.languages.catalogue import Catalogue


class EffectLine(NamedTuple):
    """A change of what people get, and for how many customers."""

    change: str
    customers: str


def effect_lines(desk: Desk, words: Catalogue, edit: ProposedEdit) -> list[EffectLine]:
    """What an edit changes, a line for each edited place."""
    phrases = _Titles(desk, words)
    return [
        EffectLine(phrases.say(one.change), "" if one.weight is None else phrases.say(_count(one.weight)))
        for one in edit.effect.lines
    ]


def _count(weight: Weight) -> Message:
    blanks = {"count": weight.certain, "all": weight.of, "perhaps": weight.perhaps}
    if weight.perhaps:
        return Message("{count} of {all} customers, perhaps {perhaps} more", blanks)
    return Message("{count} of {all} customers", blanks)


class _Titles(DeskPhrases):
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
