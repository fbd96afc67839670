"""Conditions made: the class that an operator has on a name of some type, and conditions out of their encoded form."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from servkit.book.conditions import (
    All,
    AnyOf,
    Atom,
    Bounds,
    Condition,
    Days,
    Has,
    InSegment,
    Known,
    Not,
    OneOf,
    TextTest,
)
from servkit.book.dates import Relative
from servkit.book.values import decode


def atom_class(op: str, name: str, kind: str) -> type[Atom]:
    """The class for an operator on a name of a type (BOOK.md 9, *Operators*)."""
    if op == "known":
        return Known
    if name == "segment":
        return InSegment
    if kind == "list":
        return Has
    if kind == "date":
        return Days
    if op in ("is", "is_not", "in", "not_in"):
        return OneOf
    return TextTest if kind == "text" else Bounds


@lru_cache(4096)
def make_atom(class_name: str, op: str, name: str, args: tuple[Any, ...]) -> Atom:
    """An atom. The same few tests fill a whole book, and are in memory once."""
    return _ATOMS[class_name](op, name, args)


_ATOMS: dict[str, type[Atom]] = {kind.__name__: kind for kind in (OneOf, Bounds, Days, TextTest, Has, InSegment, Known)}


def decode_condition(data: list[Any]) -> Condition:
    """The inverse of ``encode``."""
    tag = data[0]
    if tag in ("all", "any"):
        return (All if tag == "all" else AnyOf)([decode_condition(part) for part in data[1:]])
    if tag == "not":
        return Not(decode_condition(data[1]))
    args = tuple(Relative(arg[1], arg[2]) if arg[0] == "ago" else decode(arg) for arg in data[3:])
    return make_atom(tag, data[1], data[2], args)
