"""Days on which two books answer alike, so that one of them stands for all.

What changes from day to day: documents that come into force or go out of it, dated values, tests of ``today``, and days
counted from today (``2 years ago``) that pass other days. Days with equal signs of all of these are one group, however
far apart they lie.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.amount_samples import day_cuts
from servkit.book.conditions import Days, InSegment
from servkit.book.dates import Relative
from servkit.book.values import date_value
from servkit.history.sides import days_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.conditions import Atom, Condition
    from servkit.book.entries import Entry
    from servkit.book.library import Library

#: Days from the first to the last, as ordinals.
Run = tuple[int, int]


class DayGroup(NamedTuple):
    """Runs of days that are answered alike, in their order; the first day stands for all of them."""

    runs: tuple[Run, ...]

    @property
    def day(self) -> int:
        return self.runs[0][0]


class Asked(NamedTuple):
    """All that a part of one book depends on, in every version: documents, conditions and amounts."""

    entries: Sequence[Entry]
    conditions: Sequence[Condition]
    amounts: Sequence[Expression] = ()


def day_groups(window: Run, library_of: Sequence[tuple[Library, Asked]]) -> list[DayGroup]:
    """The groups of days in a window."""
    edges: set[int] = set()
    dates: dict[str, list[Days]] = {}
    for library, asked in library_of:
        for atom in _atoms(library, asked, edges):
            if isinstance(atom, Days):
                dates.setdefault(atom.name, []).append(atom)
        for entry in asked.entries:
            edges |= _edges(entry)
        edges |= days_of(asked.amounts)
    dated = {name: sorted({day for _, asked in library_of for day in _fixed_days(asked.amounts, name)})
             for name in dates}  # fmt: skip
    moving = {name: _places(atoms, dated[name]) for name, atoms in dates.items()
              if name != "today" and any(isinstance(arg, Relative) for atom in atoms for arg in atom.args)}  # fmt: skip
    today = dates.get("today", ())
    first, last = window
    if not moving and not today:
        return [DayGroup((run,)) for run in _runs(window, edges)]
    groups: dict[object, list[Run]] = {}
    ordered = sorted(edges)
    passed = 0
    for day in range(first, last + 1):
        while passed < len(ordered) and ordered[passed] <= day:
            passed += 1
        sign = (passed, tuple([atom.holds(date_value(date.fromordinal(day)), day) for atom in today]),
                tuple([_order(places, day) for places in moving.values()]))  # fmt: skip
        runs = groups.setdefault(sign, [])
        if runs and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return [DayGroup(tuple(runs)) for runs in groups.values()]


def _runs(window: Run, edges: Iterable[int]) -> list[Run]:
    starts = sorted({window[0], *(day for day in edges if window[0] < day <= window[1])})
    return list(zip(starts, [*(start - 1 for start in starts[1:]), window[1]], strict=True))


def _atoms(library: Library, asked: Asked, edges: set[int]) -> list[Atom]:
    """Every test, also those of the segments that are asked for; the days on which segments come and go are edges."""
    out: list[Atom] = []
    seen: set[str] = set()
    queue = list(asked.conditions)
    while queue:
        for atom in queue.pop().atoms():
            if not isinstance(atom, InSegment):
                out.append(atom)
                continue
            for id_ in atom.items:
                if id_ not in seen:
                    seen.add(id_)
                    for version in library.versions("segment", id_):
                        edges |= _edges(version)
                        if version.when is not None:
                            queue.append(version.when)
    return out


def _edges(entry: Entry) -> set[int]:
    first, last = entry.period
    return {day for day in (first, last + 1 if last is not None else None) if day is not None}


def _fixed_days(amounts: Iterable[Expression], name: str) -> Iterable[int]:
    """The days at which an amount that goes by a date changes."""
    return (int(cut.size) for amount in amounts for cut in day_cuts(amount) if cut.name == name)


def _places(atoms: Sequence[Days], cuts: Sequence[int]) -> list[Relative | int]:
    """The days that a date is held against, each once: fixed ones, and those counted from today."""
    found: dict[Relative | int, None] = dict.fromkeys(cuts)
    for atom in atoms:
        for arg in atom.args:
            if not isinstance(arg, Relative):
                found[int(arg.size)] = None
                continue
            found[arg] = None
            if atom.op == "within":
                found[Relative(-arg.count, arg.unit)] = None
    return list(found)


def _order(places: Sequence[Relative | int], day: int) -> tuple[int, ...]:
    """How these days lie to each other. Whether there is a day between two of them matters, so the distances up to two
    days are told apart."""
    days = [place.ordinal(day) if isinstance(place, Relative) else place for place in places]
    ranks = sorted(range(len(days)), key=days.__getitem__)
    out = [ranks[0]] if ranks else []
    for one, two in pairwise(ranks):
        out += [min(days[two] - days[one], 2), two]
    return tuple(out)
