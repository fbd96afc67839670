"""One customer from several places: what each knows of them, put together (BOOK.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import Problem
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.case import Customer

#: Two places give one attribute different values.
DIFFERENT = "SK513"


def join(places: Sequence[Customer]) -> Customer:
    """One customer: what an earlier place leaves unknown, a later one fills in. The document comes first, then the
    sources in their order."""
    first, *others = places
    if not others:
        return first
    attributes = {name: value for place in reversed(places) for name, value in place.attributes.items()}
    name = next((place.name for place in places if place.name), None)
    problems = tuple(problem for place in places for problem in place.problems)
    return first._replace(name=name, attributes=attributes, problems=problems)


def differences(places: Sequence[Customer]) -> dict[str, Problem]:
    """The attributes to which two places give different values, each once, at the place that is not used."""
    found = {}
    for name in dict.fromkeys(name for place in places for name in place.attributes):
        used, *others = [place for place in places if name in place.attributes]
        value = used.attributes[name]
        other = next((place for place in others if place.attributes[name].key != value.key), None)
        if other is not None:
            message = (
                f"{quoted(name)} of {quoted(used.id)} is {quoted(str(value))} in {_place(used)} and"
                f" {quoted(str(other.attributes[name]))} here. {quoted(str(value))} is used. Correct the other one."
            )
            found[name] = Problem(DIFFERENT, other.path, other.line, 1 if other.line else 0, message)
    return found


def _place(customer: Customer) -> str:
    return f"{customer.path}:{customer.line}" if customer.line else customer.path
