"""A value in a customer file doesn't fit its attribute.

Why: The attribute is unknown for this customer, who then gets the answer for somebody else.

Fix: Correct the value in the file.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    attributes:
      since: {type: date}
    customers: [people.csv]

    # file: people.csv
    id,name,since
    C-1,Dorothy Bell,2020-02-30  # here

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    attributes:
      since: {type: date}
    customers: [people.csv]

    # file: people.csv
    id,name,since
    C-1,Dorothy Bell,2020-02-29
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, from_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.problems import Problem

CODE = "SK512"
SEVERITY = "error"


def check(customer_problems: Sequence[Problem]) -> Iterator[Finding]:
    return from_problems(customer_problems, CODE)
