"""A value that stands for all in a cell of sizes or days, and how far out the outermost cells begin."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servkit.domains.axis import Cell

#: The outermost cells begin so many powers of ten beyond everything that is named.
_BEYOND = 6
_LEAST = 9


def far_from(sizes: Iterable[Decimal]) -> Decimal:
    """A size that is further out than all of these, by far."""
    most = max((size.adjusted() for size in sizes if size), default=0)
    return Decimal(10) ** max(most + _BEYOND, _LEAST)


def representative(cell: Cell) -> Decimal:
    """A size in a cell, or the first day of it as an ordinal."""
    if cell.days is not None:
        return Decimal(cell.days[0])
    span = cell.span
    assert span is not None
    if span.low is None or span.high is None:
        edge = span.low if span.low is not None else span.high
        if edge is None:
            return Decimal(0)
        step = max(abs(edge), Decimal(1))
        return edge + step if span.high is None else edge - step
    return span.low if span.low_in else (span.low + span.high) / 2


def is_inner(cell: Cell) -> bool:
    """Whether a cell holds sizes without end, so that its representative has others on both sides."""
    return cell.span is not None and not cell.span.low_in
