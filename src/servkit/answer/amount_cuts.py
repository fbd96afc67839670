"""Where an amount changes with the value of a name: the sizes at which its domain has to be cut."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.amounts import Counted, Dated, Plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.amounts import Expression


class Cut(NamedTuple):
    """A place to cut a name's domain at: a size of a family."""

    name: str
    family: str
    size: Decimal


def cuts_of(amount: Expression) -> Iterator[Cut]:
    """All cuts of an amount, for every name that it is worked out from."""
    if isinstance(amount, Dated):
        for start, step in amount.steps:
            if amount.by:
                yield Cut(amount.by, "date", Decimal(start))
            yield from cuts_of(step)
    elif isinstance(amount, Counted):
        for part in amount[5:11]:
            if isinstance(part, Dated):
                yield from cuts_of(part)
        for family, size in _of_counted(amount):
            yield Cut(amount.of, family, size)
        for name in (amount.at_least, amount.at_most):
            if isinstance(name, str):
                yield Cut(name, amount.zero.family, amount.zero.size)


def _of_counted(amount: Counted) -> list[tuple[str, Decimal]]:
    """What is counted is cut at ``after``; its family is that of ``after``, of ``per`` or of the result."""
    for part in (amount.after, amount.per):
        values = [part.value] if isinstance(part, Plain) else []
        if isinstance(part, Dated):
            values = [step.value for _, step in part.steps if isinstance(step, Plain)]
        if values:
            return [(value.family, value.size if part is amount.after else value.size * 0) for value in values]
    return [(amount.zero.family if amount.share else "number", amount.zero.size * 0)]
