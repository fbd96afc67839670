"""Why a condition holds, or does not: the parts that decide it, each with what is on record, and in English words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.conditions import (
    All,
    AnyOf,
    Atom,
    Condition,
    Days,
    InSegment,
    Known,
    Not,
    Record,
    comparable_verdict,
)
from servkit.book.dates import Relative
from servkit.book.values import write

if TYPE_CHECKING:
    from servkit.book.values import Value


class Reason(NamedTuple):
    """A part of a condition that decided: whether it is true, and the value on record (None: not known)."""

    atom: Atom
    value: Value | None
    truth: bool
    today: int

    @property
    def positive(self) -> bool:
        """Whether the customer is in one of the segments, where the part asks about segments."""
        return self.truth is (self.atom.op not in ("is_not", "not_in"))

    def __str__(self) -> str:
        return _words(self)


class Reasons(tuple[Reason, ...]):
    """Why a whole condition is true or false; empty where it always holds."""

    __slots__ = ()

    def __str__(self) -> str:
        return "; ".join(dict.fromkeys(map(str, self))) or "it always holds"


def because(condition: Condition, record: Record, *, truth: bool = True) -> Reasons:
    """Why a condition is true (if not ``truth``: false): the parts that make it so, each with what is on record."""
    return Reasons(_reasons(condition, record, truth))


def _reasons(condition: Condition, record: Record, truth: bool) -> list[Reason]:
    if isinstance(condition, Not):
        return _reasons(condition.part, record, not truth)
    if isinstance(condition, All):
        # `any` being true and `all` being false each depend on the parts that agree; otherwise on all of them.
        parts = [part for part in condition.parts if comparable_verdict(part, record) is truth]
        if isinstance(condition, AnyOf) is truth and parts:
            parts = parts[:1]
        return [reason for part in parts or condition.parts for reason in _reasons(part, record, truth)]
    assert isinstance(condition, Atom)
    return [Reason(condition, record.values.get(condition.name), truth, record.today)]


def _words(reason: Reason) -> str:
    atom, value, truth, today = reason
    words = phrase(atom, today)
    if isinstance(atom, InSegment):
        return f"{'in' if reason.positive else 'not in'} segment {', '.join(atom.items)}"
    if isinstance(atom, Known):
        return f"{atom.name} is {'known' if value is not None else 'not known'}"
    if value is None:
        return f"{atom.name} is not known yet"
    if atom.op in ("is", "in", "has", "has_any", "has_all") and truth:
        return words if atom.op == "is" else f"{atom.name} is {write(value)}"
    return words if truth and atom.op == "is_not" else f"{atom.name} is {write(value)} ({_comparison(words, truth)})"


def _comparison(words: str, truth: bool) -> str:
    """What a value was compared with: ``at least 12``, or ``needed: at least 12`` where it did not match."""
    tail = words.partition(" ")[2].removeprefix("is ")
    return tail if truth else f"needed: {tail}"


def phrase(atom: Atom, today: int) -> str:
    """The atom in words, with the day that a count of days comes to."""
    if not isinstance(atom, Days) or not any(isinstance(arg, Relative) for arg in atom.args):
        return atom.words()
    days = [date.fromordinal(arg.ordinal(today)).isoformat() for arg in atom.args if isinstance(arg, Relative)]
    if atom.op == "within":
        first, last = atom.spans(today)[0]
        length = str(atom.args[0]).rpartition(" ")[0]
        return f"{atom.name} is within {length}, {date.fromordinal(first)} to {date.fromordinal(last)}"
    return f"{atom.words()}, {', '.join(days)}"
