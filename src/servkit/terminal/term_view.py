"""Terms on a screen: what a value is, whose it is, how far you may go, and who may go further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from servkit.terminal.screen import Screen, TextBlock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servkit.answer.result import TermAnswer
    from servkit.desk.answer_phrases import AnswerPhrases, Aside

#: A longer name of a term has a line of its own.
LONGEST = 28
_STYLES = {"settled": "bold", "open": "yellow", "conflict": "bold red"}
_ASIDES = {"clipped": "yellow", "source": "dim"}


class TermView:
    """Draws the terms of one answer, their values under one another."""

    def __init__(self, said: AnswerPhrases, screen: Screen) -> None:
        self.said, self.screen = said, screen
        names = map(said.term_name, said.answer.terms.values())
        self.column = 8 + max((wide for name in names if (wide := cell_len(name)) <= LONGEST), default=16)

    def of(self, id_: str) -> None:
        """The terms of one document."""
        self.draw(self.said.terms_of(id_))

    def draw(self, terms: Iterable[TermAnswer]) -> None:
        for term in terms:
            self.screen.pair(
                self.said.term_name(term),
                self.said.term_value(term),
                indent=4,
                column=self.column,
                style=_STYLES[term.state],
                under=list(map(_aside, self.said.asides(term))),
            )


def _aside(aside: Aside) -> TextBlock:
    if aside.sort != "mine":
        return TextBlock(aside.text, _ASIDES.get(aside.sort, ""))
    rest = f"· {aside.rest}" if aside.rest else ""
    return TextBlock(rest, mark=f"{aside.text} " if rest else aside.text, mark_style="green", hang=2)
