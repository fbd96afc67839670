"""The axis of times of day: runs of minutes from 00:00 to 23:59 that all conditions answer alike."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from typing import TYPE_CHECKING

from servkit.book.conditions import Bounds, OneOf
from servkit.book.intervals import Span
from servkit.book.values import MINUTES_OF_A_DAY
from servkit.domains.axis import Axis, Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.conditions import Atom
    from servkit.book.settings import Attribute
    from servkit.book.values import Value


class TimeAxis(Axis):
    """Minutes are counted from midnight."""

    def __init__(self, variable: Attribute, atoms: Sequence[Atom], *, split: bool) -> None:
        sizes = {arg.size for atom in atoms if isinstance(atom, (OneOf, Bounds)) for arg in atom.args}
        self.starts = sorted({0} | {start for size in sizes for start in (size, size + 1) if start < MINUTES_OF_A_DAY})
        self.lasts = [*(start - 1 for start in self.starts[1:]), MINUTES_OF_A_DAY - 1]
        runs = zip(self.starts, self.lasts, strict=True)
        cells = [Cell("time", Span(Decimal(first), True, Decimal(last), True)) for first, last in runs]
        super().__init__(variable, cells, split=split)

    def find(self, value: Value) -> int | None:
        return bisect_right(self.starts, value.size) - 1 if value.family == "time" else None

    def _mask(self, atom: Atom) -> int:
        if isinstance(atom, OneOf):
            named = 0
            for arg in atom.args:
                named |= 1 << bisect_right(self.starts, arg.size) - 1
            return named if atom.positive else self.on_record & ~named
        assert isinstance(atom, Bounds)
        first = 0 if atom.low is None else atom.low + (not atom.low_in)
        last = MINUTES_OF_A_DAY if atom.high is None else atom.high - (not atom.high_in)
        found = 0
        for place, (start, end) in enumerate(zip(self.starts, self.lasts, strict=True)):
            found |= (first <= start and end <= last) << place
        return found
