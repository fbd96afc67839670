"""Conditions as they were evaluated, part by part: words, verdict, and the value on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from servkit.answer.condition_reasons import phrase
from servkit.book.conditions import All, AnyOf, Atom, Condition, InSegment, Known, Not, Record, comparable_verdict

if TYPE_CHECKING:
    from servkit.book.values import Value


@dataclass(frozen=True, slots=True)
class Check:
    """A part of a condition. ``joined`` is ``all``, ``any`` or ``not`` over ``parts``, or empty for one question.

    ``verdict`` is that of three-valued logic on what is on record; where the whole holds (or fails) however the
    unknowns are filled in, the one at the top says so even if the parts cannot.
    """

    words: str
    verdict: bool | None
    name: str = ""
    value: Value | None = None
    joined: str = ""
    parts: tuple[Check, ...] = ()
    atom: Atom | None = None


def checked(condition: Condition, record: Record, verdict: bool | None = None) -> Check:
    """The tree of a condition; ``verdict`` is what exact evaluation settled where three-valued logic cannot."""
    known = comparable_verdict(condition, record)
    known = verdict if known is None else known
    if isinstance(condition, Not):
        return Check("not", known, joined="not", parts=(checked(condition.part, record),))
    if isinstance(condition, All):
        joined = "any" if isinstance(condition, AnyOf) else "all"
        parts = tuple(checked(part, record) for part in condition.parts)
        return Check("any of" if joined == "any" else "all of", known, joined=joined, parts=parts)
    assert isinstance(condition, Atom)
    value = None if isinstance(condition, InSegment) else record.values.get(condition.name)
    words = condition.words() if isinstance(condition, Known) else phrase(condition, record.today)
    return Check(words, known, condition.name, value, atom=condition)


def check_json(check: Check, write_value: Any) -> dict[str, Any]:
    """A check as plain data: only what there is to say."""
    out: dict[str, Any] = {"words": check.words, "verdict": check.verdict}
    if check.name:
        out["name"] = check.name
        out["value"] = write_value(check.value)
    if check.joined:
        out["joined"] = check.joined
        out["parts"] = [check_json(part, write_value) for part in check.parts]
    return out
