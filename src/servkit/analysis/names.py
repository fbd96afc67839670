"""Names that nothing depends on: facts and attributes that are asked for, and make no difference to any answer.

A name is relied on where somebody can be found for whom another value of it would decide a condition otherwise; where
an amount is worked out from it; where a script has a place for it; and where a clock takes its time zone from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servkit.analysis.cover import Cover
from servkit.analysis.finding import TOO_MANY, Unproved
from servkit.analysis.space import Box, Space
from servkit.analysis.universe import TooManyCombinationsError
from servkit.book.conditions import Condition, InSegment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.universe import Universe
    from servkit.book.entries import Entry
    from servkit.book.settings import Attribute

UNUSED = "unused-name"
_PLACE = re.compile(r"\{[{%](.{0,1000}?)[}%]\}", re.DOTALL)
_WORD = re.compile(r"\b(?:customer|facts)\s*\.\s*([a-z][a-z0-9_]*)|\[\s*[\"']([a-z][a-z0-9_]*)[\"']\s*\]")


def unused_names(universe: Universe) -> Iterator[tuple[Attribute, str] | Unproved]:
    """Facts, and attributes that are asked for, on which no answer depends, each with the reason."""
    relied, asking, unsettled = _relied(universe)
    for name, variable in universe.settings.names.items():
        if name in relied or not (variable.fact or variable.ask):
            continue
        if name in unsettled:
            yield Unproved(UNUSED, unsettled[name], (), TOO_MANY.format(what=f"anything depends on {name}"))
        elif name in asking:
            entry = asking[name]
            yield variable, f"{entry.path}:{entry.line} ({entry.name}) asks for it, and it makes no difference there"
        else:
            yield variable, "no condition, value or script asks for it"


def _relied(universe: Universe) -> tuple[set[str], dict[str, Entry], dict[str, Entry]]:
    relied = _in_amounts(universe) | _in_scripts(universe)
    relied |= {clock.timezone for clock in universe.settings.clocks.values() if clock.timezone}
    asking: dict[str, Entry] = {}
    unsettled: dict[str, Entry] = {}
    for entry, condition in _conditions(universe):
        for name in {atom.name for atom in condition.atoms() if not isinstance(atom, InSegment)} - relied:
            asking.setdefault(name, entry)
            try:
                if depends(universe, condition, name, entry):
                    relied.add(name)
            except TooManyCombinationsError:
                unsettled[name] = entry
    return relied, asking, unsettled


def _conditions(universe: Universe) -> Iterator[tuple[Entry, Condition]]:
    for entry in (*universe.book.segments(), *universe.book.everything()):
        if entry.when is not None:
            yield entry, entry.when
        for term in entry.terms.values():
            for condition in term.conditions():
                yield entry, condition


def _in_amounts(universe: Universe) -> set[str]:
    out: set[str] = set()
    for entry in (*universe.book.segments(), *universe.book.everything()):
        for term in entry.terms.values():
            for amount in term.amounts():
                out.update(amount.names())
        for amount in entry.moves.values():
            out.update(amount.names())
    return out


def _in_scripts(universe: Universe) -> set[str]:
    out: set[str] = set()
    for entry in universe.book.everything():
        if entry.kind != "script":
            continue
        say = entry.prose.get("say")
        for text in say.values() if isinstance(say, dict) else [say or ""]:
            for inside in _PLACE.findall(text):
                for found in _WORD.findall(inside):
                    out.update(name for name in found if name)
    return out


def depends(universe: Universe, condition: Condition, name: str, entry: Entry) -> bool:
    """Whether two who differ in a name alone can differ in a condition, on some day on which the entry is in force."""
    for day in universe.days((condition,), (entry,)):
        space = Space(universe.scene(day), (condition,))
        boxes = space.boxes(condition)
        for place, axis in enumerate(space.axes):
            if axis.name == name and _matters(space, boxes, place):
                return True
    return False


def _matters(space: Space, boxes: list[Box], place: int) -> bool:
    """Whether some point of the boxes gets out of all of them by moving along one axis."""
    sizes = [axis.size for axis in space.axes]
    for cell in _telling(boxes, place, sizes[place]):
        cover = Cover(sizes)
        for box in boxes:
            if box.get(place, -1) >> cell & 1:
                cover.add({axis: mask for axis, mask in box.items() if axis != place})
        for box in boxes:
            # a point of the condition that is none of it once its cell on this axis is the other one
            if (
                not box.get(place, -1) >> cell & 1
                and cover.point({a: m for a, m in box.items() if a != place}) is not None
            ):
                return True
    return False


def _telling(boxes: list[Box], place: int, size: int) -> list[int]:
    """One cell for each set of boxes that some cell is in."""
    kinds: dict[tuple[int, ...], int] = {}
    for cell in range(size):
        kinds.setdefault(tuple(index for index, box in enumerate(boxes) if box.get(place, -1) >> cell & 1), cell)
    return list(kinds.values())
