"""What is wrong with the files of customers that ``servkit.yaml`` names."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from servkit.book.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.lint.needs.people import People

#: More rows than this are a database's business; the rest is said to be not looked at.
MOST = 100_000


def customer_faults(people: People, skipped: list[str]) -> Sequence[Problem]:
    """The problems of all rows, each once."""
    return list(dict.fromkeys(_faults(people, skipped)))


def _faults(people: People, skipped: list[str]) -> Iterator[Problem]:
    for file in people.files:
        first: dict[str, int] = {}
        rows = file.all()
        for customer in islice(rows, MOST):
            yield from customer.problems
            line = first.setdefault(customer.id, customer.line)
            if line != customer.line:
                message = f"the id {customer.id!r} stands in row {line} already; the first is used"
                yield Problem("SK203", file.shown, customer.line, 1, message)
            elif people.book.versions("customer", customer.id):
                message = f"{customer.id!r} has a document in the book as well, which is used; keep one of them"
                yield Problem("SK203", file.shown, customer.line, 1, message)
        if next(rows, None) is not None:
            skipped.append(f"{file.shown} after {MOST:,} rows")
        yield from file.problems
