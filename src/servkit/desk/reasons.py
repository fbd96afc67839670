"""Why an answer is what it is, in words: a tree for every segment, every value and every document left out. Each line
has a verdict, a text and the place where it is written. A screen and a page show the same tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.explanation import explain
from servkit.book.amounts import Plain
from servkit.book.values import plain_number
from servkit.desk.answer_phrases import conflict_words
from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.answer.condition_trace import Check
    from servkit.answer.explanation import (
        DocumentWhy,
        Place,
        PromiseWhy,
        RowWhy,
        SegmentWhy,
        SetterWhy,
        TermWhy,
        WrittenValue,
    )
    from servkit.answer.result import Answer
    from servkit.desk.phrases import DeskPhrases

_SETTERS = {
    "might": Message("open: the customer may be in this segment"),
    "not in": Message("the customer is not in this segment"),
    "ignored": Message("ignored: a fixed term, or a value that does not fit it"),
}
_PROMISES = {
    "not kinder": Message("no better than what they have anyway"),
    "open": Message("the term is open"),
    "ignored": Message("ignored: the term is fixed"),
}


class Reason(NamedTuple):
    """A line of an explanation. ``verdict`` is True, False, None (not known), or ``""`` where nothing was decided;
    ``sort`` is ``head``, ``aside`` or ``warning``."""

    text: str
    verdict: bool | str | None = ""
    place: str = ""
    parts: tuple[Reason, ...] = ()
    sort: str = ""


class Reasons(NamedTuple):
    """The reasons for a whole answer; terms by their references."""

    segments: tuple[Reason, ...]
    terms: dict[str, Reason]
    left_out: tuple[Reason, ...]


def reasons(answer: Answer, phrases: DeskPhrases) -> Reasons:
    """The reasons for a whole answer."""
    found, writer = explain(answer), _Writer(phrases)
    return Reasons(
        tuple(map(writer.segment, found.segments)),
        {why.answer.term.ref: writer.term(why) for why in found.terms},
        tuple(map(writer.left_out, found.left_out)),
    )


class _Writer:
    def __init__(self, phrases: DeskPhrases) -> None:
        self.phrases, self.gettext = phrases, phrases.words.gettext

    def segment(self, why: SegmentWhy) -> Reason:
        return Reason(why.place.id, why.verdict, _at(why.place), tuple(self._check(why.when)), "head")

    def left_out(self, why: DocumentWhy) -> Reason:
        because = Reason(self.phrases.because(why.because))
        parts = () if why.when is None else self._check(why.when)
        name = f"{why.place.kind}:{why.place.id}"
        return Reason(name, None if why.unknown else False, _at(why.place), (because, *parts), "head")

    def term(self, why: TermWhy) -> Reason:
        found = why.answer
        return Reason(f"{found.term.ref} = {self._state(why)}", parts=tuple(self._term_parts(why)), sort="head")

    def _term_parts(self, why: TermWhy) -> Iterator[Reason]:
        found, gettext = why.answer, self.gettext
        usual = gettext("not offered unless a row applies")
        if why.value is not None:
            usual = gettext("everybody has {value}", value=self._given(why.value))
        rule = gettext("fixed") if found.term.fixed else gettext("flexible")
        yield Reason(f"{rule}; {usual}", place=_at(why.value.place if why.value else why.place))
        yield from map(self._row, why.rows)
        yield from map(self._setter, why.segments)
        if why.promise is not None:
            yield self._promise(why.promise)
        yield from self._bounds(why.limit, why.grants)
        if found.clipped is not None:
            text = gettext("{value} is past the limit, and stops there", value=self.phrases.value(found.clipped))
            yield Reason(text, sort="warning")

    def _row(self, row: RowWhy) -> Reason:
        value = self._given(row.value) if row.value is not None else self.gettext("no value")
        text = self.gettext("row {number}: {value}", number=row.number, value=value)
        decides = "  ← " + self.gettext("decides") if row.decides else ""
        parts = (*self._check(row.when), *self._bounds(row.limit, row.grants))
        return Reason(text + decides, row.when.verdict, _at(row.place), parts)

    def _setter(self, setter: SetterWhy) -> Reason:
        place = setter.value.place
        note = self.gettext(_SETTERS[setter.state].text) if setter.state in _SETTERS else ""
        if setter.outranked_by:
            note = self.gettext("outranked by {segments}", segments=", ".join(setter.outranked_by))
        text = self.gettext(
            "segment {segment}, priority {priority}: {value}",
            segment=place.id,
            priority=plain_number(setter.priority),
            value=self._given(setter.value),
        )
        noted = f"{text}{'; ' if note else ''}{note}"
        return Reason(noted, setter.when.verdict, _at(place), tuple(self._check(setter.when)))

    def _promise(self, promise: PromiseWhy) -> Reason:
        note = self.gettext(_PROMISES[promise.state].text) if promise.state in _PROMISES else ""
        promised = self.gettext("promised: {value}", value=self._rule(promise.value))
        verdict = {"kept": True, "open": None}.get(promise.state, False)
        return Reason(f"{promised}{'; ' if note else ''}{note}", verdict, _at(promise.value.place))

    def _bounds(self, limit: WrittenValue | None, grants: tuple[tuple[str, WrittenValue], ...]) -> Iterator[Reason]:
        for role, given in grants:
            text = self.gettext("{role} may go to {value}", role=role, value=self._given(given))
            yield Reason(text, place=_at(given.place), sort="aside")
        if limit is not None:
            text = self.gettext("nobody may go past {value}", value=self._given(limit))
            yield Reason(text, place=_at(limit.place), sort="aside")

    def _check(self, check: Check) -> Iterator[Reason]:
        """A condition part by part. That all parts have to hold goes without saying."""
        parts = (reason for part in check.parts for reason in self._check(part))
        if check.joined == "all":
            yield from parts
        else:
            yield Reason(self._words(check), check.verdict, parts=tuple(parts))

    def _words(self, check: Check) -> str:
        if check.atom is None:
            return self.gettext("none of these:") if check.joined == "not" else self.gettext("any of these:")
        words = self.phrases.condition(check.atom)
        if check.name == "segment" or check.atom.op == "known":
            return words
        on_record = self.phrases.value(check.value) if check.value is not None else self.gettext("not known")
        return f"{words}  ({on_record})"

    def _rule(self, given: WrittenValue) -> str:
        return self.phrases.rule(given.written)

    def _given(self, given: WrittenValue) -> str:
        """A rule, and what it comes to here where that says more."""
        rule = self._rule(given)
        if given.amount is None or isinstance(given.written, Plain):
            return rule
        return f"{rule} = {self.phrases.amount_in_words(given.amount)}"

    def _state(self, why: TermWhy) -> str:
        found, phrases = why.answer, self.phrases
        if found.state == "open":
            values = phrases.either([phrases.amount_in_words(amount) for amount in found.may_be])
            return self.gettext("open: {values}", values=values)
        if found.state == "conflict":
            return self.gettext("conflict: {sides}", sides=conflict_words(found, phrases))
        return phrases.amount_in_words(found.value)


def _at(place: Place) -> str:
    return f"{place.file}:{place.line}"
