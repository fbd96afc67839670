"""The axis of dates: on one day of lookup, the runs of days that all conditions answer alike."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from servkit.book.conditions import Days
from servkit.book.dates import FIRST, LAST
from servkit.domains.axis import Axis, Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.book.conditions import Atom
    from servkit.book.settings import Attribute
    from servkit.book.values import Value


class DayAxis(Axis):
    """Days are ordinals. ``cuts`` are further days on which a cell begins."""

    def __init__(
        self, variable: Attribute, atoms: Sequence[Atom], today: int, cuts: Iterable[int] = (), *, split: bool
    ) -> None:
        self.today = today
        starts = {FIRST, *cuts}
        for atom in atoms:
            if isinstance(atom, Days):
                for first, last in atom.spans(today):
                    starts |= {first, last + 1}
        self.starts = sorted(start for start in starts if FIRST <= start <= LAST)
        ends = [*(start - 1 for start in self.starts[1:]), LAST]
        cells = [Cell("date", None, run) for run in zip(self.starts, ends, strict=True)]
        super().__init__(variable, cells, split=split)

    def find(self, value: Value) -> int | None:
        return bisect_right(self.starts, value.size) - 1

    def _mask(self, atom: Atom) -> int:
        assert isinstance(atom, Days)
        found = 0
        for first, last in atom.spans(self.today):
            if last < first:
                continue
            low = bisect_left(self.starts, max(first, FIRST))
            high = bisect_left(self.starts, last + 1) if last < LAST else len(self.starts)
            found |= ((1 << high) - 1) & ~((1 << low) - 1)
        return found if atom.op not in ("is_not", "not_in") else self.on_record & ~found
