"""Conditions that ask about one unknown name alone: they are sets of its cells, and need no diagrams of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.conditions import All, AnyOf, Atom, Condition, Has, Known, Not

if TYPE_CHECKING:
    from servkit.book.conditions import Record
    from servkit.domains.axis import Axis


def only_name(condition: Condition, record: Record) -> str | None:
    """The one unknown name that a condition asks about; None where there are several, or where it is a list's."""
    found: str | None = None
    for atom in condition.atoms():
        if isinstance(atom, Known) or atom.name in record.values:
            continue
        if isinstance(atom, Has) or (found is not None and found != atom.name):
            return None
        found = atom.name
    return found


def mask_of(condition: Condition, axis: Axis, record: Record) -> int:
    """The cells of an axis in which a condition holds that asks about no other unknown name."""
    known = condition.kleene(record)
    if known is not None:
        return axis.full if known else 0
    if isinstance(condition, Not):
        return axis.full & ~mask_of(condition.part, axis, record)
    if isinstance(condition, AnyOf):
        out = 0
        for part in condition.parts:
            out |= mask_of(part, axis, record)
        return out
    if isinstance(condition, All):
        out = axis.full
        for part in condition.parts:
            out &= mask_of(part, axis, record)
        return out
    assert isinstance(condition, Atom)
    return axis.mask(condition)
