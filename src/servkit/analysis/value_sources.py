"""The sources of a term's value, in the order in which they are tried (BOOK.md 6, step 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.analysis.case_space import member
from servkit.book.amounts import Plain
from servkit.book.conditions import All, AnyOf, Condition, InSegment, Not

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servkit.book.amounts import Expression
    from servkit.book.terms import Term


class ValueSource(NamedTuple):
    """Something that may decide a term where ``required`` holds and nothing of ``avoided`` does."""

    amount: Expression | None
    required: tuple[Condition, ...]
    avoided: tuple[Condition, ...]


def base_sources(term: Term, before: Iterable[Condition]) -> list[ValueSource]:
    """The rows of a term and its ``value``, after what goes before them all."""
    gone = tuple(before)
    out = []
    for row in term.rows:
        out.append(ValueSource(row.value if row.value is not None else term.value, (row.when,), gone))
        gone = (*gone, row.when)
    return [*out, ValueSource(term.value, (), gone)]


def same_amount(left: Expression | None, right: Expression | None) -> bool:
    """Whether two amounts are surely the same for everybody."""
    if isinstance(left, Plain) and isinstance(right, Plain):
        return left.value.key == right.value.key
    return left is right or (
        left is not None and right is not None and _without_lines(left.encode()) == _without_lines(right.encode())
    )


def _without_lines(data: object) -> object:
    """An encoded amount without its line numbers."""
    if isinstance(data, list) and data and data[0] in ("plain", "dated", "counted"):
        return [_without_lines(part) for part in data[:-1]]
    return [_without_lines(part) for part in data] if isinstance(data, list) else data


def substituted(condition: Condition, segment: str, *, inside: bool) -> Condition:
    """The condition for somebody who is taken to be in a segment, or not to be in it."""
    if isinstance(condition, Not):
        return Not(substituted(condition.part, segment, inside=inside))
    if isinstance(condition, All):
        return type(condition)(tuple(substituted(part, segment, inside=inside) for part in condition.parts))
    if not isinstance(condition, InSegment) or segment not in condition.items:
        return condition
    parts: list[Condition] = [
        (All(()) if inside else AnyOf(())) if item == segment else member(item) for item in condition.items
    ]
    joined = (All if condition.op == "has_all" else AnyOf)(tuple(parts))
    return Not(joined) if condition.op in ("is_not", "not_in") else joined
