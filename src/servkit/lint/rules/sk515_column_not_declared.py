"""A customer file has a column that is no attribute.

A file whose entry in `servkit.yaml` names no `attributes` is read by its headings: a column is an attribute if it has
the name of one. All other columns are skipped.

Why: What is in the column is in no answer, and a misspelt heading looks like an empty record.

Fix: Declare the attribute, or correct the heading. If the column has nothing to do with service, list the columns that
count under `attributes`.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    attributes:
      plan: {type: text}
    customers: people.csv

    # file: people.csv
    id,name,plna  # here
    C-1,Dorothy Bell,monthly

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    attributes:
      plan: {type: text}
    customers: people.csv

    # file: people.csv
    id,name,plan
    C-1,Dorothy Bell,monthly
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servkit.customers.cells import place_in
from servkit.lint.finding import Finding
from servkit.nearest import did_you_mean
from servkit.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.settings import Settings
    from servkit.lint.fixtures.customers import Customers

CODE = "SK515"
SEVERITY = "info"
_WORD = re.compile(r"[a-z0-9]+")


def check(customers: Customers, settings: Settings) -> Iterator[Finding]:
    attributes = [name for name, variable in settings.names.items() if not variable.fact]
    for file, source in zip(customers.files, customers.specs, strict=True):
        if source.get("attributes") or place_in(file.header, source["id"]) is None:
            continue
        known = {name.casefold() for name in (*attributes, source["id"], source["name"], "id", "name")}
        for heading in dict.fromkeys(heading.strip() for heading in file.header):
            if heading and heading.casefold() not in known:
                rest = did_you_mean(heading.casefold(), attributes) or _declared(heading)
                message = f"The column {quoted(heading)} is no attribute of this book, so it is skipped. {rest}"
                yield Finding(file.shown, 1, 1, message)


def _declared(heading: str) -> str:
    """How to declare a heading, which may be no name of an attribute."""
    name = "_".join(_WORD.findall(fold(heading)))
    if name == heading.casefold() or not name[:1].isalpha():
        return "Declare it under `attributes`."
    return (
        f"Declare an attribute {quoted(name)}, and write {quoted(f'{name}: {heading}')} under the file's `attributes`."
    )
