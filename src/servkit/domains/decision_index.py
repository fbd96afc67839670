"""Many conditions decided at once: an index from what is on record to the conditions that hold.

Every condition is split into conjuncts. The conjuncts on one name are asked of the cells of its axis, and each cell
keeps the set of conditions that it leaves true (bitmap indexing, O'Neil 1987). One decision is then one look-up a name
and an AND. A conjunct over several names is evaluated by itself, where the others leave its condition open. The
verdicts are those of three-valued logic, in two sets: true, and not false.
"""

from __future__ import annotations

from itertools import accumulate
from operator import xor
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.conditions import All, AnyOf, Condition, Has, Incomparable, InSegment, Known, Record
from servkit.domains.axes import make_axis
from servkit.domains.diagram import TooManyCombinationsError
from servkit.domains.masks import members

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

    from servkit.book.conditions import Atom
    from servkit.book.settings import Attribute
    from servkit.book.values import Value

    #: The conditions that a value leaves true; None where it does not compare with what it would be held against.
    _Column = Callable[[Value], int | None]
    #: The conjuncts on one name, by the place of their condition.
    _Parts = Mapping[int, Sequence[Condition]]

#: So many different values of a list, or of a text with too many cells, are remembered for one name.
MAX_REMEMBERED = 4_096


class Decided(NamedTuple):
    """Bits of the conditions that are true, and of those that are not false."""

    true: int
    possible: int

    def verdict(self, place: int) -> bool | None:
        """True, false or unknown for the condition at a place."""
        return True if self.true >> place & 1 else None if self.possible >> place & 1 else False


class DecisionIndex:
    """An index over conditions, for one day. ``variables`` are the names of the book."""

    def __init__(self, conditions: Sequence[Condition], today: int, variables: Mapping[str, Attribute]) -> None:
        self.conditions, self.today = conditions, today
        self._all = (1 << len(conditions)) - 1
        #: Conjuncts over several names or on segments, with the place of their condition.
        self._others: list[tuple[int, Condition]] = []
        by_name: dict[str, dict[int, list[Condition]]] = {}
        for place, condition in enumerate(conditions):
            for part in _conjuncts(condition):
                names = {atom.name for atom in part.atoms()}
                if len(names) == 1 and not any(isinstance(atom, InSegment) for atom in part.atoms()):
                    by_name.setdefault(names.pop(), {}).setdefault(place, []).append(part)
                else:
                    self._others.append((place, part))
        self._columns = [
            (name, *self._absent(parts), self._column(variables[name], parts)) for name, parts in by_name.items()
        ]

    def _absent(self, parts: _Parts) -> tuple[int, int]:
        """The conditions that are true, and those that are not false, where the name is not on record."""
        record, true, possible = Record({}, self.today), self._all, self._all
        for place, conditions in parts.items():
            verdict = All(tuple(conditions)).kleene(record)
            true &= ~(0 if verdict else 1 << place)
            possible &= ~(1 << place if verdict is False else 0)
        return true, possible

    # --- columns ----------------------------------------------------------------------------------------------

    def _column(self, variable: Attribute, parts: _Parts) -> _Column:
        atoms = [atom for conditions in parts.values() for part in conditions for atom in part.atoms()]
        tests = [atom for atom in atoms if not isinstance(atom, Known)]
        items = frozenset(item for atom in tests if isinstance(atom, Has) for item in atom.items)
        if not tests or variable.type == "list":
            return self._remembering(variable.name, parts, lambda value: value.size & items if items else None)
        try:
            return self._cells(variable, parts, tests)
        except TooManyCombinationsError:
            return self._remembering(variable.name, parts, lambda value: value.key)

    def _cells(self, variable: Attribute, parts: _Parts, atoms: Sequence[Atom]) -> _Column:
        """A column with one entry a cell. Along the cells a condition changes its verdict seldom, so that only its
        changes are noted, and then summed up."""
        axis = make_axis(variable, atoms, self.today)
        changes = [0] * axis.size
        for place, conditions in parts.items():
            mask = axis.where(All(tuple(conditions)))
            for cell in members((mask ^ (mask << 1)) & axis.full):
                changes[cell] ^= 1 << place
        elsewhere = self._all
        for place in parts:
            elsewhere &= ~(1 << place)
        true = [elsewhere | mask for mask in accumulate(changes, xor)]
        find = axis.find
        if len({arg.family for atom in atoms for arg in atom.args if hasattr(arg, "family")}) > 1:
            return lambda _: None  # no value compares with all of them

        def column(value: Value) -> int | None:
            cell = find(value)
            return None if cell is None else true[cell]

        return column

    def _remembering(self, name: str, parts: _Parts, key: Callable[[Value], Hashable]) -> _Column:
        """A column that evaluates a value when it is first met."""
        met: dict[Hashable, int | None] = {}

        def column(value: Value) -> int | None:
            value_key = key(value)
            if value_key in met:
                return met[value_key]
            found = self._evaluated(name, parts, value)
            if len(met) < MAX_REMEMBERED:
                met[value_key] = found
            return found

        return column

    def _evaluated(self, name: str, parts: _Parts, value: Value) -> int | None:
        record, out = Record({name: value}, self.today), self._all
        try:
            for place, conditions in parts.items():
                verdicts = [part.kleene(record) for part in conditions]  # every part, so that each is compared
                if not all(verdicts):
                    out &= ~(1 << place)
        except Incomparable:
            return None
        return out

    # --- decisions --------------------------------------------------------------------------------------------

    def decide(self, values: Mapping[str, Value]) -> Decided:
        """The verdict on every condition, exactly as evaluating one after the other gives it; raises Incomparable
        where that does."""
        true = possible = self._all
        get = values.get
        for name, absent_true, absent_possible, column in self._columns:
            value = get(name)
            if value is None:
                true &= absent_true
                possible &= absent_possible
            else:
                found = column(value)
                if found is None:
                    return self._one_by_one(values)
                true &= found
                possible &= found
        if self._others:
            return self._with_others(true, possible, values)
        return Decided(true, possible)

    def _with_others(self, true: int, possible: int, values: Mapping[str, Value]) -> Decided:
        record = Record(values, self.today)
        try:
            for place, condition in self._others:
                if possible >> place & 1:
                    verdict = condition.kleene(record)
                    if not verdict:
                        true &= ~(1 << place)
                        if verdict is False:
                            possible &= ~(1 << place)
        except Incomparable:
            return self._one_by_one(values)
        return Decided(true, possible)

    def _one_by_one(self, values: Mapping[str, Value]) -> Decided:
        record, true, possible = Record(values, self.today), 0, 0
        for place, condition in enumerate(self.conditions):
            verdict = condition.kleene(record)
            true |= (1 << place) if verdict else 0
            possible |= 0 if verdict is False else 1 << place
        return Decided(true, possible)


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, All) and not isinstance(condition, AnyOf):
        for part in condition.parts:
            yield from _conjuncts(part)
    else:
        yield condition
