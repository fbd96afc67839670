"""A customer file lacks a column that `servkit.yaml` names.

Why: The attribute is unknown for every customer, and every lookup asks for it.

Fix: Correct the name of the column in `servkit.yaml`, or add the column to the file.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    attributes:
      plan: {type: text}
    customers:
      - {file: people.csv, attributes: {plan: PLAN_CD}}

    # file: people.csv
    id,name,PLAN  # here
    C-1,Dorothy Bell,monthly

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    attributes:
      plan: {type: text}
    customers:
      - {file: people.csv, attributes: {plan: PLAN}}

    # file: people.csv
    id,name,PLAN
    C-1,Dorothy Bell,monthly
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.customers.cells import near_heading, place_in
from servkit.lint.finding import Finding, from_problems
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.problems import Problem
    from servkit.lint.fixtures.customers import Customers

CODE = "SK511"
SEVERITY = "error"


def check(customer_problems: Sequence[Problem], customers: Customers) -> Iterator[Finding]:
    yield from from_problems(customer_problems, CODE)
    for file, source in zip(customers.files, customers.specs, strict=True):
        column = source["name"]
        if column != "name" and file.header and place_in(file.header, column) is None:
            advice = near_heading(column, file.header, "name") or "Correct `name` in `servkit.yaml`."
            message = f"There is no column {quoted(column)}, so nobody has a name. {advice}"
            yield Finding(file.shown, 1, 1, message)
