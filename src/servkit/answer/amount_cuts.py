"""Where the amounts of a case ask for their unknown names to be cut (see :mod:`servkit.answer.amount_samples`)."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from servkit.answer.amount_samples import crossings, day_cuts, formulas, size_cuts
from servkit.answer.worked_out import ChosenFacts
from servkit.domains.diagram import TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from servkit.answer.amount_samples import Cut
    from servkit.book.amounts import Expression, Formula
    from servkit.book.conditions import Atom, Record

#: So many ways of filling in the dates that an amount goes by are looked at.
_MAX_DAYS = 4_000
#: By name the places to cut at: families and sizes.
Cuts = dict[str, set[tuple[str, Decimal]]]


def amount_cuts(
    record: Record,
    amounts: Iterable[Expression],
    levels: Collection[Decimal],
    atoms: Mapping[str, Sequence[Atom]],
) -> Cuts:
    """Where amounts ask for their unknown names to be cut. ``levels`` are the sizes that the amounts are compared with,
    ``atoms`` what conditions ask of each name. Raises TooManyCombinationsError."""
    cuts: Cuts = {}

    def add(found: Iterable[Cut]) -> None:
        for cut in found:
            if cut.name not in record.values:
                cuts.setdefault(cut.name, set()).add((cut.family, cut.size))

    found: set[Formula] = set()
    for amount in amounts:
        add(day_cuts(amount))
        found |= formulas(amount, _days(record, amount))
    crossing = crossings(found)
    for formula in found:
        marks = {arg.size for atom in atoms.get(formula.of, ()) for arg in atom.args if hasattr(arg, "family")}
        add(size_cuts(formula, levels, marks | crossing.get(formula.of, set())))
    return cuts


def _days(record: Record, amount: Expression) -> Iterator[ChosenFacts]:
    """Every way of filling in the dates that an amount goes by."""
    days: dict[str, set[Decimal]] = {}
    for cut in day_cuts(amount):
        if cut.name not in record.values:
            days.setdefault(cut.name, set()).add(cut.size)
    choices = [[Decimal(1), *sorted(days[name])] for name in days]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > _MAX_DAYS:
        raise TooManyCombinationsError
    for chosen in product(*choices):
        yield ChosenFacts(record, dict(zip(days, chosen, strict=True)))
