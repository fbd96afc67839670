"""Where a term's value comes from, in the order in which one goes before the other (BOOK.md 6, step 3)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.overrides import typed
from servkit.book.amounts import Plain
from servkit.book.conditions import AnyOf, Condition, InSegment, Not
from servkit.book.problems import ValueProblem
from servkit.book.values import text_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.analysis.universe import Spot, Universe
    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.terms import Term


class Setter(NamedTuple):
    """A segment that sets a flexible term to a value that fits it; ``when`` is being in it."""

    entry: Entry
    amount: Expression
    priority: Decimal
    when: Condition


def member(id_: str) -> Condition:
    """Being in a segment."""
    return InSegment("has", "segment", (text_value(id_),))


def setters_of(universe: Universe, term: Term) -> list[Setter]:
    """The segments that set a term, as far as their values fit; none where the term is fixed."""
    found = universe.known_setters.get(id(term))
    if found is None:
        found = universe.known_setters[id(term)] = _setters_of(universe, term)
    return found


def _setters_of(universe: Universe, term: Term) -> list[Setter]:
    out = []
    for entry in universe.setters.get(term.ref, ()) if not term.fixed else ():
        amount = entry.moves.get(term.ref)
        if amount is None:
            continue
        try:
            fitting = typed(amount, term, universe.settings)
        except ValueProblem:
            continue
        out.append(Setter(entry, fitting, Decimal(entry.logic.get("priority", "0")), member(entry.id)))
    return out


def settled_spot(
    universe: Universe,
    wanted: Sequence[Condition],
    avoided: Sequence[Condition],
    others: Iterable[Condition],
    entries: Sequence[Entry],
) -> Spot | None:
    """Somebody as wanted, of whom enough is known that the others are settled too, false where they can be."""
    wanted, avoided = list(wanted), list(avoided)
    found = universe.find(wanted, avoided, entries)
    for other in others if found is not None else ():
        without = universe.find(wanted, [*avoided, other], entries)
        (avoided if without is not None else wanted).append(other)
        found = without or universe.find(wanted, avoided, entries) or found
    return found


class Source(NamedTuple):
    """Something that may decide a term where ``wanted`` holds and nothing of ``avoided`` does."""

    amount: Expression | None
    wanted: tuple[Condition, ...]
    avoided: tuple[Condition, ...]


def base_sources(term: Term, before: Iterable[Condition]) -> list[Source]:
    """The rows of a term and its ``value``, after what goes before them all."""
    gone = tuple(before)
    out = []
    for row in term.rows:
        out.append(Source(row.value if row.value is not None else term.value, (row.when,), gone))
        gone = (*gone, row.when)
    return [*out, Source(term.value, (), gone)]


def same(left: Expression | None, right: Expression | None) -> bool:
    """Whether two amounts are surely the same for everybody."""
    if isinstance(left, Plain) and isinstance(right, Plain):
        return left.value.key == right.value.key
    return left is right or (left is not None and right is not None and _bare(left.encode()) == _bare(right.encode()))


def _bare(data: object) -> object:
    """An encoded amount without its lines."""
    if isinstance(data, list) and data and data[0] in ("plain", "dated", "counted"):
        return [_bare(part) for part in data[:-1]]
    return [_bare(part) for part in data] if isinstance(data, list) else data


def substituted(condition: Condition, segment: str, *, inside: bool) -> Condition:
    """The condition for somebody of whom it is taken for granted that they are in a segment, or are not."""
    from servkit.book.conditions import All

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
