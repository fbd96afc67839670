"""Scenarios that no longer say the same: they held and fail, failed and hold, or expect something else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from servkit.analysis.scenario_runs import run

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from servkit.answer.case import Customer, DueClock
    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.history.differences import Versions

#: What a scenario asks and expects; its story is a text.
_ASKED = ("customer", "given", "about", "expect")


@dataclass(frozen=True)
class ScenarioChange:
    """A scenario, and its state (``holds``, ``fails`` or ``error``) with each book. ``edited`` says that it asks or
    expects something else than before. ``why`` is the first difference to what it expects."""

    id: str
    before: str
    after: str
    edited: bool
    why: str | None
    place: str


def scenario_changes(
    libraries: tuple[Library, Library],
    scenarios: Iterable[Entry],
    versions: Sequence[Versions],
    names: Collection[str],
    find: tuple[Callable[[str], Customer | None], Callable[[str], Customer | None]],
    clock: Callable[[Library], DueClock],
) -> list[ScenarioChange]:
    """The ``scenarios`` of the right side that changed; ``names`` are what may be different: ids, areas, references."""
    before, after = libraries
    edited = {one.id: one for one in versions if one.kind == "scenario" and one.before and one.after}
    new = {one.id for one in versions if one.kind == "scenario" and not one.before}
    out = []
    for entry in scenarios:
        if entry.id in new:
            continue
        old = edited[entry.id].before[0] if entry.id in edited else entry
        asks_alike = old is entry or all(old.prose.get(key) == entry.prose.get(key) for key in _ASKED)
        if asks_alike and not _mentions(entry, names):
            continue
        first = next(run(before, [old], find[0], clock(before)))
        second = next(run(after, [entry], find[1], clock(after)))
        if first.state != second.state or not asks_alike:
            miss = second.misses[0] if second.misses else None
            why = f"{miss.at}: expected {miss.expected}, got {miss.got}" if miss else second.error or None
            place = f"{entry.path}:{entry.line}"
            out.append(ScenarioChange(entry.id, first.state, second.state, not asks_alike, why, place))
    return out


def _mentions(entry: Entry, names: Collection[str]) -> bool:
    """Whether a scenario asks about everything, or about anything that may be different."""
    text = json.dumps([entry.prose.get(key) for key in _ASKED], ensure_ascii=False)
    return "about" not in entry.prose or any(name in text for name in names)
