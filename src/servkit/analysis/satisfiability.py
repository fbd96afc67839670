"""Satisfiability: whether the desk ever finds a condition true, however the unknown names are filled in (BOOK.md 5).

Without ``known`` that is the same as being true in some case in which everything is known. With it, a name may have to
be missing, and then the rest has to hold for all its values.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from servkit.analysis.case_space import Assignment, CaseSpace, first_assignment
from servkit.domains.cover import Cover
from servkit.domains.diagram import TooManyCombinationsError
from servkit.domains.masks import lowest, members
from servkit.domains.space import ON_RECORD, Box, Space, meet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry

#: More names than this that may or may not be on record are not tried in all ways.
_MOST_KNOWN = 8


def satisfying_assignment(
    cases: CaseSpace, required: Sequence[Condition], entries: Sequence[Entry]
) -> Assignment | None:
    """A case in which the desk finds all conditions true, while the entries are in force."""
    uncertain = None
    for day in cases.days(required, entries):
        space = Space(cases.scene(day), required)
        boxes = space.both(space.boxes(condition) for condition in required)
        for remaining in _on_record(space, boxes):
            assignment = first_assignment(space, Cover(space.sizes), remaining)
            if assignment is not None and not assignment.uncertain:
                return assignment
            uncertain = uncertain or assignment
    return uncertain


def _on_record(space: Space, boxes: list[Box]) -> Iterator[list[Box]]:
    """The boxes for each choice of which names are on record; the more are, the sooner."""
    names = sorted(space.known)
    if len(names) > _MOST_KNOWN:
        raise TooManyCombinationsError
    for count in range(len(names) + 1):
        for missing in combinations(names, count):
            remaining = boxes
            for name in names:
                remaining = _without(space, remaining, name) if name in missing else _with(space, remaining, name)
            if remaining:
                yield remaining


def _axes(space: Space, name: str) -> tuple[list[int], list[int]]:
    """The axes of a name that say whether it is on record, and those of a list's items."""
    places = [place for place, axis in enumerate(space.axes) if axis.name == name]
    return ([place for place in places if space.axes[place].split],
            [place for place in places if not space.axes[place].split])  # fmt: skip


def _with(space: Space, boxes: list[Box], name: str) -> list[Box]:
    """Where the name is on record."""
    for place in _axes(space, name)[0]:
        there = {place: (1 << space.axes[place].base) - 1}
        boxes = [found for box in boxes if (found := meet(box, there)) is not None]
    return boxes


def _without(space: Space, boxes: list[Box], name: str) -> list[Box]:
    """Where the name is missing, whatever its value: the choice of a missing cell then only says that it is."""
    split, items = _axes(space, name)
    for place in split:
        axis = space.axes[place]
        missing = axis.full & ~((1 << axis.base) - 1)
        boxes = [found for box in boxes if (found := meet(box, {place: missing})) is not None]
        if axis.item != ON_RECORD:
            boxes = [box | {place: 1 << lowest(missing)} for box in _whatever(space, boxes, place, missing)]
    for place in items:
        boxes = _whatever(space, boxes, place, space.axes[place].full)
    return boxes


def _whatever(space: Space, boxes: list[Box], place: int, among: int) -> list[Box]:
    """What is in the boxes for each of the cells, without the axis."""
    parts: dict[tuple[int, ...], list[Box]] = {}
    for cell in members(among):
        inside = [index for index, box in enumerate(boxes) if box.get(place, -1) >> cell & 1]
        parts[tuple(inside)] = [
            {axis: mask for axis, mask in boxes[index].items() if axis != place} for index in inside
        ]
    return space.both(parts.values())
