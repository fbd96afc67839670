"""What amounts come to where some of what they are worked out from is unknown, and a value is taken for it."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.amounts import Counted, Dated
from servkit.book.conditions import Record
from servkit.book.dates import FIRST, LAST
from servkit.domains.representatives import is_inner, representative

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.answer.case_context import CaseContext
    from servkit.book.amounts import Expression
    from servkit.book.values import Value
    from servkit.domains.axis import Cell

_FAR = Decimal(10) ** 24
#: What more combinations of cells come to is worked out again for each case.
_MOST_KEPT = 1_000


class Amounted(NamedTuple):
    """What an amount comes to in one cell of everything it is worked out from, and the line of the book that says so.

    ``moves`` and ``reached`` are those of :class:`servkit.answer.candidates.Candidate`.
    """

    value: Value
    line: int
    moves: bool = False
    reached: bool = True


class Cells(NamedTuple):
    """The cells of an unknown name that an amount is worked out from, and the size from which on they are far out."""

    name: str
    cells: tuple[Cell, ...]
    far: Decimal | None


def amounts_in(record: Record, amount: Expression, ranges: tuple[Cells, ...]) -> Sequence[Amounted | None]:
    """What an amount comes to in every combination of cells of its unknown names, in the order of ``product``.

    Where nothing of it is known and it has no dates, the book alone decides that: it is worked out once."""
    is_constant = type(amount) is Counted and not any(isinstance(part, Dated) for part in amount.parts())
    names = {name for name in amount.names() if name in record.values}
    if is_constant and not names and prod(len(one.cells) for one in ranges) <= _MOST_KEPT:
        return _amounts_of_the_book(amount, ranges)
    return _amounts_in(record, amount, ranges)


@lru_cache(512)
def _amounts_of_the_book(amount: Expression, ranges: tuple[Cells, ...]) -> Sequence[Amounted | None]:
    return _amounts_in(Record({}, 0), amount, ranges)


def _amounts_in(record: Record, amount: Expression, ranges: tuple[Cells, ...]) -> Sequence[Amounted | None]:
    names, out = [one.name for one in ranges], []
    for cells in product(*(one.cells for one in ranges)):
        sizes = [representative(cell) for cell in cells]
        inner = frozenset(name for name, cell in zip(names, cells, strict=True) if is_inner(cell))
        far_out = any(one.far is not None and abs(size) >= one.far for one, size in zip(ranges, sizes, strict=True))
        out.append(work_out(record, amount, dict(zip(names, sizes, strict=True)), inner, far_out=far_out))
    return out


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
