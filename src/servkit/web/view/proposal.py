"""What a proposed change comes to, with titles in place of ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.desk.term_titles import TitledPhrases
from servkit.languages.catalogue import Message

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
    phrases = TitledPhrases(desk, words)
    return [
        EffectLine(phrases.say(one.change), "" if one.weight is None else phrases.say(_count(one.weight)))
        for one in edit.effect.lines
    ]


def _count(weight: Weight) -> Message:
    blanks = {"count": weight.certain, "all": weight.of, "perhaps": weight.perhaps}
    if weight.perhaps:
        return Message("{count} of {all} customers, perhaps {perhaps} more", blanks)
    return Message("{count} of {all} customers", blanks)
