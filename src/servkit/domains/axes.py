"""Which kind of axis the type of a name has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.domains.day_axis import DayAxis
from servkit.domains.size_axis import SizeAxis
from servkit.domains.text_axis import TextAxis
from servkit.domains.time_axis import TimeAxis
from servkit.domains.value_axis import ValueAxis

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from decimal import Decimal

    from servkit.book.conditions import Atom
    from servkit.book.settings import Attribute
    from servkit.domains.axis import Axis


def make_axis(
    variable: Attribute,
    atoms: Sequence[Atom],
    today: int,
    cuts: Collection[tuple[str, Decimal]] = (),
    *,
    split: bool = False,
) -> Axis:
    """The axis of a name that is not a list, cut at the constants of the atoms and at ``cuts`` (family and size).

    Raises TooManyCombinationsError where there would be too many cells.
    """
    kind = variable.type
    if kind == "flag":
        return ValueAxis(variable, (False, True), split=split)
    if kind == "choice" or (kind == "text" and variable.of):
        return ValueAxis(variable, variable.of, split=split)
    if kind == "date":
        return DayAxis(variable, atoms, today, [int(size) for _, size in cuts], split=split)
    if kind == "time":
        return TimeAxis(variable, atoms, split=split)
    if kind == "text":
        return TextAxis(variable, atoms, split=split)
    return SizeAxis(variable, atoms, cuts, split=split)
