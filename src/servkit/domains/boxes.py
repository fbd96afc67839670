"""Diagrams as unions of boxes: where a diagram has an outcome, in few boxes of few sides.

A path through a diagram to an outcome is a box. Boxes that differ on one axis alone are joined, sides that make no
difference are dropped, and boxes that others cover are left out. What is left is not the least there is, but short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.domains.cover import Cover
from servkit.domains.diagram import TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.domains.diagram import Diagrams
    from servkit.domains.space import Box

#: With more paths than this a union is not described.
MAX_PATHS = 3_000
#: With more boxes than this, sides are not dropped one by one.
_MAX_WIDENED = 300


def boxes_where(diagrams: Diagrams, diagram: int, sizes: Sequence[int]) -> list[Box]:
    """Boxes that cover exactly where a diagram is true. Raises TooManyCombinationsError."""
    boxes = _joined(_paths(diagrams, diagram))
    if len(boxes) > _MAX_WIDENED:
        return boxes
    widened = [_widened(diagrams, diagram, box, sizes) for box in boxes]
    return _needed(_joined(widened), sizes)


def _paths(diagrams: Diagrams, diagram: int) -> list[Box]:
    out: list[Box] = []

    def walk(at: int, box: Box) -> None:
        if at == diagrams.false:
            return
        if at == diagrams.true:
            out.append(dict(box))
            if len(out) > MAX_PATHS:
                raise TooManyCombinationsError
            return
        variable, children = diagrams.asked(at)
        masks: dict[int, int] = {}
        for cell, child in enumerate(children):
            masks[child] = masks.get(child, 0) | 1 << cell
        for child, mask in masks.items():
            box[variable] = mask
            walk(child, box)
        del box[variable]

    walk(diagram, {})
    return out


def _joined(boxes: list[Box]) -> list[Box]:
    """Boxes that differ on one axis alone become one, as often as possible."""
    found = {tuple(sorted(box.items())): box for box in boxes}
    changed = True
    while changed:
        changed = False
        for axis in {axis for key in found for axis, _ in key}:
            groups: dict[tuple[tuple[int, int], ...], list[Box]] = {}
            for box in found.values():
                if axis in box:
                    rest = tuple(sorted((other, mask) for other, mask in box.items() if other != axis))
                    groups.setdefault(rest, []).append(box)
            for rest, members in groups.items():
                if len(members) > 1:
                    changed = True
                    mask = 0
                    for box in members:
                        mask |= box[axis]
                        del found[tuple(sorted(box.items()))]
                    joined = dict(rest) | {axis: mask}
                    found[tuple(sorted(joined.items()))] = joined
    return list(found.values())


def _widened(diagrams: Diagrams, diagram: int, box: Box, sizes: Sequence[int]) -> Box:
    """A box without the sides, or with sides as long, as the diagram allows."""
    out = dict(box)
    for axis in sorted(box, key=lambda one: -one):
        full = (1 << sizes[axis]) - 1
        without = {other: mask for other, mask in out.items() if other != axis}
        if _holds(diagrams, diagram, without):
            out = without
            continue
        for cell in range(sizes[axis]):
            wider = out[axis] | 1 << cell
            if wider != out[axis] and _holds(diagrams, diagram, out | {axis: wider}):
                out[axis] = wider
        if out[axis] == full:
            del out[axis]
    return out


def _holds(diagrams: Diagrams, diagram: int, box: Box) -> bool:
    """Whether a diagram is true everywhere in a box."""
    seen: set[int] = set()
    stack = [diagram]
    while stack:
        at = stack.pop()
        if at == diagrams.false:
            return False
        if at == diagrams.true or at in seen:
            continue
        seen.add(at)
        variable, children = diagrams.asked(at)
        mask = box.get(variable, -1)
        stack += {child for cell, child in enumerate(children) if mask >> cell & 1}
    return True


def _needed(boxes: list[Box], sizes: Sequence[int]) -> list[Box]:
    """Without the boxes that the others cover; the narrowest go first."""
    ordered = sorted(boxes, key=lambda box: (-len(box), sum(mask.bit_count() for mask in box.values())))
    kept = list(ordered)
    for box in ordered:
        others = [other for other in kept if other is not box]
        cover = Cover(list(sizes))
        for other in others:
            cover.add(other)
        try:
            if others and cover.point(box) is None:
                kept = others
        except TooManyCombinationsError:
            continue
    return kept[::-1]
