"""Why an answer is what it is, on a screen: for every segment, every value and every document left out the rule, the
condition part by part, and the place where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.explanation import explain
from servkit.book.values import plain_number, write
from servkit.terminal.term_view import amount_words

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
    from servkit.terminal.screen import Screen

_MARKS = {True: "✓ ", False: "✗ ", None: "? "}
_STYLES = {True: "green", False: "red", None: "yellow"}
_SETTERS = {
    "held": "",
    "might": "open: the customer may be in this segment",
    "not in": "the customer is not in this segment",
    "ignored": "ignored: a fixed term, or a value that does not fit it",
}
_PROMISES = {
    "kept": "",
    "not kinder": "no better than what they have anyway",
    "open": "the term is open",
    "ignored": "ignored: the term is fixed",
}


def draw_why(answer: Answer, screen: Screen) -> None:
    """Draw the reasons for a whole answer."""
    found = explain(answer)
    view = _WhyView(answer, screen)
    if found.segments:
        screen.heading("Why these segments")
    for segment in found.segments:
        view.segment(segment)
    if found.terms:
        screen.heading("Why these values")
    for term in found.terms:
        view.term(term)
    if found.left_out:
        screen.heading("Why these are left out")
    for document in found.left_out:
        view.left_out(document)


class _WhyView:
    def __init__(self, answer: Answer, screen: Screen) -> None:
        self.answer, self.screen = answer, screen

    def segment(self, why: SegmentWhy) -> None:
        self._verdict(why.verdict, f"{why.place.id}{_at(why.place)}", 2, "bold")
        self._check(why.when, 4)

    def left_out(self, why: DocumentWhy) -> None:
        maybe = None if why.unknown else False
        self._verdict(maybe, f"{why.place.kind}:{why.place.id}{_at(why.place)}", 2, "bold")
        self.screen.put(why.because, indent=4)
        if why.when is not None:
            self._check(why.when, 4)

    def term(self, why: TermWhy) -> None:
        screen, found = self.screen, why.answer
        screen.gap()
        screen.put(f"{found.term.ref} = {_state(why)}", "bold", indent=2)
        usual = (
            f"everybody has {why.value.rule}{_comes_to(why.value)}"
            if why.value is not None
            else "not offered unless a row applies"
        )
        screen.put(f"{why.rule}; {usual}{_at(why.value.place if why.value else why.place)}", indent=4)
        for row in why.rows:
            self._row(row)
        for setter in why.segments:
            self._setter(setter)
        if why.promise is not None:
            self._promise(why.promise)
        self._bounds(why.limit, why.grants, 4)
        if found.clipped is not None:
            screen.put(f"{write(found.clipped)} is past the limit, and stops there", "yellow", indent=4)

    def _row(self, row: RowWhy) -> None:
        value = f"{row.value.rule}{_comes_to(row.value)}" if row.value is not None else "no value"
        decides = "  ← decides" if row.decides else ""
        self._verdict(row.when.verdict, f"row {row.number}: {value}{decides}{_at(row.place)}", 4)
        self._check(row.when, 6)
        self._bounds(row.limit, row.grants, 6)

    def _setter(self, setter: SetterWhy) -> None:
        value, place = setter.value, setter.value.place
        note = _SETTERS.get(setter.state, f"outranked by {', '.join(setter.outranked_by)}")
        text = f"segment {place.id}, priority {plain_number(setter.priority)}: {value.rule}{_comes_to(value)}"
        self._verdict(setter.when.verdict, f"{text}{'; ' if note else ''}{note}{_at(place)}", 4)
        self._check(setter.when, 6)

    def _promise(self, promise: PromiseWhy) -> None:
        note = _PROMISES.get(promise.state, promise.state)
        text = f"promised: {promise.value.rule}{'; ' if note else ''}{note}{_at(promise.value.place)}"
        self._verdict({"kept": True, "open": None}.get(promise.state, False), text, 4)

    def _bounds(self, limit: WrittenValue | None, grants: tuple[tuple[str, WrittenValue], ...], indent: int) -> None:
        for role, given in grants:
            self.screen.put(f"{role} may go to {given.rule}{_comes_to(given)}{_at(given.place)}", "dim", indent=indent)
        if limit is not None:
            self.screen.put(
                f"nobody may go past {limit.rule}{_comes_to(limit)}{_at(limit.place)}", "dim", indent=indent
            )

    def _check(self, check: Check, indent: int) -> None:
        """A condition part by part. That all parts have to hold goes without saying."""
        if check.joined == "all":
            for part in check.parts:
                self._check(part, indent)
            return
        on_record = ""
        if check.name and check.name != "segment" and not check.words.endswith("known"):
            on_record = f"  ({write(check.value)})" if check.value is not None else "  (not known)"
        self._verdict(check.verdict, f"{check.words}{on_record}{':' if check.parts else ''}", indent)
        for part in check.parts:
            self._check(part, indent + 2)

    def _verdict(self, verdict: bool | None, text: str, indent: int, style: str = "") -> None:
        self.screen.put(text, style, indent, _MARKS[verdict], _STYLES[verdict])


def _at(place: Place) -> str:
    return f"  {place.file}:{place.line}"


def _comes_to(given: WrittenValue) -> str:
    """What a rule comes to here, where that says more than the rule."""
    if given.amount is None or given.rule == amount_words(given.amount):
        return ""
    return f" = {amount_words(given.amount)}"


def _state(why: TermWhy) -> str:
    found = why.answer
    if found.state == "open":
        return "open: " + " or ".join(map(amount_words, found.may_be))
    if found.state == "conflict":
        return "conflict: " + " against ".join(
            f"{amount_words(amount)} ({origin.id})" for amount, origin in found.between
        )
    return amount_words(found.value)
