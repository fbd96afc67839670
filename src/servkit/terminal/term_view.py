"""Terms on a screen: what a value is, whose it is, how far you may go, and who may go further."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rich.cells import cell_len

from servkit.book.intervals import Range
from servkit.terminal.screen import Screen, TextBlock, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servkit.answer.result import Answer, TermAnswer
    from servkit.terminal.desk_phrases import DeskPhrases

#: A longer name of a term has a line of its own.
LONGEST = 28
_STYLES = {"settled": "bold", "open": "yellow", "conflict": "bold red"}


class TermView:
    """Draws the terms of one answer, their values under one another."""

    def __init__(self, answer: Answer, screen: Screen, phrases: DeskPhrases) -> None:
        self.answer, self.screen, self.phrases = answer, screen, phrases
        self.column = 8 + max(
            (wide for term in answer.terms.values() if (wide := cell_len(self.name(term))) <= LONGEST), default=16
        )
        self._asked: defaultdict[str, list[str]] = defaultdict(list)
        for ask in answer.questions:
            for ref in ask.decides:
                self._asked[ref].append(ask.name)
        self._by_document: defaultdict[str, list[TermAnswer]] = defaultdict(list)
        for found in answer.terms_as_written:
            self._by_document[found.term.ref.partition(".")[0]].append(found)

    def name(self, term: TermAnswer) -> str:
        title = self.answer.settings.pick(term.term.title, self.answer.case.language)
        return one_line(title) or term.term.ref.partition(".")[2].replace("-", " ").capitalize()

    def title(self, ref: str) -> str:
        """What a term is called, whether or not it is in the answer."""
        term = self.answer.terms.get(ref)
        return self.name(term) if term is not None else ref.partition(".")[2].replace("-", " ").capitalize()

    def of(self, id_: str) -> None:
        """The terms of one document."""
        self.draw(self._by_document[id_])

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
        phrases, gettext = self.phrases, self.phrases.words.gettext
        if term.state == "open":
            values = phrases.either([phrases.amount_in_words(amount) for amount in term.may_be])
            names = phrases.both([phrases.name(name) for name in self._asked[term.term.ref]])
            return gettext("{values}, depending on: {names}", values=values, names=names) if names else values
        if term.state == "conflict":
            return gettext("CONFLICT: {sides}; ask before you promise", sides=conflict_words(term, phrases))
        assert term.value is not None
        value = phrases.value(term.value)
        if term.due is None:
            return value
        return gettext("{value}, by {moment}", value=value, moment=phrases.moment(term.due, self.answer.case.on.year))

    def _asides(self, term: TermAnswer) -> Iterator[TextBlock]:
        """What you may do, who may do more, and why the value is not the usual one."""
        phrases, gettext = self.phrases, self.phrases.words.gettext
        own = term.you_may if term.you_may is not None and term.you_may.key not in _due_anyway(term) else None
        further = ""
        if term.then is not None:
            further = gettext("{role} to {value}", role=term.then.role, value=phrases.value(term.then.may))
        if term.you_may_be and term.you_may_be != term.may_be:
            yield from self._ends(term, further)
        elif own is not None:
            mark = gettext("you may go to {value}", value=phrases.value(own))
            more = f"· {further}" if further else ""
            yield TextBlock(more, mark=f"{mark} " if further else mark, mark_style="green", hang=2)
        elif further:
            no_further = self.answer.case.role and term.value is not None and not term.you_may_be
            text = gettext("{grants}, without asking", grants=further)
            yield TextBlock(gettext("you may go no further · {grants}", grants=further) if no_further else text)
        if term.clipped is not None:
            yield TextBlock(gettext("{value} would be past the limit", value=phrases.value(term.clipped)), "yellow")
        if term.origin is not None and term.origin.kind in ("segment", "customer"):
            yield TextBlock(self._source(term, term.origin.kind, term.origin.id), "dim")

    def _ends(self, term: TermAnswer, further: str) -> Iterator[TextBlock]:
        """How far you may go, where a question decides that, and who may go further then."""
        phrases, gettext = self.phrases, self.phrases.words.gettext
        values = phrases.either([phrases.amount_in_words(amount) for amount in term.you_may_be])
        names = phrases.both([phrases.name(name) for name in term.ends_depend])
        grants = [further] if further else []
        if term.perhaps is not None and (term.then is None or term.perhaps[0] != term.then.role):
            role, ends = term.perhaps
            more = phrases.either([phrases.amount_in_words(amount) for amount in ends])
            grants.insert(0, gettext("{role} to {value}", role=role, value=more))
        depending = gettext("{values}, depending on: {names}", values=values, names=names)
        if any(isinstance(amount, Range) for amount in term.you_may_be):
            mark = gettext("how far you may go: {value}", value=depending)
        else:
            mark = gettext("you may go to {value}", value=depending)
        text = "· " + " · ".join(grants) if grants else ""
        yield TextBlock(text, mark=f"{mark} " if text else mark, mark_style="green", hang=2)

    def _source(self, term: TermAnswer, kind: str, id_: str) -> str:
        phrases, gettext = self.phrases, self.phrases.words.gettext
        source = gettext("promised") if kind == "customer" else gettext("for {segment}", segment=phrases.segment(id_))
        same = term.value is not None and term.default is not None and term.default.key == term.value.key
        if same or term.default is None:
            return source
        return gettext("{source}; others have {value}", source=source, value=phrases.value(term.default))


def conflict_words(term: TermAnswer, phrases: DeskPhrases) -> str:
    """The values that contradict each other, each with the document that it comes from."""
    sides = [f"{phrases.amount_in_words(amount)} ({origin.id})" for amount, origin in term.between]
    against = phrases.words.gettext("against")
    return f" {against} ".join(sides)


def _due_anyway(term: TermAnswer) -> set[tuple[str, object]]:
    """What the customer has whichever way it turns out: the value, or the least kind that an open term may come to."""
    if term.value is not None:
        return {term.value.key}
    ends = [end for amount in term.may_be for end in (amount[:2] if isinstance(amount, Range) else (amount,)) if end]
    if term.term.better is None or not ends or len({end.family for end in ends}) > 1:
        return set()
    return {(min if term.term.better == "more" else max)(ends, key=lambda end: end.size).key}
