"""Which attributes, facts and clocks the book makes use of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.lint.needs.references import conditions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.lint.needs.templates import Template


class Usage(NamedTuple):
    """The names of attributes and facts, and of clocks, that something uses."""

    names: frozenset[str]
    clocks: frozenset[str]


def usage(kinds: Mapping[str, Sequence[Entry]], settings: Settings, templates: Sequence[Template]) -> Usage:
    """What conditions, values and scripts depend on, and the attributes that customers have."""
    names = {clock.timezone for clock in settings.clocks.values() if clock.timezone}
    clocks: set[str] = set()
    held: set[str] = set()
    for entries in kinds.values():
        for entry in entries:
            for _, when in conditions(entry):
                names.update(_names(when))
            for key in ("terms", "sets", "promised", "steps", "follow_up", "when", "attributes", "given", "customer"):
                _amounts(entry.prose.get(key), names, clocks)
            held.update(entry.logic.get("attributes") or ())
    for template in templates:
        names.update(name.partition(".")[2].partition(".")[0] for name, *_ in template.placeholders)
    for variable in settings.names.values():
        if variable.floor is not None:
            _amounts(str(variable.floor), names, clocks)
    for source in settings.sources:
        held.update(settings.names if source.get("attributes") is None else source["attributes"])
    held = {name for name in held if name in settings.names and not settings.names[name].fact}
    return Usage(frozenset(names | held), frozenset(clocks))


def _names(data: Any) -> Iterator[str]:
    """The names that a condition asks for."""
    if isinstance(data, list):
        for item in data:
            yield from _names(item)
    elif isinstance(data, dict):
        for name, wanted in data.items():
            if name in ("all", "any", "not"):
                yield from _names(wanted)
            else:
                yield name


def _amounts(data: Any, names: set[str], clocks: set[str]) -> None:
    """The names that counted and dated values are worked out from, and the clocks that durations name."""
    if isinstance(data, dict):
        for key, item in data.items():
            if key in ("of", "by", "at_least", "at_most") and isinstance(item, str):
                names.add(item)
            _amounts(item, names, clocks)
    elif isinstance(data, list):
        for item in data:
            _amounts(item, names, clocks)
    elif isinstance(data, str) and data[:1].isdigit():
        parts = data.split(None, 3)
        if len(parts) == 3:
            clocks.add(parts[1])
