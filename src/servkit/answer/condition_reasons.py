"""Conditions and verdicts in words: why something applies, and why it does not."""

from __future__ import annotations

from datetime import date

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


def because(condition: Condition, record: Record, *, truth: bool = True) -> str:
    """Why a condition is true (if not ``truth``: false): the parts that make it so, each with what is on record."""
    return "; ".join(dict.fromkeys(_reasons(condition, record, truth))) or "it always holds"


def _reasons(condition: Condition, record: Record, truth: bool) -> list[str]:
    if isinstance(condition, Not):
        return _reasons(condition.part, record, not truth)
    if isinstance(condition, All):
        # `any` being true and `all` being false each depend on the parts that agree; otherwise on all of them.
        parts = [part for part in condition.parts if comparable_verdict(part, record) is truth]
        if isinstance(condition, AnyOf) is truth and parts:
            parts = parts[:1]
        return [reason for part in parts or condition.parts for reason in _reasons(part, record, truth)]
    assert isinstance(condition, Atom)
    return [_reason(condition, record, truth)]


def _reason(atom: Atom, record: Record, truth: bool) -> str:
    value = record.values.get(atom.name)
    words = phrase(atom, record.today)
    if isinstance(atom, InSegment):
        verb = "in" if truth is (atom.op not in ("is_not", "not_in")) else "not in"
        return f"{verb} segment {', '.join(atom.items)}"
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
