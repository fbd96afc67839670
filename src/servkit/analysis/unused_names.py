"""Names that nothing depends on: facts and attributes that are asked for and make no difference to any answer.

A name is used where another value of it would change a condition in some case, where an amount is worked out from it,
where a script has a placeholder for it, and where a clock takes its time zone from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servkit.analysis.library_views import conditions_of
from servkit.analysis.results import TOO_MANY, Unproved
from servkit.domains.cover import Cover
from servkit.domains.diagram import TooManyCombinationsError
from servkit.domains.space import Box, Space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.case_space import CaseSpace
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.settings import Attribute

UNUSED = "unused-name"
_PLACE = re.compile(r"\{[{%](.{0,1000}?)[}%]\}", re.DOTALL)
_WORD = re.compile(r"\b(?:customer|facts)\s*\.\s*([a-z][a-z0-9_]*)|\[\s*[\"']([a-z][a-z0-9_]*)[\"']\s*\]")


def unused_names(cases: CaseSpace) -> Iterator[tuple[Attribute, str] | Unproved]:
    """Facts, and attributes that are asked for, on which no answer depends, each with the reason."""
    names = cases.settings.names
    open_ = {name for name, variable in names.items() if variable.fact or variable.ask}
    open_ -= {clock.timezone for clock in cases.settings.clocks.values()} | _in_amounts(cases)
    open_ -= _in_scripts(cases, open_)
    asking, unsettled = _in_conditions(cases, open_)
    for name in [name for name in names if name in open_]:
        if name in unsettled:
            yield Unproved(UNUSED, unsettled[name], (), TOO_MANY.format(what=f"anything depends on {name}"))
        elif name in asking:
            entry = asking[name]
            reason = f"{entry.path}:{entry.line} ({entry.name}) uses it, but it makes no difference there"
            yield names[name], reason
        else:
            yield names[name], "no condition, value or script uses it"


def _in_conditions(cases: CaseSpace, open_: set[str]) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """Take from some names those on which a condition depends. Of the others: the first document that asks for each,
    and the one where the question for each could not be settled."""
    asking: dict[str, Entry] = {}
    unsettled: dict[str, Entry] = {}
    for entry in cases.documents:
        if not open_:
            break
        for condition in conditions_of(entry):
            for name in open_.intersection([atom.name for atom in condition.atoms()]):
                asking.setdefault(name, entry)
                try:
                    if depends(cases, condition, name, entry):
                        open_.remove(name)
                except TooManyCombinationsError:
                    unsettled[name] = entry
    return asking, unsettled


def _in_amounts(cases: CaseSpace) -> set[str]:
    """The names that amounts are worked out from."""
    out: set[str] = set()
    for entry in cases.documents:
        for amount in (*entry.overrides.values(), *(one for term in entry.terms.values() for one in term.amounts())):
            out.update(amount.names())
    return out


def _in_scripts(cases: CaseSpace, names: set[str]) -> set[str]:
    """Those of some names that a script has a place for."""
    out: set[str] = set()
    for entry in cases.book.everything():
        if entry.kind != "script":
            continue
        say = entry.prose.get("say")
        for text in say.values() if isinstance(say, dict) else [say or ""]:
            if not [name for name in names if name in text]:
                continue
            for inside in _PLACE.findall(text):
                for found in _WORD.findall(inside):
                    out.update(name for name in found if name)
    return out & names


def depends(cases: CaseSpace, condition: Condition, name: str, entry: Entry) -> bool:
    """Whether two who differ in a name alone can differ in a condition, on some day on which the entry is in force."""
    for day in cases.days((condition,), (entry,)):
        space = Space(cases.scene(day), (condition,))
        boxes = space.boxes(condition)
        for place, axis in enumerate(space.axes):
            if axis.name == name and _matters(space, boxes, place):
                return True
    return False


def _matters(space: Space, boxes: list[Box], place: int) -> bool:
    """Whether some point of the boxes gets out of all of them by moving along one axis."""
    sizes = space.sizes
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
