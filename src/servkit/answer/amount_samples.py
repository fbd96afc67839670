"""Where to look at an amount: days and sizes of the names it is worked out from, so that no behaviour is missed.

The domain of a name is cut at these places, and in each cell one value stands for all. So they have to be close enough
that amounts which differ anywhere differ at some of them, that the least and the most an amount comes to are among
them, and that both sides of everything an amount is compared with are there.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal, localcontext
from itertools import combinations, islice
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.amounts import Counted, Dated, Plain
from servkit.book.values import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servkit.book.amounts import Expression, Facts, Formula

#: So many counts of periods are looked at from the first one on.
_FIRST_COUNTS = 4
#: So many pairs of formulas are asked where they cross.
_MOST_PAIRS = 200
#: How many digits a place between two amounts of a share has: it has to be near the middle only.
_DIGITS = 60


class Cut(NamedTuple):
    """A place to cut a name's domain at: a size of a family, or the ordinal of a day."""

    name: str
    family: str
    size: Decimal


def day_cuts(amount: Expression) -> Iterator[Cut]:
    """The days on which an amount changes, for every date that it goes by."""
    if isinstance(amount, Dated):
        for start, step in amount.steps:
            if amount.by:
                yield Cut(amount.by, "date", Decimal(start))
            yield from day_cuts(step)
    elif isinstance(amount, Counted):
        for part in amount.parts():
            if isinstance(part, Dated):
                yield from day_cuts(part)


def families_of(amount: Expression) -> Iterator[tuple[str, str]]:
    """Every name that an amount is worked out from, and the family that its values have to be of."""
    if isinstance(amount, Dated):
        if amount.by:
            yield amount.by, "date"
        for _, step in amount.steps:
            yield from families_of(step)
    elif isinstance(amount, Counted):
        units = [part.steps[0][1] if isinstance(part, Dated) else part for part in (amount.after, amount.per) if part]
        family = next((unit.value.family for unit in units if isinstance(unit, Plain)), None)
        yield amount.of, family or (amount.zero.family if amount.share else "number")
        yield from ((name, amount.zero.family) for name in (amount.at_least, amount.at_most) if isinstance(name, str))
        yield from ((part.by, "date") for part in amount.parts() if isinstance(part, Dated) and part.by)


def formulas(amount: Expression, days: Iterable[Facts]) -> set[Formula]:
    """The formulas of an amount over ways of filling in the dates it goes by."""
    if not isinstance(amount, (Counted, Dated)):
        return set()
    found = set()
    for facts in days:
        step = amount.first(facts)
        formula = step.formula(facts) if isinstance(step, Counted) else None
        if formula is not None:
            found.add(formula)
    return found


def size_cuts(formula: Formula, levels: Iterable[Decimal], marks: Iterable[Decimal]) -> Iterator[Cut]:
    """The sizes to look at. ``levels`` are what the result is compared with, ``marks`` the sizes of ``of`` at which
    something else changes."""
    bounds = [part for part in (formula.at_least, formula.at_most) if isinstance(part, Decimal)]
    seen = {*levels, *bounds, formula.start, Decimal(0)}
    for name in formula.bound_names():
        for level in seen:
            yield from (Cut(name, formula.zero.family, level + step * formula.minor_unit) for step in (-1, 0, 1))
    yield Cut(formula.of, formula.family, formula.after)
    if formula.each:
        with localcontext(EXACT):
            places = list((_shares if formula.share else _counts)(formula, seen, {*marks, formula.after}))
        yield from (Cut(formula.of, formula.family, place) for place in places)


def crossings(found: Iterable[Formula]) -> dict[str, set[Decimal]]:
    """The sizes, by name, at which one formula of a name about overtakes another."""
    out: dict[str, set[Decimal]] = {}
    for left, right in islice(combinations(found, 2), _MOST_PAIRS):
        if left.of != right.of or not (left.each or right.each):
            continue
        slopes = [one.rate if one.share else EXACT.divide(one.each, one.per) for one in (left, right)]
        with localcontext(prec=_DIGITS):
            if slopes[0] != slopes[1]:
                ahead = [one.start - slope * one.after for one, slope in zip((left, right), slopes, strict=True)]
                out.setdefault(left.of, set()).add((ahead[1] - ahead[0]) / (slopes[0] - slopes[1]))
    return out


def _shares(formula: Formula, levels: Iterable[Decimal], marks: Iterable[Decimal]) -> Iterator[Decimal]:
    """For a share: where it comes to each level and to one minor unit less or more, and right beside each mark."""
    rate, unit = formula.rate, formula.minor_unit
    for level in levels:
        for step in (-1, 0, 1):
            with localcontext(prec=_DIGITS):
                yield formula.after + (level + step * unit - formula.start) / rate
    beside = Decimal(1).scaleb((unit / rate).adjusted() - 6)
    for mark in marks:
        yield from (mark - beside, mark + beside)


def _counts(formula: Formula, levels: Iterable[Decimal], marks: Iterable[Decimal]) -> Iterator[Decimal]:
    """For periods: the first ones, the last one, those around each level, and those around each mark."""
    around = [(level - formula.start) / formula.each for level in levels]
    around += [(mark - formula.after) / formula.per for mark in marks]
    counts = {Decimal(count) for count in range(_FIRST_COUNTS)}
    if formula.up_to is not None:
        around.append(Decimal(formula.up_to))
    for count in around:
        whole = count.to_integral_value(ROUND_FLOOR)
        counts |= {whole + step for step in (-1, 0, 1, 2)}
    last = formula.up_to
    for count in counts:
        if count >= 0 and (last is None or count <= last):
            yield formula.after + count * formula.per
