"""The axis of numbers, money, percentages and durations: points, and the open intervals between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from decimal import Decimal
from typing import TYPE_CHECKING

from servkit.book.conditions import Bounds, OneOf
from servkit.book.intervals import Span, point
from servkit.domains.axis import Axis, Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.book.conditions import Atom
    from servkit.book.settings import Attribute
    from servkit.book.values import Value


class SizeAxis(Axis):
    """Each family of sizes that occurs (days, months, dollars …) has cells of its own, in order.

    ``cuts`` are further places to cut at: a family and a size.
    """

    def __init__(
        self, variable: Attribute, atoms: Sequence[Atom], cuts: Iterable[tuple[str, Decimal]] = (), *, split: bool
    ) -> None:
        sizes: dict[str, set[Decimal]] = {}
        for family, size in cuts:
            sizes.setdefault(family, set()).add(size)
        for atom in atoms:
            if isinstance(atom, (OneOf, Bounds)):
                for arg in atom.args:
                    sizes.setdefault(arg.family, set()).add(arg.size)
        floor = variable.floor
        cells: list[Cell] = []
        #: By family: the number of cells before its first point, and its points.
        self._families: dict[str, tuple[int, list[Decimal]]] = {}
        #: By family: its first cell and the one after its last.
        self._ranges: dict[str, tuple[int, int]] = {}
        for family in sorted(sizes) or [floor.family if floor else "number"]:
            least = floor.size if floor is not None and floor.family == family else None
            if variable.type == "duration":
                least = max(least or Decimal(0), Decimal(0))
            points = sorted(sizes.get(family, ()))
            if least is not None:
                points = [least, *(size for size in points if size > least)]
            first = len(cells)
            if least is None:
                cells.append(Cell(family, Span(None, False, points[0] if points else None, False)))
            self._families[family] = (len(cells), points)
            for index, size in enumerate(points):
                cells.append(Cell(family, point(size)))
                following = points[index + 1] if index + 1 < len(points) else None
                cells.append(Cell(family, Span(size, False, following, False)))
            self._ranges[family] = (first, len(cells))
        super().__init__(variable, cells, split=split)

    def find(self, value: Value) -> int | None:
        found = self._families.get(value.family)
        if found is None:
            return None
        start, points = found
        index = bisect_left(points, value.size)
        if index < len(points) and points[index] == value.size:
            return start + 2 * index
        below = start + 2 * index - 1
        return below if below >= self._ranges[value.family][0] else None

    def _mask(self, atom: Atom) -> int:
        if isinstance(atom, OneOf):
            named = 0
            for arg in atom.args:
                cell = self.find(arg)
                named |= 0 if cell is None else 1 << cell
            return named if atom.positive else self._of_families({arg.family for arg in atom.args}) & ~named
        assert isinstance(atom, Bounds)
        start, points = self._families[atom.family]
        low, high = self._ranges[atom.family]
        if atom.low is not None:
            index = bisect_left(points, atom.low)
            if index < len(points) and points[index] == atom.low:
                low = start + 2 * index + (not atom.low_in)
        if atom.high is not None:
            index = bisect_right(points, atom.high) - 1
            exact = index >= 0 and points[index] == atom.high
            high = start + 2 * index + bool(atom.high_in) if exact else low
        return ((1 << max(high, low)) - 1) & ~((1 << low) - 1)

    def _of_families(self, families: Iterable[str]) -> int:
        """The cells of some families."""
        out = 0
        for family in families:
            first, end = self._ranges[family]
            out |= ((1 << end) - 1) & ~((1 << first) - 1)
        return out
