"""Many conditions decided at once: an index from what is on record to the conditions that hold.

Every condition is split into conjuncts. For each name, the values it can have are cut by the constants that any
conjunct asks about, and every cell holds the set of conditions whose conjuncts on that name are all true there, as the
bits of one integer (bitmap indexing, O'Neil 1987). One decision is then a look-up per name and an AND. What spans
several names in one conjunct is evaluated on its own, where the rest leaves it open. Verdicts are those of three-valued
logic, in two sets: surely true, and not false.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from operator import xor
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from servkit.book.conditions import (
    All,
    AnyOf,
    Atom,
    Bounds,
    Condition,
    Days,
    Has,
    Incomparable,
    InSegment,
    OneOf,
    Record,
)
from servkit.book.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

#: So many different texts or sets are remembered for one name.
REMEMBERED = 4_096


class Decided(NamedTuple):
    """Bits of the conditions that are true, and of those that are not false."""

    true: int
    possible: int

    def verdict(self, place: int) -> bool | None:
        """True, false or unknown for the condition at a place."""
        return True if self.true >> place & 1 else None if self.possible >> place & 1 else False


class _Column(Protocol):
    """The conditions that a value of one name leaves true. None where values would have to be compared that cannot."""

    def find(self, value: Value) -> int | None: ...


class DecisionIndex:
    """An index over conditions, for one day."""

    def __init__(self, conditions: Sequence[Condition], today: int) -> None:
        self.conditions, self.today = conditions, today
        self._all = (1 << len(conditions)) - 1
        self._residual: list[tuple[int, Condition]] = []
        by_name: dict[str, dict[int, list[Condition]]] = {}
        for place, condition in enumerate(conditions):
            for part in _conjuncts(condition):
                names = {atom.name for atom in part.atoms()}
                if len(names) == 1 and not any(isinstance(atom, InSegment) for atom in part.atoms()):
                    by_name.setdefault(names.pop(), {}).setdefault(place, []).append(part)
                else:
                    self._residual.append((place, part))
        self._columns = [
            (name, *self._absent(parts), _column(_Cells(name, parts, self._all, today)).find)
            for name, parts in sorted(by_name.items())
        ]

    def _absent(self, parts: Mapping[int, Sequence[Condition]]) -> tuple[int, int]:
        """The conditions that are true, and those that are not false, where the name is not on record."""
        record, true, possible = Record({}, self.today), self._all, self._all
        for place, conditions in parts.items():
            verdict = All(tuple(conditions)).kleene(record)
            true &= ~(0 if verdict else 1 << place)
            possible &= ~(1 << place if verdict is False else 0)
        return true, possible

    def decide(self, values: Mapping[str, Value]) -> Decided:
        """The verdict on every condition, exactly as evaluating one after the other gives it; raises Incomparable
        where that does."""
        true = possible = self._all
        get = values.get
        for name, absent_true, absent_possible, find in self._columns:
            value = get(name)
            if value is None:
                true &= absent_true
                possible &= absent_possible
            else:
                found = find(value)
                if found is None:
                    return self._one_by_one(values)
                true &= found
                possible &= found
        if self._residual:
            return self._residuals(true, possible, values)
        return Decided(true, possible)

    def _residuals(self, true: int, possible: int, values: Mapping[str, Value]) -> Decided:
        record = Record(values, self.today)
        try:
            for place, condition in self._residual:
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


def places(bits: int) -> Iterator[int]:
    """The places of the bits that are set, ascending."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, All) and not isinstance(condition, AnyOf):
        for part in condition.parts:
            yield from _conjuncts(part)
    else:
        yield condition


class _Cells:
    """What the conjuncts on one name make of a value, the slow way."""

    def __init__(self, name: str, parts: Mapping[int, Sequence[Condition]], everything: int, today: int) -> None:
        self.name, self.parts, self.everything, self.today = name, parts, everything, today

    def atoms(self) -> list[Atom]:
        return [atom for conditions in self.parts.values() for part in conditions for atom in part.atoms()]

    def mask(self, value: Value) -> int | None:
        record, out = Record({self.name: value}, self.today), self.everything
        try:
            for place, conditions in self.parts.items():
                if not all([part.kleene(record) for part in conditions]):  # noqa: C419 - every part, so that none is spared
                    out &= ~(1 << place)
        except Incomparable:
            return None
        return out

    def along(self, count: int, changes: Callable[[list[Atom]], Iterable[tuple[int, Value]]]) -> list[int]:
        """The masks of so many cells in their order. ``changes`` are, for the atoms of one condition, the cells from
        which on it may come to something else than before, the first cell among them, each with a value in it; so the
        work is in proportion to the constants there are, not to their number times that of the conditions."""
        turns = [0] * count
        for place, conditions in self.parts.items():
            before, bit = False, 1 << place
            for cell, value in changes([atom for part in conditions for atom in part.atoms()]):
                record = Record({self.name: value}, self.today)
                now = all(part.kleene(record) for part in conditions)
                if now is not before:
                    turns[cell] ^= bit
                    before = now
        elsewhere = self.everything
        for place in self.parts:
            elsewhere &= ~(1 << place)
        return [elsewhere | mask for mask in accumulate(turns, xor)]


