"""Intervals of sizes: what one cell of a domain holds, and what a value ranges over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.book.values import Value

if TYPE_CHECKING:
    from decimal import Decimal


class Span(NamedTuple):
    """Sizes from ``low`` to ``high`` (None: no bound); an end is *in* where it is reached and not only approached."""

    low: Decimal | None
    low_in: bool
    high: Decimal | None
    high_in: bool

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high


def point(size: Decimal) -> Span:
    return Span(size, True, size, True)


class Range(NamedTuple):
    """What a value may be while facts that it is worked out from are unknown.

    ``low`` and ``high`` are None where nothing bounds it or the bound is only approached.
    """

    low: Value | None
    high: Value | None


Amount = Value | Range
