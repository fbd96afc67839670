"""A standard promises a time, and nothing says what to do when staff miss it.

A promise is a duration of which less is better and for which the customer waits: a time on a clock, or at least half an
hour. The standard names no recovery, its area has none, and none covers every area.

Why: Customers remember what was done after a promise was broken.

Fix: Write a recovery for the area, or name one under `recovery`.

Options:

    from  shorter times are not checked (30 minutes)

Bad:

    kind: standard
    id: reply
    area: returns
    target: 90 %
    terms:
      within: {value: 4 office hours, better: less}  # here

Good:

    kind: standard
    id: reply
    area: returns
    target: 90 %
    terms:
      within: {value: 4 office hours, better: less}
    ---
    kind: recovery
    id: late-reply
    area: returns
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.literals import read_as
from servkit.book.problems import ValueProblem
from servkit.lint.finding import Finding, at
from servkit.lint.timelines import has_expired, plain_values
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.book.terms import Term
    from servkit.book.values import Value
    from servkit.lint.fixtures.broken_documents import BrokenDocuments

CODE = "SK405"
SEVERITY = "warning"
OPTIONS = {"from": "30 minutes"}


def check(
    kinds: Mapping[str, Sequence[Entry]], broken_documents: BrokenDocuments, today: int, options: Mapping[str, Any]
) -> Iterator[Finding]:
    shortest = _shortest(options["from"])
    recoveries = [entry for entry in kinds["recovery"] if not has_expired(entry, today)]
    covers_everything = any(not entry.list("areas") for entry in recoveries)
    covered_areas = {area for entry in recoveries for area in entry.list("areas")}
    for entry in kinds["standard"]:
        if has_expired(entry, today):
            continue
        if (
            covers_everything
            or entry.logic.get("recovery")
            or any(area in covered_areas for area in entry.list("areas"))
        ):
            continue
        if not any(_is_time(term) for term in entry.logic.get("terms", {}).values()):
            continue  # true of most standards, and quicker than building the terms
        name = next((name for name, term in entry.terms.items() if _is_promise(term, shortest)), None)
        if name is not None and "recovery" not in broken_documents.kinds:
            promise = quoted(f"{entry.id}.{name}")
            message = f"Nothing says what to do when {promise} is missed. Write a recovery for it."
            yield at(entry, ("terms", name), message)


def _shortest(text: str) -> Value | None:
    try:
        return read_as("duration", text)
    except ValueProblem:
        return None


def _is_time(term: Mapping[str, Any]) -> bool:
    """Whether a term, as plain data, is a duration of which less is better."""
    return term["type"] == "duration" and term.get("better") == "less"


def _is_promise(term: Term, shortest: Value | None) -> bool:
    if term.type != "duration" or term.better != "less":
        return False
    values = [value for amount in (term.value, *(row.value for row in term.rows)) for value in plain_values(amount)]
    return any(shortest is None or value.family != shortest.family or value.size >= shortest.size for value in values)
