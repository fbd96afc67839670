"""A fact or an attribute is compared with values that don't compare with each other.

An example is a duration in hours in one document, and in months in another.

Why: Whatever staff type compares with only one of them. The other document can't answer, and the lookup stops.

Fix: Write all of them in units that compare.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    facts:
      late: {type: duration, ask: How late were we?}

    # file: late.yaml
    kind: policy
    id: late
    rule: fixed
    when: {late: {at_least: 2 hours}}
    ---
    kind: policy
    id: later
    rule: fixed
    when: {late: {at_least: 1 day}}
    ---
    kind: policy
    id: latest
    rule: fixed
    when: {late: {at_least: 1 month}}  # here

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    facts:
      late: {type: duration, ask: How late were we?}

    # file: late.yaml
    kind: policy
    id: late
    rule: fixed
    when: {late: {at_least: 2 hours}}
    ---
    kind: policy
    id: later
    rule: fixed
    when: {late: {at_least: 1 day}}
    ---
    kind: policy
    id: latest
    rule: fixed
    when: {late: {at_least: 30 days}}
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.amounts import Counted, Dated, Plain
from servkit.book.literals import doubt, read_as
from servkit.book.problems import ValueProblem
from servkit.book.references import conditions
from servkit.book.values import NUMERIC
from servkit.lint.finding import Finding, at
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.source import PartPath
    from servkit.book.values import Value

CODE = "SK319"
SEVERITY = "warning"


class _Use(NamedTuple):
    """A value that a name is compared with, and where."""

    entry: Entry
    where: PartPath
    value: Value


def check(kinds: Mapping[str, Sequence[Entry]], settings: Settings) -> Iterator[Finding]:
    uses: defaultdict[str, list[_Use]] = defaultdict(list)
    for entries in kinds.values():
        for entry in entries:
            for name, use in _uses(entry, settings):
                uses[name].append(use)
    for name, found in uses.items():
        families = Counter(use.value.family for use in found)
        if len(families) < 2:
            continue
        usual = next(use for use in found if use.value.family == max(families, key=lambda family: families[family]))
        for use in found:
            if use.value.family != usual.value.family:
                message = (
                    f"{quoted(name)} is compared with `{use.value}` here, and with `{usual.value}` in "
                    f"{usual.entry.path}:{usual.entry.line}. No value compares with both. Use the same unit."
                )
                yield at(use.entry, use.where, message)


def _uses(entry: Entry, settings: Settings) -> Iterator[tuple[str, _Use]]:
    for where, condition in conditions(entry, settings):
        for name, place, text in _tests(condition, where):
            variable = settings.names.get(name)
            if variable is None or variable.type not in NUMERIC:
                continue
            try:
                value = read_as(variable.type, text, (), settings.vocabulary, settings.currency)
            except ValueProblem:
                continue  # another rule reports it
            if not doubt(value):
                yield name, _Use(entry, place, value)
    for name, term in entry.terms.items():
        for amount in term.amounts():
            for counted in _counted(amount):
                if (size := next(filter(None, map(_first, (counted.after, counted.per))), None)) is not None:
                    yield counted.of, _Use(entry, ("terms", name), size)


def _tests(data: Any, where: PartPath) -> Iterator[tuple[str, PartPath, str]]:
    """Every text that a name is held against, in a condition as it was written."""
    for index, item in enumerate(data) if isinstance(data, list) else [(None, data)]:
        place = where if index is None else (*where, index)
        for name, test in item.items() if isinstance(item, dict) else ():
            if name in ("any", "all", "not"):
                yield from _tests(test, (*place, name))
            else:
                yield from ((name, *found) for found in _texts(test, (*place, name)))


def _texts(data: Any, where: PartPath) -> Iterator[tuple[PartPath, str]]:
    if isinstance(data, str):
        yield where, data
    elif isinstance(data, (dict, list)):
        for step, item in data.items() if isinstance(data, dict) else enumerate(data):
            if step != "known":
                yield from _texts(item, (*where, step))


def _counted(amount: Expression) -> Iterator[Counted]:
    if isinstance(amount, Counted):
        yield amount
    elif isinstance(amount, Dated):
        for _, step in amount.steps:
            yield from _counted(step)


def _first(part: Plain | Dated | str | None) -> Value | None:
    if isinstance(part, Dated):
        return next((step.value for _, step in part.steps if isinstance(step, Plain)), None)
    return part.value if isinstance(part, Plain) else None
