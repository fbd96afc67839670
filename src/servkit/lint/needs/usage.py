"""Which attributes, facts and clocks the book makes use of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.lint.needs.references import conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.lint.needs.amounts import Amounts
    from servkit.lint.needs.templates import Template


_JOINING = frozenset({"all", "any", "not"})


class Usage(NamedTuple):
    """The names of attributes and facts, and of clocks, that something uses."""

    names: frozenset[str]
    clocks: frozenset[str]


def glean(
    entries: Sequence[Entry], amounts: Amounts, templates: Sequence[Template]
) -> tuple[list[str], list[str], list[str]]:
    """What some documents use: names, clocks, and the attributes that their customers have."""
    names = set(amounts.names)
    held: set[str] = set()
    for entry in entries:
        for _, when in conditions(entry):
            names.update(_names(when))
        if entry.kind == "customer":
            held.update(entry.logic.get("attributes") or ())
    for template in templates:
        names.update(name.partition(".")[2].partition(".")[0] for name, *_ in template.placeholders)
    return list(names), list(_clocks(amounts.texts)), list(held)


def usage(gleaned: Sequence[tuple[list[str], list[str], list[str]]], settings: Settings) -> Usage:
    """What conditions, values and scripts depend on, and the attributes that customers have."""
    names = {clock.timezone for clock in settings.clocks.values() if clock.timezone}
    clocks = _clocks(str(variable.floor) for variable in settings.names.values() if variable.floor is not None)
    held: set[str] = set()
    for source in settings.sources:
        held.update(settings.names if source.get("attributes") is None else source["attributes"])
    names.update(name for used, _, _ in gleaned for name in used)
    held.update(name for _, _, own in gleaned for name in own)
    held = {name for name in held if name in settings.names and not settings.names[name].fact}
    clocks.update(clock for _, used, _ in gleaned for clock in used)
    return Usage(frozenset(names | held), frozenset(clocks))


def _clocks(texts: Iterable[str]) -> set[str]:
    """The clocks that durations among some texts may name."""
    return {parts[1] for text in texts if text[:1].isdigit() and len(parts := text.split(None, 3)) == 3}


def _names(data: Any) -> Iterator[str]:
    """The names that a condition asks for, and perhaps the words that join its parts."""
    if isinstance(data, list):
        for item in data:
            yield from _names(item)
    elif isinstance(data, dict):
        yield from data
        for name in _JOINING & data.keys():
            yield from _names(data[name])
