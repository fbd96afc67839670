"""Cover: whether a box sticks out of a union of boxes, and where.

The boxes of the union are numbered, and a set of them is an integer. For each axis and cell the set of boxes that
admit the cell is kept; choosing a cell on each axis in turn leaves the boxes that still hold, and a choice that leaves
none is a point outside the union. The search remembers the sets that led nowhere, so it never asks a question twice: it
walks the decision diagram of the union, as far as it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.domains.diagram import TooManyCombinationsError
from servkit.domains.masks import lowest, members

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servkit.domains.space import Box

#: Steps of one search; beyond it nothing is proved.
MAX_STEPS = 100_000

Point = dict[int, int]


class _Column(NamedTuple):
    """One axis during a search: the sets of boxes its cells leave, each with such a cell, the smallest set first."""

    place: int
    choices: list[tuple[int, int]]
    always: int


class Cover:
    """A union of boxes that grows. Boxes on one axis alone, which are most, are kept as sets of its cells."""

    def __init__(self, sizes: list[int]) -> None:
        self.sizes = sizes
        self.count = 0
        #: Each box on one axis alone, by its number; and the union of those on every axis.
        self._single: dict[int, tuple[int, int]] = {}
        self._unions: dict[int, int] = {}
        #: The boxes on several axes, as a set; and for each axis those that admit a cell, and those that admit all.
        self._several = 0
        self._cells: list[list[int]] = [[0] * size for size in sizes]
        self._free = [0] * len(sizes)
        self._asked = [False] * len(sizes)
        #: After a search that found nothing: boxes that cover what was searched.
        self.core: frozenset[int] = frozenset()

    def add(self, box: Box) -> None:
        """Make the union larger."""
        number = self.count
        self.count += 1
        if len(box) == 1:
            place, mask = next(iter(box.items()))
            self._single[number] = place, mask
            self._unions[place] = self._unions.get(place, 0) | mask
            return
        bit = 1 << number
        self._several |= bit
        for place in range(len(self.sizes)):
            mask_ = box.get(place)
            if mask_ is None:
                self._free[place] |= bit
                continue
            self._asked[place] = True
            column = self._cells[place]
            for cell in members(mask_):
                column[cell] |= bit

    def point(self, box: Box) -> Point | None:
        """A point of the box outside the union: a cell on every axis that matters; None where there is none.

        Raises TooManyCombinationsError where the search would take too long.
        """
        live = (1 << self.count) - 1
        return self._point(box, live, self._unions)

    def covered_by(self, box: Box, numbers: Iterable[int]) -> bool:
        """Whether these boxes alone cover a box."""
        live = 0
        unions: dict[int, int] = {}
        for number in numbers:
            live |= 1 << number
            if number in self._single:
                place, mask = self._single[number]
                unions[place] = unions.get(place, 0) | mask
        return self._point(box, live, unions) is None

    def _point(self, box: Box, live: int, unions: Mapping[int, int]) -> Point | None:
        left = dict(box)
        for place, union in unions.items():
            mask = box.get(place, (1 << self.sizes[place]) - 1)
            left[place] = mask & ~union
            if not left[place]:
                self.core = self._hiding(place, mask, live)
                return None
        narrowed = [place for place, mask in left.items() if mask != box.get(place)]
        found = self._search(left, live)
        if found is None:
            beside = (self._hiding(place, box.get(place, -1), live) for place in narrowed)
            self.core = self.core.union(*beside)
        return found

    def _hiding(self, place: int, mask: int, live: int) -> frozenset[int]:
        """Boxes on one axis alone that take all that they can of a set of its cells."""
        out = set()
        for number, (other, cells) in self._single.items():
            if other == place and live >> number & 1 and mask & cells:
                out.add(number)
                mask &= ~cells
        return frozenset(out)

    def _search(self, box: Box, live: int) -> Point | None:
        """A point of the box outside the boxes on several axes."""
        chosen = {place: lowest(mask) for place, mask in box.items()}
        found: list[tuple[int, dict[int, int]]] = []
        live &= self._several
        for place, size in enumerate(self.sizes):
            if not live:
                break
            if not self._asked[place]:
                continue
            column, free = self._cells[place], self._free[place]
            groups: dict[int, int] = {}
            mask = box.get(place)
            for cell in range(size) if mask is None else members(mask):
                groups.setdefault(column[cell] | free, cell)
            some = 0
            for group in groups:
                some |= group
            live &= some
            found.append((place, groups))
        if not live:
            return chosen
        columns = [self._column(place, groups, live) for place, groups in found]
        columns = [column for column in columns if column.always != live]
        columns.sort(key=lambda column: (column.choices[0][0].bit_count(), len(column.choices)))
        search = _Search(columns)
        way = search.run(live)
        if way is not None:
            return chosen | way
        self.core = frozenset(members(search.core))
        return None

    def _column(self, place: int, groups: dict[int, int], live: int) -> _Column:
        merged: dict[int, int] = {}
        always = live
        for group, cell in groups.items():
            merged.setdefault(group & live, cell)
            always &= group
        ordered = sorted(merged.items(), key=lambda item: item[0].bit_count())
        choices: list[tuple[int, int]] = []
        for group, cell in ordered:
            # a cell that leaves more boxes than another does, and all of that one's, is never the better choice
            if not any(other & group == other for other, _ in choices[:64]):
                choices.append((group, cell))
        return _Column(place, choices, always)


class _Search:
    """Depth first, with a memory of what led nowhere."""

    def __init__(self, columns: list[_Column]) -> None:
        self.columns = columns
        #: The boxes that every choice on the axes from here on leaves.
        self.stuck = [-1] * (len(columns) + 1)
        for index in range(len(columns) - 1, -1, -1):
            self.stuck[index] = self.stuck[index + 1] & columns[index].always
        self.dead: set[tuple[int, int]] = set()
        self.steps = 0
        self.core = 0

    def run(self, live: int) -> Point | None:
        return self._walk(0, live)

    def _walk(self, index: int, left: int) -> Point | None:
        if not left:
            return {}
        stuck = left & self.stuck[index]
        if stuck:
            if not stuck & self.core:
                self.core |= stuck & -stuck
            return None
        if (index, left) in self.dead:
            return None
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise TooManyCombinationsError
        column = self.columns[index]
        tried = set()
        for group, cell in column.choices:
            rest = left & group
            if rest in tried:
                continue
            tried.add(rest)
            found = self._walk(index + 1, rest)
            if found is not None:
                found[column.place] = cell
                return found
        self.dead.add((index, left))
        return None
