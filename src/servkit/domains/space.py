"""Space: conditions as unions of boxes over the axes of every name they ask about, on one day.

A box admits a set of cells on some axes and everything on the others. A condition becomes a union of boxes (its
disjunctive normal form); the question whether something can be so is then whether a box sticks out of a union
(:mod:`servkit.domains.cover`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.book.conditions import All, AnyOf, Atom, Condition, Has, InSegment, Known, Not
from servkit.book.values import Value, date_value
from servkit.domains.axes import Axis, Words, axis_of
from servkit.domains.diagram import TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from servkit.book.settings import Attribute

#: A condition that falls into more boxes than this is not reasoned about; the proof then says so.
MAX_BOXES = 4_000
#: What marks the axis that says whether a list is on record.
ON_RECORD = "\0on record"

Box = dict[int, int]


class Scene(NamedTuple):
    """One day: the names there are, and the conditions of the segments in force."""

    today: int
    variables: Mapping[str, Attribute]
    segment: Callable[[str], Condition | None]


class Space:
    """The axes of everything that some conditions ask about, and those conditions as boxes."""

    def __init__(self, scene: Scene, conditions: Iterable[Condition]) -> None:
        self.scene = scene
        self._today: Value | None = None
        atoms: dict[str, list[Atom]] = {}
        known: set[str] = set()
        for condition in conditions:
            for atom in self._atoms(condition, set()):
                if isinstance(atom, Known):
                    known.add(atom.name)
                    atoms.setdefault(atom.name, [])
                else:
                    atoms.setdefault(atom.name, []).append(atom)
        self.axes: list[Axis] = []
        self._place: dict[tuple[str, str | None], int] = {}
        self.known = known - {"today", "segment"}
        for name in sorted(atoms.keys() - {"today", "segment"}):
            self._lay(name, atoms[name])

    def _atoms(self, condition: Condition, seen: set[str]) -> Iterator[Atom]:
        for atom in condition.atoms():
            if not isinstance(atom, InSegment):
                yield atom
                continue
            for item in atom.items:
                inner = self.scene.segment(item) if item not in seen else None
                if inner is not None:
                    seen.add(item)
                    yield from self._atoms(inner, seen)

    def _lay(self, name: str, atoms: list[Atom]) -> None:
        variable = self.scene.variables[name]
        split = name in self.known
        if variable.type != "list":
            self._add((name, None), axis_of(variable, atoms, self.scene.today, split=split))
            return
        if split:
            self._add((name, ON_RECORD), Words(variable, (True,), ON_RECORD, split=True))
        for item in sorted({item for atom in atoms if isinstance(atom, Has) for item in atom.items}):
            self._add((name, item), Words(variable, (False, True), item))

    def _add(self, key: tuple[str, str | None], axis: Axis) -> None:
        self._place[key] = len(self.axes)
        self.axes.append(axis)

    # --- boxes ------------------------------------------------------------------------------------------------

    def boxes(self, condition: Condition, *, wanted: bool = True) -> list[Box]:
        """The boxes in which a condition is true (or false). Raises TooManyCombinationsError."""
        if isinstance(condition, Not):
            return self.boxes(condition.part, wanted=not wanted)
        if isinstance(condition, All):
            parts = (self.boxes(part, wanted=wanted) for part in condition.parts)
            return self.union(parts) if isinstance(condition, AnyOf) is wanted else self.both(parts)
        assert isinstance(condition, Atom)
        if isinstance(condition, Has) and not isinstance(condition, Known):
            return self._has(condition, wanted=wanted)
        if condition.name in ("today", "segment"):
            return [{}] if self._of_the_day(condition) is wanted else []
        place = self._place[condition.name, ON_RECORD if self._is_list(condition.name) else None]
        axis = self.axes[place]
        mask = axis.mask(condition)
        return self._one(place, mask if wanted else axis.full & ~mask)

    def _is_list(self, name: str) -> bool:
        return self.scene.variables[name].type == "list"

    def _of_the_day(self, atom: Atom) -> bool:
        """An atom that the day alone decides."""
        if isinstance(atom, Known):
            return (atom.name == "today") is atom.args[0].amount
        if self._today is None:
            from datetime import date

            self._today = date_value(date.fromordinal(self.scene.today))
        return atom.holds(self._today, self.scene.today)

    def _one(self, place: int, mask: int) -> list[Box]:
        if not mask:
            return []
        return [{}] if mask == self.axes[place].full else [{place: mask}]

    def _has(self, atom: Has, *, wanted: bool) -> list[Box]:
        if atom.op in ("is_not", "not_in"):
            wanted = not wanted
        parts = (self._item(atom, item, wanted=wanted) for item in atom.items)
        return self.both(parts) if (atom.op == "has_all") is wanted else self.union(parts)

    def _item(self, atom: Has, item: str, *, wanted: bool) -> list[Box]:
        if isinstance(atom, InSegment):
            inner = self.scene.segment(item)
            if inner is None:
                return [] if wanted else [{}]
            return self.boxes(inner, wanted=wanted)
        return self._one(self._place[atom.name, item], 2 if wanted else 1)

    def union(self, parts: Iterable[list[Box]]) -> list[Box]:
        """Any of several unions; boxes that differ on one axis alone become one."""
        single: dict[int, int] = {}
        out: list[Box] = []
        for part in parts:
            for box in part:
                if not box:
                    return [{}]
                if len(box) == 1:
                    place, mask = next(iter(box.items()))
                    single[place] = single.get(place, 0) | mask
                else:
                    out.append(box)
        ones = [{place: mask} for place, mask in single.items()]
        if any(mask == self.axes[place].full for place, mask in single.items()):
            return [{}]
        self._spend(out)
        return ones + out

    def both(self, parts: Iterable[list[Box]]) -> list[Box]:
        """What is in all of several unions."""
        out: list[Box] = [{}]
        for part in parts:
            if len(out) * len(part) > MAX_BOXES:
                raise TooManyCombinationsError
            out = [box for left in out for right in part if (box := meet(left, right)) is not None]
            if not out:
                return out
        return out

    def _spend(self, boxes: list[Box]) -> None:
        if len(boxes) > MAX_BOXES:
            raise TooManyCombinationsError


def meet(left: Box, right: Box) -> Box | None:
    """What is in both boxes; None where nothing is."""
    if len(left) < len(right):
        left, right = right, left
    out = dict(left)
    for place, mask in right.items():
        common = out.get(place, mask) & mask
        if not common:
            return None
        out[place] = common
    return out
