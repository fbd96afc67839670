"""The axis of time: a few days that stand for all days on which an answer could be different.

The answer changes with the day of the lookup only where a document comes into force or goes out of it, where ``today``
is compared, and where a day counted from today (``2 years ago``) passes a fixed day. Between those days one stands for
all. Days counted in months shift against days counted in days from month to month; which of them comes first is then
tried for every day of four years, so that proofs hold for 1901 to 2099, in which every fourth year is a leap year.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from servkit.book.conditions import Days
from servkit.book.dates import Relative

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.book.conditions import Atom

#: The days that proofs speak of.
EARLIEST, LATEST = date(1901, 1, 1).toordinal(), date(2099, 12, 31).toordinal()
#: The day that witnesses are set on where any day would do and none is given.
USUAL = date(2026, 1, 1).toordinal()
_FOUR_YEARS = 1461

Period = tuple[int | None, int | None]


def common(periods: Iterable[Period], first: int | None = None) -> tuple[int, int] | None:
    """The days within all periods, from ``first`` on; None where there are none."""
    low, high = max(EARLIEST, first or EARLIEST), LATEST
    for start, end in periods:
        low = max(low, start or low)
        high = min(high, end or high)
    return (low, high) if low <= high else None


def representatives(
    window: tuple[int, int], atoms: Iterable[Atom], changes: Iterable[int], usual: int | None = None
) -> list[int]:
    """Days of the window that stand for all of it: one for each run of days that answer alike.

    ``changes`` are days on which something else changes, such as a segment that comes into force. Of a run the day
    nearest to ``usual`` is taken.
    """
    low, high = window
    starts = {low, *(day for day in changes if low < day <= high)}
    dates: dict[str, list[Atom]] = {}
    for atom in atoms:
        if isinstance(atom, Days):
            dates.setdefault(atom.name, []).append(atom)
    shifting: list[Sequence[Atom]] = []
    for name, tests in dates.items():
        starts |= set(_crossings(tests, low, high, today=name == "today"))
        if name != "today" and _shifts(tests):
            shifting.append(tests)
    ordered = sorted(starts)
    near = USUAL if usual is None else usual
    runs = list(zip(ordered, [*(start - 1 for start in ordered[1:]), high], strict=True))
    out = [min(max(near, first), last) for first, last in runs]
    if shifting:
        for first, last in runs:
            out += _orders(shifting, first, last)
    return sorted(set(out))


def _crossings(atoms: Sequence[Atom], low: int, high: int, *, today: bool) -> Iterable[int]:
    """The days on which a day counted from today first reaches, and first passes, a fixed one."""
    fixed: set[int] = set()
    moving: set[Relative] = set()
    for atom in atoms:
        assert isinstance(atom, Days)
        for arg in atom.args:
            if isinstance(arg, Relative):
                moving.add(arg)
                if atom.op == "within":
                    moving.add(Relative(-arg.count, arg.unit))
            else:
                fixed.add(int(arg.size))
    if today:
        moving.add(Relative(0, "day"))
    for length in moving:
        for day in fixed:
            for target in (day, day + 1):
                found = _first(length, target, low, high)
                if found is not None and found > low:
                    yield found


def _first(length: Relative, target: int, low: int, high: int) -> int | None:
    """The first day from ``low`` to ``high`` from which a length reaches a day; reaching is for good."""

    def reached(day: int) -> bool:
        return length.ordinal(day) >= target

    if not reached(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle + 1, high)
    return low


def _lengths(atoms: Sequence[Atom]) -> list[Relative]:
    return [arg for atom in atoms for arg in atom.args if isinstance(arg, Relative)]


def _shifts(atoms: Sequence[Atom]) -> bool:
    """Whether some count of days or weeks and some count of months or years are so near that their order changes."""
    lengths = _lengths(atoms)
    for length in lengths:
        days = abs(length.count) * (7 if length.unit == "week" else 1)
        if length.unit not in ("day", "week"):
            continue
        for other in lengths:
            if other.unit in ("month", "year"):
                months = abs(other.count) * (12 if other.unit == "year" else 1)
                if 28 * months - 2 <= days <= 31 * months + 2:
                    return True
    return False


def _orders(shifting: Sequence[Sequence[Atom]], first: int, last: int) -> Iterable[int]:
    """A day for every order in which the days counted from today can stand, within a run of days."""
    seen = set()
    for day in range(first, min(last, first + _FOUR_YEARS) + 1):
        order = []
        for atoms in shifting:
            edges = [
                edge
                for atom in atoms
                if isinstance(atom, Days)
                for span in atom.spans(day)
                for edge in (span[0], span[1] + 1)
            ]
            ranks = {edge: rank for rank, edge in enumerate(sorted(set(edges)))}
            order.append(tuple(ranks[edge] for edge in edges))
        if tuple(order) not in seen:
            seen.add(tuple(order))
            yield day
