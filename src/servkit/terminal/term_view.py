"""Terms on a screen: what a value is, whose it is, how far you may go, and who may go further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from servkit.answer.answer_json import amount_json
from servkit.book.intervals import Range
from servkit.book.values import write
from servkit.terminal.screen import Screen, TextBlock, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from servkit.answer.result import Answer, TermAnswer
    from servkit.book.intervals import Amount

#: A longer name of a term has a line of its own.
LONGEST = 28
_STYLES = {"settled": "bold", "open": "yellow", "conflict": "bold red"}


class TermView:
    """Draws the terms of one answer, their values under one another."""

    def __init__(self, answer: Answer, screen: Screen) -> None:
        self.answer, self.screen = answer, screen
        self.column = 8 + max(
            (wide for term in answer.terms.values() if (wide := cell_len(self.name(term))) <= LONGEST), default=16
        )
        self._asked = {ref: [ask.name for ask in answer.ask if ref in ask.decides] for ref in answer.terms}

    def name(self, term: TermAnswer) -> str:
        title = self.answer.settings.pick(term.term.title, self.answer.case.language)
        return one_line(title) or term.term.ref.partition(".")[2].replace("-", " ").capitalize()

    def title(self, ref: str) -> str:
        """What a term is called, whether or not it is in the answer."""
        term = self.answer.terms.get(ref)
        return self.name(term) if term is not None else ref.partition(".")[2].replace("-", " ").capitalize()

    def of(self, id_: str) -> None:
        """The terms of one document."""
        self.draw(term for ref, term in self.answer.terms.items() if ref.partition(".")[0] == id_)

    def draw(self, terms: Iterable[TermAnswer]) -> None:
        for term in terms:
            self.screen.pair(
                self.name(term),
                self._value(term),
                indent=4,
                column=self.column,
                style=_STYLES[term.state],
                under=list(self._asides(term)),
            )

    def _value(self, term: TermAnswer) -> str:
        if term.state == "open":
            names = self._asked[term.term.ref]
            hangs = f", depending on {' and '.join(names)}" if names else ""
            return " or ".join(amount_words(amount) for amount in term.may_be) + hangs
        if term.state == "conflict":
            sides = " against ".join(f"{amount_words(amount)} ({origin.id})" for amount, origin in term.between)
            return f"CONFLICT: {sides}; ask before you promise"
        assert term.value is not None
        value = write(term.value)
        return f"{value}, by {moment_words(term.due, self.answer)}" if term.due is not None else value

    def _asides(self, term: TermAnswer) -> Iterator[TextBlock]:
        """What you may do, who may do more, and why the value is not the usual one."""
        own = term.you_may if term.you_may is not None and term.you_may.key not in _due_anyway(term) else None
        further = f"{term.then.role} to {write(term.then.may)}" if term.then is not None else ""
        if own is not None:
            mark = f"you may go to {write(own)}"
            more = f"· {further}" if further else ""
            yield TextBlock(more, mark=f"{mark} " if further else mark, mark_style="green", hang=2)
        elif further:
            no_further = self.answer.case.role and term.value is not None
            yield TextBlock(f"you may go no further · {further}" if no_further else f"{further}, without asking")
        if term.clipped is not None:
            yield TextBlock(f"{write(term.clipped)} would be past the limit", "yellow")
        if term.origin is not None and term.origin.kind in ("segment", "customer"):
            source = "promised" if term.origin.kind == "customer" else f"for {self._segment(term.origin.id)}"
            same = term.value is not None and term.default is not None and term.default.key == term.value.key
            usual = term.default if not same else None
            yield TextBlock(f"{source}; others have {write(usual)}" if usual else source, "dim")

    def _segment(self, id_: str) -> str:
        entry = self.answer.trace.all_segments.get(id_)
        return (self.answer.settings.pick(entry.prose.get("title"), self.answer.case.language) if entry else "") or id_


def amount_words(amount: Amount | None) -> str:
    """A value, a range, or nothing, in words."""
    if amount is None:
        return "nothing"
    found = amount_json(amount)
    if isinstance(found, list):
        return ", ".join(found)
    if not isinstance(found, dict):
        return str(found)
    low, high = found.get("at_least"), found.get("at_most")
    return (
        f"{low} to {high}" if low and high else f"{low} or more" if low else f"up to {high}" if high else "any amount"
    )


def moment_words(when: datetime, answer: Answer) -> str:
    """A moment as a person says it, ``Mon 2 Mar, 11:00``; with the year where it is not that of the lookup."""
    year = f" {when.year}" if when.year != answer.case.on.year else ""
    return f"{_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]}{year}, {when:%H:%M}"


# Not strftime's: its names are those of the machine's language.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _due_anyway(term: TermAnswer) -> set[tuple[str, object]]:
    """What the customer has whichever way it turns out: the value, or the least kind that an open term may come to."""
    if term.value is not None:
        return {term.value.key}
    ends = [end for amount in term.may_be for end in (amount[:2] if isinstance(amount, Range) else (amount,)) if end]
    if term.term.better is None or not ends or len({end.family for end in ends}) > 1:
        return set()
    return {(min if term.term.better == "more" else max)(ends, key=lambda end: end.size).key}
