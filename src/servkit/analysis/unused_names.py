"""Names that nothing depends on: facts and attributes that are asked for, and make no difference to any answer.

A name is relied on where somebody can be found for whom another value of it would decide a condition otherwise; where
an amount is worked out from it; where a script has a place for it; and where a clock takes its time zone from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from servkit.analysis.results import TOO_MANY, Unproved
from servkit.analysis.universe import TooManyCombinationsError
from servkit.book.conditions import Condition, InSegment, decode_condition
from servkit.domains.cover import Cover
from servkit.domains.space import Box, Space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.universe import Universe
    from servkit.book.entries import Entry
    from servkit.book.settings import Attribute

UNUSED = "unused-name"
#: What the data of a condition begins with where it is made of others.
_NESTING = frozenset({"all", "any", "not"})
_PLACE = re.compile(r"\{[{%](.{0,1000}?)[}%]\}", re.DOTALL)
_WORD = re.compile(r"\b(?:customer|facts)\s*\.\s*([a-z][a-z0-9_]*)|\[\s*[\"']([a-z][a-z0-9_]*)[\"']\s*\]")


def unused_names(universe: Universe) -> Iterator[tuple[Attribute, str] | Unproved]:
    """Facts, and attributes that are asked for, on which no answer depends, each with the reason."""
    names = universe.settings.names
    open_ = {name for name, variable in names.items() if variable.fact or variable.ask}
    open_ -= {clock.timezone for clock in universe.settings.clocks.values()} | _in_amounts(universe)
    open_ -= _in_scripts(universe, open_)
    asking, unsettled = _in_conditions(universe, open_)
    for name in [name for name in names if name in open_]:
        if name in unsettled:
            yield Unproved(UNUSED, unsettled[name], (), TOO_MANY.format(what=f"anything depends on {name}"))
        elif name in asking:
            entry = asking[name]
            reason = f"{entry.path}:{entry.line} ({entry.name}) asks for it, and it makes no difference there"
            yield names[name], reason
        else:
            yield names[name], "no condition, value or script asks for it"


def _in_conditions(universe: Universe, open_: set[str]) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """Take from some names those that a condition hangs on. Of the others: what asks for each first, and what for each
    that was not settled."""
    asking: dict[str, Entry] = {}
    unsettled: dict[str, Entry] = {}
    for entry in (*universe.book.segments(), *universe.book.everything()):
        if not open_:
            break
        for data in _conditions(entry):
            if not _may_ask(data, open_):
                continue
            tests = universe.evident.tests.of(data)
            if tests is not None:  # it hangs on every one of them that does not hold for everybody
                for name in open_.intersection(tests):
                    asking.setdefault(name, entry)
                    if tests[name].excluding and universe.days((), (entry,)):
                        open_.remove(name)
                continue
            asked = decode_condition(data)
            for name in open_.intersection(atom.name for atom in asked.atoms() if not isinstance(atom, InSegment)):
                asking.setdefault(name, entry)
                try:
                    if depends(universe, asked, name, entry):
                        open_.remove(name)
                except TooManyCombinationsError:
                    unsettled[name] = entry
    return asking, unsettled


def _conditions(entry: Entry) -> Iterator[Any]:
    """The conditions of a document, as data."""
    if "when" in entry.logic:
        yield entry.logic["when"]
    for term in entry.logic.get("terms", {}).values():
        for case in term.get("cases", ()):
            yield case[0]


def _may_ask(data: Any, names: set[str]) -> bool:
    """Whether a condition, as data, may ask for some names; what is nested is not looked into."""
    parts = data[1:] if data[0] == "all" else (data,)
    return bool([part for part in parts if part[0] in _NESTING or part[2] in names])


def _in_amounts(universe: Universe) -> set[str]:
    """The names that amounts are worked out from."""
    out: set[str] = set()
    for entry in universe.working_out:
        for amount in (*entry.moves.values(), *(one for term in entry.terms.values() for one in term.amounts())):
            out.update(amount.names())
    return out


def _in_scripts(universe: Universe, names: set[str]) -> set[str]:
    """Those of some names that a script has a place for."""
    out: set[str] = set()
    for entry in universe.book.everything():
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
