"""A customer file can't be read, or some of its rows can't be used.

Why: A customer whose row is skipped is a stranger at the desk.

Fix: Correct the file or the row.

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

from servkit.book.discovery import SETTINGS
from servkit.lint.finding import Finding, from_problem
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.problems import Problem
    from servkit.book.settings import Settings
    from servkit.book.source import Source
    from servkit.lint.fixtures.customers import Customers

CODE = "SK510"
SEVERITY = "error"


def check(
    customer_problems: Sequence[Problem], customers: Customers, settings: Settings, settings_source: Source
) -> Iterator[Finding]:
    """A fault of a whole file is reported where the book names the file, since the file may not exist."""
    names = zip(customers.files, settings.sources, strict=False)
    sources = {
        file.shown: ("customers", index, "file" if source["file"] else "database")
        for index, (file, source) in enumerate(names)
        if source in customers.specs
    }
    for problem in customer_problems:
        if problem.code == CODE and not problem.line and problem.path in sources:
            place = settings_source.place(sources[problem.path])
            yield Finding(SETTINGS, *place, f"{quoted(problem.path)}: {problem.message}")
        elif problem.code == CODE:
            yield from_problem(problem)