def _column(cells: _Cells) -> _Column:
    """The kind of column that suits what is asked of a name."""
    atoms = [atom for atom in cells.atoms() if atom.op != "known"]
    if atoms and all(isinstance(atom, Days) for atom in atoms):
        return _DayColumn(cells, [atom for atom in atoms if isinstance(atom, Days)])
    sized = [atom for atom in atoms if isinstance(atom, (OneOf, Bounds))]
    if atoms and len(sized) == len(atoms) and any(isinstance(atom, Bounds) for atom in atoms):
        return _SizeColumn(cells, sized)
    return _MemoColumn(cells, frozenset(item for atom in atoms if isinstance(atom, Has) for item in atom.items))


class _SizeColumn:
    """Numbers and choices: points and the open intervals between them."""

    def __init__(self, cells: _Cells, atoms: Sequence[Atom]) -> None:
        families = {arg.family for atom in atoms for arg in atom.args}
        self.family = families.pop() if len(families) == 1 else None
        self.cuts = sorted({arg.size for atom in atoms for arg in atom.args})
        #: Of the gap below the first cut, the first cut, the gap above it and so on.
        self.masks: list[int] = []
        if self.family is not None:
            self.like: Value = atoms[0].args[0]
            self.masks = cells.along(2 * len(self.cuts) + 1, self._changes)

    def _changes(self, atoms: list[Atom]) -> Iterator[tuple[int, Value]]:
        own = sorted({arg.size for atom in atoms if atom.op != "known" for arg in atom.args})
        yield 0, self.like._replace(size=own[0] - 1 if own else self.cuts[0] - 1)
        for size, gap in zip(own, _between(own)[1:] if own else (), strict=True):
            point = 2 * bisect_left(self.cuts, size) + 1
            yield point, self.like._replace(size=size)
            yield point + 1, self.like._replace(size=gap)

    def find(self, value: Value) -> int | None:
        if value.family != self.family:
            return None
        size, cuts = value.size, self.cuts
        place = bisect_left(cuts, size)
        return self.masks[2 * place + 1 if place < len(cuts) and cuts[place] == size else 2 * place]


def _between(cuts: Sequence[Any]) -> list[Any]:
    """One size in every gap: below the first cut, between each two, above the last."""
    return [cuts[0] - 1, *((low + high) / 2 for low, high in pairwise(cuts)), cuts[-1] + 1]


class _DayColumn:
    """Days: runs of days that answer alike."""

    def __init__(self, cells: _Cells, atoms: Sequence[Days]) -> None:
        self.today = cells.today
        self.starts = sorted(self._starts(atoms))
        self.masks = cells.along(len(self.starts) + 1, self._changes)

    def _starts(self, atoms: Iterable[Atom]) -> set[int]:
        spans = [span for atom in atoms if isinstance(atom, Days) for span in atom.spans(self.today)]
        return {day for first, last in spans for day in (first, last + 1)}

    def _changes(self, atoms: list[Atom]) -> Iterator[tuple[int, Value]]:
        own = sorted(self._starts(atoms))
        for day in (min(self.starts) - 1, *own):
            yield bisect_right(self.starts, day), Value("date", day, "", "date", day)

    def find(self, value: Value) -> int | None:
        return self.masks[bisect_right(self.starts, value.size)]


class _MemoColumn:
    """Flags, texts and sets: every value that has been met is remembered. Of a set only the ``items`` asked about."""

    def __init__(self, cells: _Cells, items: frozenset[str]) -> None:
        self.cells, self.items = cells, items
        self.met: dict[Any, int | None] = {}

    def find(self, value: Value) -> int | None:
        key = value.size & self.items if self.items else (value.family, value.size)
        try:
            return self.met[key]
        except KeyError:
            found = self.cells.mask(value)
            if len(self.met) < REMEMBERED:
                self.met[key] = found
            return found
