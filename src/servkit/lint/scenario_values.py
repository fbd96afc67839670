"""The values that a scenario gives or expects, each with what decides its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.answer_json import as_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.entries import Entry
    from servkit.book.settings import Attribute, Settings
    from servkit.book.terms import Term
    from servkit.lint.fixtures.terms import Terms


class ScenarioValue(NamedTuple):
    """A value as the author wrote it. ``owner`` has its type; ``expected`` values may also name a state."""

    where: tuple[str | int, ...]
    raw: Any
    owner: Attribute | Term
    expected: bool


def scenario_values(entry: Entry, terms: Terms, settings: Settings) -> Iterator[ScenarioValue]:
    """The facts, attributes and terms of a scenario that the book declares."""
    customer, expect = entry.prose.get("customer"), entry.prose.get("expect") or {}
    attributes = customer.get("attributes") if isinstance(customer, dict) else None
    for where, values in (
        (("given", "facts"), entry.prose["given"].get("facts")),
        (("customer", "attributes"), attributes),
    ):
        for name, raw in values.items() if isinstance(values, dict) else ():
            if name in settings.names:
                yield ScenarioValue((*where, name), raw, settings.names[name], expected=False)
    for key in ("may_be", "you_may_be"):
        for ref, raw in (expect.get(key) or {}).items():
            for index, item in enumerate(as_list(raw)) if ref in terms else ():
                where = ("expect", key, ref, *((index,) if isinstance(raw, list) else ()))
                for step, one in item.items() if isinstance(item, dict) else (("", item),):
                    if one not in (None, "null"):
                        place = (*where, step) if step else where
                        yield ScenarioValue(place, one, terms[ref][0].term, expected=False)
    for key in ("terms", "you_may"):
        for ref, raw in (expect.get(key) or {}).items():
            if ref in terms:
                yield ScenarioValue(("expect", key, ref), raw, terms[ref][0].term, expected=True)
