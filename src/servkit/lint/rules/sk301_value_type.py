"""A value has the wrong type.

The value of a segment or a promise has the type of the term. A value in a scenario has the type of the attribute, fact
or term. A `target` is a percentage, and `follow_up` and `within` are durations.

Why: A value that does not fit is ignored at the desk, so the customer does not get it.

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
from servkit.lint.finding import Finding, at
from servkit.lint.fixtures.references import steps
from servkit.lint.timelines import parts
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.terms import Term
    from servkit.lint.fixtures.overrides import Override
    from servkit.lint.fixtures.owned_terms import OwnedTerm
    from servkit.lint.fixtures.terms import Terms

CODE = "SK301"
SEVERITY = "error"
_STATES = ("open", "conflict", "none")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?\Z")
Where = tuple[str | int, ...]


def check(
    kinds: Mapping[str, Sequence[Entry]], overrides: Sequence[Override], terms: Terms, settings: Settings
) -> Iterator[Finding]:
    for override in overrides:
        if (bad := _unfit(override.amount, terms.get(override.ref, []), settings)) is not None:
            yield at(override.entry, (*override.where, *bad[0]), f"{override.ref}: {bad[1]}")
    for entry in kinds["standard"]:
        yield from _plain(entry, ("target",), entry.prose.get("target"), "percent", settings)
    for entry in kinds["recovery"]:
        yield from _plain(entry, ("follow_up",), entry.prose.get("follow_up"), "duration", settings)
    for entry in (*kinds["procedure"], *kinds["recovery"]):
        for index, step in steps(entry):
            yield from _plain(entry, ("steps", index, "within"), step.get("within"), "duration", settings)
    for entry in kinds["scenario"]:
        yield from _scenario(entry, terms, settings)


def _unfit(amount: Expression, owners: Sequence[OwnedTerm], settings: Settings) -> tuple[tuple[str, ...], str] | None:
    """What of a moved value fits no version of the term, and why; None where it fits one, or there is no such term."""
    why = None
    for owned in owners:
        why = next(_slips(amount, owned, settings), None)
        if why is None:
            return None
    return why


def _slips(amount: Expression, owned: OwnedTerm, settings: Settings) -> Iterator[tuple[tuple[str, ...], str]]:
    for where, part in parts(amount):
        try:
            typed(part, owned.term, settings)
        except ValueProblem as bad:
            yield where, str(bad)


def _plain(
    entry: Entry, where: Where, raw: Any, kind: str, settings: Settings, of: Sequence[str] = ()
) -> Iterator[Finding]:
    """A value of a known type; nothing is wrong with none."""
    if raw is None:
        return
    try:
        if kind == "list":
            if not all(isinstance(item, str) for item in (raw if isinstance(raw, list) else [raw])):
                yield at(entry, where, "This is not a list of texts. Write one, such as `[first, second]`.")
        elif not isinstance(raw, str):
            yield at(entry, where, f"This is not a single value. Write one {kind}.")
        else:
            read_as(kind, raw, of, settings.clocks, settings.currency)
    except ValueProblem as bad:
        yield at(entry, where, str(bad))


def _scenario(entry: Entry, terms: Terms, settings: Settings) -> Iterator[Finding]:
    given, expect, who = entry.prose["given"], entry.prose.get("expect") or {}, entry.prose.get("customer")
    places = [(("given", "facts"), given.get("facts"))]
    if isinstance(who, dict):
        places.append((("customer", "attributes"), who.get("attributes")))
    for where, values in places:
        for name, raw in values.items() if isinstance(values, dict) else ():
            if name in settings.names:
                variable = settings.names[name]
                yield from _plain(entry, (*where, name), raw, variable.type, settings, variable.of)
    for key in ("terms", "you_may"):
        for ref, raw in (expect.get(key) or {}).items():
            if ref in terms and raw not in _STATES:
                yield from _expected(entry, ("expect", key, ref), raw, terms[ref][0].term, settings)
    moments: list[tuple[Where, Any]] = [(("given", "from"), given.get("from"))]
    moments += [(("expect", "due", ref), raw) for ref, raw in (expect.get("due") or {}).items()]
    for place, moment in moments:
        if moment is not None and not _is_moment(moment):
            yield at(entry, place, f"{quoted(str(moment))} is not a date and time. Write it like `2026-03-01T09:30`.")


def _expected(entry: Entry, where: Where, raw: Any, term: Term, settings: Settings) -> Iterator[Finding]:
    """A value of the term, or a state in its own words where a value could be the word."""
    states = ", ".join(_STATES)
    if raw is None:
        yield at(entry, where, f"The value is missing. Write it, or one of {states}.")
    elif not isinstance(raw, dict):
        yield from _plain(entry, where, raw, term.type, settings, term.of)
    elif set(raw) != {"state"}:
        yield at(entry, where, f"This is not a value. Write one, or `{{state: …}}` with one of {states}.")
    elif raw["state"] not in _STATES:
        yield at(entry, (*where, "state"), f"{quoted(str(raw['state']))} is not a state. Write one of {states}.")


def _is_moment(text: str) -> bool:
    try:
        return bool(_MOMENT.match(text)) and datetime.fromisoformat(text) is not None
    except ValueError:
        return False
