"""Two places say different things about a customer.

A customer may have a document in the book and rows in several files or tables, all under one id. What the document
says counts first, then the sources in their order. Each attribute is reported once.

Why: One of the two is out of date, and only one is used.

Fix: Correct the one that is wrong, or leave the attribute out of the document.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    attributes:
      plan: {type: text}
    customers: [people.csv]

    # file: dorothy.yaml
    kind: customer
    id: C-1
    attributes: {plan: yearly}

    # file: people.csv
    id,name,plan
    C-1,Dorothy Bell,monthly  # here

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    attributes:
      plan: {type: text}
    customers: [people.csv]

    # file: dorothy.yaml
    kind: customer
    id: C-1
    priorities: [A call before every visit.]

    # file: people.csv
    id,name,plan
    C-1,Dorothy Bell,monthly
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, from_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.problems import Problem

CODE = "SK513"
SEVERITY = "info"


def check(customer_problems: Sequence[Problem]) -> Iterator[Finding]:
    return from_problems(customer_problems, CODE)
