"""The customer whom something is recorded of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.problems import ServkitError
from servkit.desk.answers import matches_data
from servkit.desk.request import find_customer

if TYPE_CHECKING:
    from servkit.answer.case import Customer
    from servkit.desk.session import Desk


def person_on_record(desk: Desk, name: str) -> Customer | dict[str, Any]:
    """The customer, or several who match, as data. Raises ServkitError for nobody."""
    found = find_customer(desk, name)
    if found is None:
        raise ServkitError("customer: name one")
    return matches_data(found) if isinstance(found, list) else found
