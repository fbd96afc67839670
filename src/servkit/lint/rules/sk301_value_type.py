"""A value has the wrong type.

The value of a segment or a promise has the type of the term. A value in a scenario has the type of the attribute, fact
or term. A `target` is a percentage, and `follow_up` and `within` are durations.

Why: A value that doesn't fit is ignored at the desk, so the customer doesn't get it.

Fix: Write a value of the right type, such as `60 days` for a duration.

Bad:

    kind: policy
    id: returns
    rule: flexible
    terms:
      window: {value: 30 days, better: more, limit: 90 days}
    ---
    kind: segment
    id: key-account
    when: {plan: commercial}
    sets:
      returns.window: 60 USD  # here

Good:

    kind: policy
    id: returns
    rule: flexible
    terms:
      window: {value: 30 days, better: more, limit: 90 days}
    ---
    kind: segment
    id: key-account
    when: {plan: commercial}
    sets:
      returns.window: 60 days
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from servkit.answer.overrides import typed
from servkit.book.literals import read_as
from servkit.book.problems import ValueProblem
from servkit.book.references import steps
from servkit.book.settings import Attribute
from servkit.lint.finding import Finding, at
from servkit.lint.scenario_values import scenario_values
from servkit.lint.timelines import parts
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.lint.fixtures.overrides import Override
    from servkit.lint.fixtures.owned_terms import OwnedTerm
    from servkit.lint.fixtures.terms import Terms
    from servkit.lint.scenario_values import ScenarioValue

CODE = "SK301"
SEVERITY = "error"
_STATES = ("open", "conflict", "none")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?\Z")
Where = tuple[str | int, ...]


def check(
    kinds: Mapping[str, Sequence[Entry]], overrides: Sequence[Override], terms: Terms, settings: Settings
) -> Iterator[Finding]:
    for override in overrides:
        if (misfit := _misfit(override.amount, terms.get(override.ref, []), settings)) is not None:
            where, message = misfit
            yield at(override.entry, (*override.where, *where), message)
    for entry in kinds["standard"]:
        yield from _plain(entry, ("target",), entry.prose.get("target"), "percent", settings)
    for entry in kinds["recovery"]:
        yield from _plain(entry, ("follow_up",), entry.prose.get("follow_up"), "duration", settings)
    for entry in (*kinds["procedure"], *kinds["recovery"]):
        for index, step in steps(entry):
            yield from _plain(entry, ("steps", index, "within"), step.get("within"), "duration", settings)
    for entry in kinds["scenario"]:
        yield from _scenario(entry, terms, settings)


def _misfit(amount: Expression, owners: Sequence[OwnedTerm], settings: Settings) -> tuple[tuple[str, ...], str] | None:
    """The part of an override that fits no version of the term, and why.

    None if it fits one, or if there is no such term.
    """
    misfit = None
    for owned in owners:
        misfit = next(_misfits(amount, owned, settings), None)
        if misfit is None:
            return None
    return misfit


def _misfits(amount: Expression, owned: OwnedTerm, settings: Settings) -> Iterator[tuple[tuple[str, ...], str]]:
    for where, part in parts(amount):
        try:
            typed(part, owned.term, settings)
        except ValueProblem as problem:
            yield where, str(problem)


def _plain(
    entry: Entry, where: Where, raw: Any, kind: str, settings: Settings, of: Sequence[str] = ()
) -> Iterator[Finding]:
    """A value of a known type. A missing value has no fault."""
    if raw is None:
        return
    try:
        if kind == "list":
            if not all(isinstance(item, str) for item in (raw if isinstance(raw, list) else [raw])):
                yield at(entry, where, "This is not a list of texts. Write one, such as `[first, second]`.")
        elif not isinstance(raw, str):
            yield at(entry, where, f"This is not a single value. Write one {kind}.")
        else:
            read_as(kind, raw, of, settings.vocabulary, settings.currency)
    except ValueProblem as problem:
        yield at(entry, where, str(problem))


def _scenario(entry: Entry, terms: Terms, settings: Settings) -> Iterator[Finding]:
    for value in scenario_values(entry, terms, settings):
        if not value.expected:
            yield from _plain(entry, value.where, value.raw, value.owner.type, settings, value.owner.of)
            yield from _below(entry, value, settings)
        elif value.raw not in _STATES:
            yield from _expected(entry, value, settings)
    expect = entry.prose.get("expect") or {}
    moments: list[tuple[Where, Any]] = [(("given", "from"), entry.prose["given"].get("from"))]
    moments += [(("expect", "due", ref), raw) for ref, raw in (expect.get("due") or {}).items()]
    for where, moment in moments:
        if moment is not None and not _is_moment(moment):
            yield at(entry, where, f"{quoted(str(moment))} is not a date and time. Write it like `2026-03-01T09:30`.")


def _below(entry: Entry, value: ScenarioValue, settings: Settings) -> Iterator[Finding]:
    """A fact or attribute that is less than it can be."""
    variable = value.owner
    if isinstance(variable, Attribute) and variable.floor is not None and isinstance(value.raw, str):
        try:
            found = read_as(variable.type, value.raw, variable.of, settings.vocabulary, settings.currency)
        except ValueProblem:
            return  # it has been reported
        try:
            variable.checked(found)
        except ValueProblem as problem:
            yield at(entry, value.where, str(problem))


def _expected(entry: Entry, value: ScenarioValue, settings: Settings) -> Iterator[Finding]:
    """A value of the term, or a state in a mapping of its own in case a value could be the same word."""
    raw, where, states = value.raw, value.where, ", ".join(_STATES)
    if raw is None:
        yield at(entry, where, f"The value is missing. Write it, or one of {states}.")
    elif not isinstance(raw, dict):
        yield from _plain(entry, where, raw, value.owner.type, settings, value.owner.of)
    elif set(raw) != {"state"}:
        yield at(entry, where, f"This is not a value. Write one, or `{{state: …}}` with one of {states}.")
    elif raw["state"] not in _STATES:
        yield at(entry, (*where, "state"), f"{quoted(str(raw['state']))} is not a state. Write one of {states}.")


def _is_moment(text: str) -> bool:
    try:
        return bool(_MOMENT.match(text)) and datetime.fromisoformat(text) is not None
    except ValueError:
        return False
