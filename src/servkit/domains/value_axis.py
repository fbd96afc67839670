"""The axis of choices, flags, declared texts and items of lists: each cell is one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.conditions import Bounds, OneOf, TextTest
from servkit.book.values import text_value
from servkit.domains.axis import Axis, Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.conditions import Atom
    from servkit.book.settings import Attribute
    from servkit.book.values import Value


class ValueAxis(Axis):
    """The values in their order: a choice compares by its place. For an item of a list: absent, present."""

    def __init__(
        self, variable: Attribute, values: Sequence[object], item: str | None = None, *, split: bool = False
    ) -> None:
        super().__init__(variable, [Cell(variable.type, value=value) for value in values], item, split=split)
        self._places = {value: place for place, value in enumerate(values)}

    def find(self, value: Value) -> int | None:
        return self._places.get(value.amount)

    def _mask(self, atom: Atom) -> int:
        if isinstance(atom, OneOf):
            named = 0
            for arg in atom.args:
                place = self._places.get(arg.amount)
                named |= 0 if place is None else 1 << place
            return named if atom.positive else self.on_record & ~named
        found = 0
        for place, cell in enumerate(self.cells):
            if isinstance(atom, Bounds):
                low = atom.low is None or place > atom.low or (place == atom.low and atom.low_in)
                high = atom.high is None or place < atom.high or (place == atom.high and atom.high_in)
                found |= (low and high) << place
            elif isinstance(atom, TextTest):
                found |= atom.holds(text_value(str(cell.value)), 0) << place
        return found
