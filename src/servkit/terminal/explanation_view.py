"""Why an answer is what it is, on a screen: for every segment, every value and every document left out the rule, the
condition part by part, and the place where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.explanation import explain
from servkit.book.amounts import Plain
from servkit.book.values import plain_number
from servkit.languages.catalogue import Message
from servkit.terminal.term_view import conflict_words

if TYPE_CHECKING:
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
    from servkit.terminal.desk_phrases import DeskPhrases
    from servkit.terminal.screen import Screen

_MARKS = {True: "✓ ", False: "✗ ", None: "? "}
_STYLES = {True: "green", False: "red", None: "yellow"}
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


def draw_why(answer: Answer, screen: Screen, phrases: DeskPhrases) -> None:
    """Draw the reasons for a whole answer."""
    found, gettext = explain(answer), phrases.words.gettext
    view = _WhyView(screen, phrases)
    if found.segments:
        screen.heading(gettext("Why these segments"))
    for segment in found.segments:
        view.segment(segment)
    if found.terms:
        screen.heading(gettext("Why these values"))
    for term in found.terms:
        view.term(term)
    if found.left_out:
        screen.heading(gettext("Why these are left out"))
    for document in found.left_out:
        view.left_out(document)


class _WhyView:
    def __init__(self, screen: Screen, phrases: DeskPhrases) -> None:
        self.screen, self.phrases, self.gettext = screen, phrases, phrases.words.gettext

    def segment(self, why: SegmentWhy) -> None:
        self._verdict(why.verdict, f"{why.place.id}{_at(why.place)}", 2, "bold")
        self._check(why.when, 4)

    def left_out(self, why: DocumentWhy) -> None:
        maybe = None if why.unknown else False
        self._verdict(maybe, f"{why.place.kind}:{why.place.id}{_at(why.place)}", 2, "bold")
        self.screen.put(self.phrases.because(why.because), indent=4)
        if why.when is not None:
            self._check(why.when, 4)

    def term(self, why: TermWhy) -> None:
        screen, found, gettext = self.screen, why.answer, self.gettext
        screen.gap()
        screen.put(f"{found.term.ref} = {self._state(why)}", "bold", indent=2)
        usual = gettext("not offered unless a row applies")
        if why.value is not None:
            usual = gettext("everybody has {value}", value=self._given(why.value))
        rule = gettext("fixed") if found.term.fixed else gettext("flexible")
        screen.put(f"{rule}; {usual}{_at(why.value.place if why.value else why.place)}", indent=4)
        for row in why.rows:
            self._row(row)
        for setter in why.segments:
            self._setter(setter)
        if why.promise is not None:
            self._promise(why.promise)
        self._bounds(why.limit, why.grants, 4)
        if found.clipped is not None:
            text = gettext("{value} is past the limit, and stops there", value=self.phrases.value(found.clipped))
            screen.put(text, "yellow", indent=4)

    def _row(self, row: RowWhy) -> None:
        value = self._given(row.value) if row.value is not None else self.gettext("no value")
        text = self.gettext("row {number}: {value}", number=row.number, value=value)
        decides = "  ← " + self.gettext("decides") if row.decides else ""
        self._verdict(row.when.verdict, f"{text}{decides}{_at(row.place)}", 4)
        self._check(row.when, 6)
        self._bounds(row.limit, row.grants, 6)

    def _setter(self, setter: SetterWhy) -> None:
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
        self._verdict(setter.when.verdict, f"{text}{'; ' if note else ''}{note}{_at(place)}", 4)
        self._check(setter.when, 6)

    def _promise(self, promise: PromiseWhy) -> None:
        note = self.gettext(_PROMISES[promise.state].text) if promise.state in _PROMISES else ""
        promised = self.gettext("promised: {value}", value=self._rule(promise.value))
        text = f"{promised}{'; ' if note else ''}{note}{_at(promise.value.place)}"
        self._verdict({"kept": True, "open": None}.get(promise.state, False), text, 4)

    def _bounds(self, limit: WrittenValue | None, grants: tuple[tuple[str, WrittenValue], ...], indent: int) -> None:
        for role, given in grants:
            text = self.gettext("{role} may go to {value}", role=role, value=self._given(given))
            self.screen.put(f"{text}{_at(given.place)}", "dim", indent=indent)
        if limit is not None:
            text = self.gettext("nobody may go past {value}", value=self._given(limit))
            self.screen.put(f"{text}{_at(limit.place)}", "dim", indent=indent)

    def _check(self, check: Check, indent: int) -> None:
        """A condition part by part. That all parts have to hold goes without saying."""
        if check.joined == "all":
            for part in check.parts:
                self._check(part, indent)
            return
        self._verdict(check.verdict, self._words(check), indent)
        for part in check.parts:
            self._check(part, indent + 2)

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

    def _verdict(self, verdict: bool | None, text: str, indent: int, style: str = "") -> None:
        self.screen.put(text, style, indent, _MARKS[verdict], _STYLES[verdict])


def _at(place: Place) -> str:
    return f"  {place.file}:{place.line}"
