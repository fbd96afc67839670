"""Masks: sets of small numbers (cells, boxes, conditions) as the bits of one integer."""

from __future__ import annotations

#: A mask with one bit set in so many, or more, is read as text: that is quicker than taking bit after bit.
_DENSE = 6


def members(mask: int) -> list[int]:
    """The numbers in a set, ascending."""
    if mask.bit_count() * _DENSE > mask.bit_length():
        return [number for number, there in enumerate(bin(mask)[:1:-1]) if there == "1"]
    out = []
    while mask:
        low = mask & -mask
        out.append(low.bit_length() - 1)
        mask ^= low
    return out


def lowest(mask: int) -> int:
    """The least number in a set that is not empty."""
    return (mask & -mask).bit_length() - 1
