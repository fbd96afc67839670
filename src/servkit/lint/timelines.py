"""Values over time, so that limits and grants can be compared with what they bound."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from servkit.book.amounts import Counted, Dated, Plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.values import Value


def has_expired(entry: Entry, today: int) -> bool:
    """Whether the last day of a document has passed; ``today`` is an ordinal."""
    return (entry.period[1] or today) < today


def expired(entries: Sequence[Entry], today: int) -> dict[tuple[str, str], tuple[int, list[Entry]]]:
    """The last day and the versions of every document that is no longer in force."""
    dated = {(entry.kind, entry.id) for entry in entries if "period" in entry.logic}
    versions: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries if dated else ():
        if (entry.kind, entry.id) in dated:
            versions[entry.kind, entry.id].append(entry)
    over = {name: group for name, group in versions.items() if all(has_expired(entry, today) for entry in group)}
    return {name: (max(entry.period[1] or 0 for entry in group), group) for name, group in over.items()}


def timeline(amount: Expression | None) -> list[tuple[int, Value]]:
    """The plain values of an amount and the day from which each holds; nothing for what is worked out from facts."""
    if isinstance(amount, Plain):
        return [(1, amount.value)]
    if isinstance(amount, Dated) and amount.by is None:
        return [(start, step.value) for start, step in amount.steps if isinstance(step, Plain)]
    return []


def plain_values(amount: Expression | None) -> Iterator[Value]:
    """Every value that an amount may plainly be, or that bounds what is worked out."""
    if isinstance(amount, Plain):
        yield amount.value
    elif isinstance(amount, Dated):
        for _, step in amount.steps:
            yield from plain_values(step)
    elif isinstance(amount, Counted):
        yield amount.zero


def parts(amount: Expression) -> Iterator[tuple[tuple[str, ...], Expression]]:
    """A dated value by its days, each with the key it stands under; anything else as it is."""
    if isinstance(amount, Dated):
        yield from (((_day(start),), step) for start, step in amount.steps)
    else:
        yield (), amount


def on_day(amount: Expression | None, day: int) -> tuple[str, ...]:
    """The key of the value that an amount has on a day; nothing where one value is for all days."""
    if not isinstance(amount, Dated):
        return ()
    place = bisect_right(amount.steps, day, key=lambda step: step[0])
    return (_day(amount.steps[max(place - 1, 0)][0]),)


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def past(value: Value, limit: Value, better: str) -> bool:
    """Whether a value is kinder than its limit."""
    if value.family != limit.family:
        return False
    return bool(value.size > limit.size if better == "more" else value.size < limit.size)


def all_past(amount: Expression | None, limit: Expression | None, better: str) -> Sequence[tuple[int, Value, Value]]:
    """The values that are kinder than what bounds them, each with the first such day and the bound."""
    if amount is None or limit is None:
        return ()
    if type(amount) is Plain and type(limit) is Plain:  # nearly always
        return ((1, amount.value, limit.value),) if past(amount.value, limit.value, better) else ()
    return [found for found in meetings(amount, limit) if past(*found[1:], better)]


def meetings(one: Expression | None, other: Expression | None) -> Iterator[tuple[int, Value, Value]]:
    """The pairs of values that hold on one day, with the first such day."""
    left, right = timeline(one), timeline(other)
    for start in sorted({start for start, _ in (*left, *right)}):
        pair = [_on(start, values) for values in (left, right)]
        if pair[0] is not None and pair[1] is not None:
            yield start, pair[0], pair[1]


def _on(day: int, values: list[tuple[int, Any]]) -> Any:
    place = bisect_right(values, day, key=lambda step: step[0])
    return values[place - 1][1] if place else None
