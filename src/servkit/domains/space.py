"""Space: conditions as unions of boxes over the axes of every name they ask about, on one day.

A box admits a set of cells on some axes and everything on the others. A condition becomes a union of boxes (its
disjunctive normal form). Whether something is possible is then the question whether a box sticks out of a union
(:mod:`servkit.domains.cover`).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from servkit.book.conditions import All, AnyOf, Atom, Condition, Has, InSegment, Known, Not
from servkit.book.values import date_value
from servkit.domains.axes import make_axis
from servkit.domains.axis import atom_key
from servkit.domains.diagram import TooManyCombinationsError
from servkit.domains.value_axis import ValueAxis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from servkit.book.settings import Attribute
    from servkit.domains.axis import Axis

#: A condition that falls into more boxes than this is not reasoned about; the proof then says so.
MAX_BOXES = 4_000
#: So many axes are kept for other conditions that ask the same.
MAX_AXES = 4_096
#: The item that stands for a list as a whole: its axis says whether the list is on record.
ON_RECORD = "\0on record"

Box = dict[int, int]


class Scene:
    """One day: the names there are, and the conditions of the segments in force.

    ``axes`` keeps the axes that were made. Scenes of one book share it: most conditions of a book ask the same few
    things.
    """

    def __init__(
        self,
        today: int,
        variables: Mapping[str, Attribute],
        segment: Callable[[str], Condition | None],
        axes: dict[object, Axis] | None = None,
    ) -> None:
        self.today, self.variables, self.segment = today, variables, segment
        self._axes = {} if axes is None else axes
        self._date = date_value(date.fromordinal(today))

    def axis(self, name: str, atoms: list[Atom], *, split: bool) -> Axis:
        """The axis of a name that is not a list, cut by some atoms."""
        variable = self.variables[name]
        key = (name, frozenset(map(atom_key, atoms)), split, self.today if variable.type == "date" else None)
        found = self._axes.get(key)
        if found is None:
            if len(self._axes) >= MAX_AXES:
                self._axes.clear()
            found = self._axes[key] = make_axis(variable, atoms, self.today, split=split)
        return found

    def decide(self, atom: Atom) -> bool:
        """Whether an atom holds that the day alone decides: one on ``today``, or ``known`` of a built-in name."""
        if isinstance(atom, Known):
            return (atom.name == "today") is atom.args[0].amount
        return atom.holds(self._date, self.today)


class Space:
    """The axes of everything that some conditions ask about, and those conditions as boxes."""

    def __init__(self, scene: Scene, conditions: Iterable[Condition]) -> None:
        self.scene = scene
        atoms: dict[str, list[Atom]] = {}
        #: The names of which some condition asks whether they are known.
        self.known: set[str] = set()
        for condition in conditions:
            for atom in self._atoms(condition, set()):
                if atom.name in ("today", "segment"):
                    continue
                tests = atoms.setdefault(atom.name, [])
                if isinstance(atom, Known):
                    self.known.add(atom.name)
                else:
                    tests.append(atom)
        self.axes: list[Axis] = []
        self._place: dict[tuple[str, str | None], int] = {}
        for name in sorted(atoms):
            self._add_axes(name, atoms[name])
        self.sizes = [axis.size for axis in self.axes]

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

    def _add_axes(self, name: str, atoms: list[Atom]) -> None:
        variable = self.scene.variables[name]
        split = name in self.known
        if variable.type != "list":
            self._add((name, None), self.scene.axis(name, atoms, split=split))
            return
        if split:
            self._add((name, ON_RECORD), ValueAxis(variable, (True,), ON_RECORD, split=True))
        for item in sorted({item for atom in atoms if isinstance(atom, Has) for item in atom.items}):
            self._add((name, item), ValueAxis(variable, (False, True), item))

    def _add(self, key: tuple[str, str | None], axis: Axis) -> None:
        self._place[key] = len(self.axes)
        self.axes.append(axis)

    # --- boxes ------------------------------------------------------------------------------------------------

    def boxes(self, condition: Condition, *, truth: bool = True) -> list[Box]:
        """The boxes in which a condition is true (or, if not ``truth``, false). Raises TooManyCombinationsError."""
        if isinstance(condition, Not):
            return self.boxes(condition.part, truth=not truth)
        if isinstance(condition, All):
            parts = (self.boxes(part, truth=truth) for part in condition.parts)
            return self.union(parts) if isinstance(condition, AnyOf) is truth else self.both(parts)
        assert isinstance(condition, Atom)
        if isinstance(condition, Has) and not isinstance(condition, Known):
            return self._has(condition, truth=truth)
        if condition.name in ("today", "segment"):
            return [{}] if self.scene.decide(condition) is truth else []
        item = ON_RECORD if self.scene.variables[condition.name].type == "list" else None
        place = self._place[condition.name, item]
        axis = self.axes[place]
        mask = axis.mask(condition)
        return self._one(place, mask if truth else axis.full & ~mask)

    def _one(self, place: int, mask: int) -> list[Box]:
        if not mask:
            return []
        return [{}] if mask == self.axes[place].full else [{place: mask}]

    def _has(self, atom: Has, *, truth: bool) -> list[Box]:
        if atom.op in ("is_not", "not_in"):
            truth = not truth
        parts = (self._item(atom, item, truth=truth) for item in atom.items)
        return self.both(parts) if (atom.op == "has_all") is truth else self.union(parts)

    def _item(self, atom: Has, item: str, *, truth: bool) -> list[Box]:
        if isinstance(atom, InSegment):
            inner = self.scene.segment(item)
            if inner is None:
                return [] if truth else [{}]
            return self.boxes(inner, truth=truth)
        return self._one(self._place[atom.name, item], 2 if truth else 1)

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
        if any(mask == self.axes[place].full for place, mask in single.items()):
            return [{}]
        if len(out) > MAX_BOXES:
            raise TooManyCombinationsError
        return [{place: mask} for place, mask in single.items()] + out

    def both(self, parts: Iterable[list[Box]]) -> list[Box]:
        """What is in all of several unions. Unions of one box, which are most, are met first."""
        common: Box = {}
        unions: list[list[Box]] = []
        for part in parts:
            if len(part) > 1:
                unions.append(part)
            elif not part or not _narrow(common, part[0]):
                return []
        out = [common]
        for union in unions:
            if len(out) * len(union) > MAX_BOXES:
                raise TooManyCombinationsError
            out = [box for left in out for right in union if (box := meet(left, right)) is not None]
        return out


def meet(left: Box, right: Box) -> Box | None:
    """What is in both boxes; None where nothing is."""
    if len(left) < len(right):
        left, right = right, left
    out = dict(left)
    return out if _narrow(out, right) else None


def _narrow(box: Box, other: Box) -> bool:
    """Take from a box what is not in the other; whether anything is left."""
    for place, mask in other.items():
        common = box.get(place, mask) & mask
        if not common:
            return False
        box[place] = common
    return True
