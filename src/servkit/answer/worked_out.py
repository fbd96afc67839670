"""What amounts come to where some of what they are worked out from is unknown, and a value is taken for it."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.amounts import Counted
from servkit.book.dates import FIRST, LAST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servkit.answer.case_context import CaseContext
    from servkit.book.amounts import Expression
    from servkit.book.conditions import Record
    from servkit.book.values import Value

_FAR = Decimal(10) ** 24


class Amounted(NamedTuple):
    """What an amount comes to in one cell of everything it is worked out from, and the line of the book that says so.

    ``moves`` and ``reached`` are those of :class:`servkit.answer.candidates.Candidate`.
    """

    value: Value
    line: int
    moves: bool = False
    reached: bool = True


def work_out(
    record: Record, amount: Expression, chosen: Mapping[str, Decimal], inner: frozenset[str], *, far_out: bool
) -> Amounted | None:
    """What an amount comes to where each name has a value; ``inner`` are those with more values beside it."""
    facts = ChosenFacts(record, chosen)
    step = amount.first(facts)
    if step is None:
        return None
    if not isinstance(step, Counted):
        return Amounted(step.value, step.line)
    found = step.worked_out(facts)
    if found is None:
        return None
    value, follows = found
    approached = follows in inner and follows != step.of and value.type != "money"
    return Amounted(value, step.line, follows in chosen, not far_out and not approached)


def corners(context: CaseContext, amount: Expression) -> Iterator[Amounted | None]:
    """What an amount comes to far out on both sides, and at nothing, for each of its unknown names."""
    names = list(dict.fromkeys(name for name in amount.names() if name not in context.record.values))
    choices = []
    for name in names:
        variable = context.variables[name]
        if variable.type == "date":
            choices.append([Decimal(FIRST), Decimal(LAST)])
            continue
        floor = variable.floor.size if variable.floor else Decimal(0) if variable.type == "duration" else None
        choices.append([Decimal(way) * _FAR for way in (-1, 0, 1) if floor is None or way * _FAR > floor])
    for chosen in product(*choices):
        yield work_out(context.record, amount, dict(zip(names, chosen, strict=True)), frozenset(), far_out=True)


class ChosenFacts:
    """What an amount is worked out from: what is on record, and one size (or day) for everything else."""

    def __init__(self, record: Record, chosen: Mapping[str, Decimal]) -> None:
        self.record, self.chosen = record, chosen

    @property
    def today(self) -> int:
        return self.record.today

    def day(self, name: str) -> int:
        value = self.record.values.get(name)
        return int(value.size if value is not None else self.chosen[name])

    def size(self, name: str) -> tuple[Decimal, Value | None]:
        value = self.record.values.get(name)
        return (value.size, value) if value is not None else (self.chosen[name], None)
