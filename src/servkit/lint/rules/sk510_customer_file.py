"""A file of customers cannot be read, or rows of it cannot be used.

Why: whoever stands in a row that is passed over is a stranger at the desk.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    customers: [people.csv]

    # file: people.csv
    id,name
    C-1,Dorothy Bell
    ,Somebody without an id  # here

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    customers: [people.csv]

    # file: people.csv
    id,name
    C-1,Dorothy Bell
    C-2,Earl Jameson
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, from_problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.problem import Problem

CODE = "SK510"
SEVERITY = "error"


def check(customer_faults: Sequence[Problem]) -> Iterator[Finding]:
    return (from_problem(problem) for problem in customer_faults if problem.code == CODE)
