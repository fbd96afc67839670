"""A reading of BOOK.md 5 that tries everybody: small books, every record, every way of filling in.

Slow and simple on purpose; the proofs are held against it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.conditions import All, AnyOf, Atom, Condition, Has, InSegment, Known, Not
from servkit.book.values import amount_value, choice_value, date_value, flag_value, list_value, text_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from servkit.book.values import Value

SETTINGS = """
servkit: 1
name: Small
channels: [phone, email]
roles: [agent, owner]
attributes:
  plan: {type: choice, of: [single, monthly, commercial]}
  visits: {type: number, from: 0}
  region: {type: text}
  since: {type: date}
  tags: {type: list}
facts:
  opened: {type: flag}
"""
PLANS = ("single", "monthly", "commercial")
FIRST, LAST = date(2026, 1, 1).toordinal(), date(2026, 1, 8).toordinal()
#: Values that tell apart everything the small books can ask.
DOMAINS: dict[str, list[Value]] = {
    "plan": [choice_value(plan, PLANS) for plan in PLANS],
    "visits": [amount_value("number", Decimal(text)) for text in ("0", "0.5", "1", "1.5", "2", "2.5", "3", "4")],
    "region": [text_value(text) for text in ("", "n", "no", "nox", "s", "sno", "son", "x", "xs", "ns", "sn")],
    "since": [date_value(date.fromordinal(day)) for day in range(FIRST - 6, LAST + 7)],
    "tags": [list_value(items) for items in ([], ["a"], ["b"], ["a", "b"])],
    "opened": [flag_value(False), flag_value(True)],
    "channel": [text_value("phone"), text_value("email")],
    "role": [choice_value("agent", ("agent", "owner")), choice_value("owner", ("agent", "owner"))],
}


class Person(NamedTuple):
    """Values of all names, and which of them are on record."""

    values: Mapping[str, Value]
    known: frozenset[str]
    today: int


def true(condition: Condition, person: Person, segment: Callable[[str], Condition | None]) -> bool:
    """Whether a condition is true of a person of whom everything is filled in."""
    if isinstance(condition, Not):
        return not true(condition.part, person, segment)
    if isinstance(condition, AnyOf):
        return any(true(part, person, segment) for part in condition.parts)
    if isinstance(condition, All):
        return all(true(part, person, segment) for part in condition.parts)
    assert isinstance(condition, Atom)
    if isinstance(condition, Known):
        return (condition.name in person.known) is condition.args[0].amount
    if isinstance(condition, InSegment):
        found = []
        for item in condition.items:
            inner = segment(item)
            found.append(inner is not None and true(inner, person, segment))
        return bool(condition.verdict(list(found)))
    value = date_value(date.fromordinal(person.today)) if condition.name == "today" else person.values[condition.name]
    return condition.holds(value, person.today)


def names_in(*conditions: Condition, segment: Callable[[str], Condition | None]) -> tuple[set[str], set[str]]:
    """The names that conditions ask about, and those of which they ask whether they are known."""
    values: set[str] = set()
    known: set[str] = set()
    for condition in conditions:
        for atom in condition.atoms():
            if isinstance(atom, Known):
                known.add(atom.name)
            elif isinstance(atom, InSegment):
                for item in atom.items:
                    inner = segment(item)
                    if inner is not None:
                        more = names_in(inner, segment=segment)
                        values |= more[0]
                        known |= more[1]
            else:
                values.add(atom.name)
    return values - {"today"}, known


def everybody(today: int, values: set[str], known: set[str]) -> Iterator[Person]:
    """Everybody, as far as these names tell them apart."""
    names = sorted(values)
    asked = sorted(known)
    for bits in product((True, False), repeat=len(asked)):
        there = frozenset(name for name, bit in zip(asked, bits, strict=True) if bit)
        for chosen in product(*(DOMAINS[name] for name in names)):
            yield Person(dict(zip(names, chosen, strict=True)), there, today)


def true_of_a_record(condition: Condition, today: int, segment: Callable[[str], Condition | None]) -> bool:
    """Whether somebody's record makes a condition true, however the names that are not on it are filled in."""
    values, known = names_in(condition, segment=segment)
    return any(
        all(true(condition, filled, segment) for filled in fillings(person, values & known))
        for person in everybody(today, values, known)
    )


def fillings(person: Person, names: set[str]) -> Iterator[Person]:
    """The person with everything that is not on record filled in, in every way."""
    missing = sorted(names - person.known)
    for chosen in product(*(DOMAINS[name] for name in missing)):
        yield person._replace(values={**person.values, **dict(zip(missing, chosen, strict=True))})


def scalar(data: Any) -> Any:
    """Plain data with every scalar as text, as the reader has it."""
    if isinstance(data, dict):
        return {key: scalar(item) for key, item in data.items()}
    return [scalar(item) for item in data] if isinstance(data, list) else str(data)


__all__ = ["DOMAINS", "FIRST", "LAST", "PLANS", "SETTINGS", "Has", "Person", "everybody", "names_in", "scalar", "true"]
