"""Whether the amounts and periods of a text agree with an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.candidates import kinder
from servkit.book.intervals import Range
from servkit.book.values import write
from servkit.scripts.figures import Figure, Unread, figures_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.result import Answer, TermAnswer
    from servkit.book.intervals import Amount
    from servkit.book.values import Value

#: What a figure is to the answer, the most certain first, and what that means.
AGREES, ROOM, OPEN, DIFFERS, ELSEWHERE = "agrees", "room", "open", "differs", "in no term"
_WORKING = "no clock of the book has this name"


class Compared(NamedTuple):
    """A figure, what it is to the answer, and the terms and known facts that say so."""

    figure: Figure
    verdict: str
    terms: Sequence[str]
    known: Sequence[str] = ()


class Verification(NamedTuple):
    """All figures of a text against an answer, and what could not be read."""

    answer: Answer
    compared: Sequence[Compared]
    not_read: Sequence[Unread]

    @property
    def verdict(self) -> str:
        """``differs`` where one figure does, ``agrees`` where all do and nothing was left unread, else ``unsure``."""
        verdicts = {one.verdict for one in self.compared}
        if DIFFERS in verdicts:
            return DIFFERS
        sure = verdicts <= {AGREES} and not any(one.amount for one in self.not_read)
        return AGREES if sure else "unsure"


def verify(text: str, answer: Answer) -> Verification:
    """Compare a text with an answer."""
    values = [term.value or term.default for term in answer.terms.values()]
    counted = {value.family for value in (*values, *answer.trace.values.values())
               if value is not None and value.type == "number" and value.unit}  # fmt: skip
    figures, unread = figures_in(text, answer.settings, counted, answer.case.language)
    working = [Unread(one.text, one.place, _WORKING, amount=True) for one in figures if one.working]
    compared = [_compare(figure, answer) for figure in figures if not figure.working]
    return Verification(answer, compared, sorted((*unread, *working), key=lambda one: one.place))


def verification_data(found: Verification, fingerprint: str) -> dict[str, Any]:
    """The comparison as data, with the fingerprint of the answer."""
    return {
        "schema": "servkit/verification/1",
        "verdict": found.verdict,
        "figures": [
            {
                "text": one.figure.text,
                "at": one.figure.place,
                "value": write(one.figure.value),
                "verdict": one.verdict,
                "terms": {ref: _told(found.answer.terms[ref]) for ref in one.terms},
                "known": [*one.known],
            }
            for one in found.compared
        ],
        "not_read": [{"text": one.text, "at": one.place, "why": one.why} for one in found.not_read],
        "fingerprint": fingerprint,
    }


def _compare(figure: Figure, answer: Answer) -> Compared:
    value = figure.value
    by_verdict: dict[str, list[str]] = {}
    for ref, term in answer.terms.items():
        if verdict := _verdict(value, term):
            by_verdict.setdefault(verdict, []).append(ref)
    known = [name for name, fact in sorted(answer.trace.values.items()) if fact.key == value.key]
    if known and AGREES not in by_verdict:
        return Compared(figure, AGREES, (), known)
    for verdict in (AGREES, ROOM, OPEN, DIFFERS):
        if verdict in by_verdict:
            return Compared(figure, verdict, by_verdict[verdict], known)
    return Compared(figure, ELSEWHERE, (), known)


def _verdict(value: Value, term: TermAnswer) -> str | None:
    """What a value is to a term; None where they do not compare."""
    if term.value is not None:
        if term.value.family != value.family:
            return None
        if term.value.key == value.key:
            return AGREES
        return ROOM if _in_room(value, term) else DIFFERS
    amounts = [*term.may_be, *(amount for amount, _ in term.between)]
    if any(_may_be(value, amount) for amount in amounts):
        return OPEN
    return DIFFERS if any(_family(amount) == value.family for amount in amounts) else None


def _in_room(value: Value, term: TermAnswer) -> bool:
    """Whether it is kinder than the term's value, and no kinder than the role may be."""
    better = term.term.better
    if term.value is None or term.you_may is None or term.you_may.family != value.family:
        return False
    return bool(kinder(value, term.value, better)) and not kinder(value, term.you_may, better)


def _may_be(value: Value, amount: Amount | None) -> bool:
    if amount is None or _family(amount) != value.family:
        return False
    if not isinstance(amount, Range):
        return amount.key == value.key
    low, high = amount
    return (low is None or low.size <= value.size) and (high is None or value.size <= high.size)


def _family(amount: Amount | None) -> str | None:
    if isinstance(amount, Range):
        end = amount.low or amount.high
        return None if end is None else end.family
    return None if amount is None else amount.family


def _told(term: TermAnswer) -> str | None:
    """What the answer says of the term; None where that depends on a question."""
    return None if term.value is None else write(term.value)
