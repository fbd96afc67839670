"""Gaps in time: days on which an id that others refer to has no document, or a term that is offered has no value."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from servkit.analysis.days import USUAL, common
from servkit.analysis.results import Fault, Outcome
from servkit.analysis.witness import Story, about_document, bare_case, witness
from servkit.book.amounts import Counted, Dated
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.case_space import CaseSpace
    from servkit.analysis.condition_parts import Where
    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry

GAP, UNBEGUN = "gap", "unbegun"


def version_gaps(cases: CaseSpace) -> Iterator[Outcome]:
    """Days between two versions of a document on which something in force still refers to it."""
    book = cases.book
    entries = [*book.segments(), *book.everything(), *_philosophies(cases)]
    if not any("period" in entry.logic for entry in entries):
        return
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault(("owner" if entry.owns_terms else entry.kind, entry.id), []).append(entry)
    split = {key: versions for key, versions in groups.items() if len(versions) > 1}
    if not split:
        return
    named = _referring(entries)
    for key, versions in split.items():
        ordered = sorted(versions, key=lambda entry: entry.period[0] or 0)
        for before, after in pairwise(ordered):
            last, first = before.period[1], after.period[0]
            if last is None or first is None or first <= last + 1:
                continue
            window = common([(last + 1, first - 1)], cases.since)
            if window is None:
                continue
            for other in named.get(key, ()):
                overlap = common([window, other.period])
                if overlap is not None:
                    yield _gap(cases, before, after, other, overlap)
                    break


def _philosophies(cases: CaseSpace) -> list[Entry]:
    return [entry for entry in cases.book.entries if entry.kind == "philosophy"]


def _referring(entries: list[Entry]) -> dict[tuple[str, str], list[Entry]]:
    """The documents that refer to each id."""
    out: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        for kind, id_ in references(entry):
            out.setdefault((kind, id_), []).append(entry)
    return out


def references(entry: Entry) -> Iterator[tuple[str, str]]:
    """What a document refers to: kind (``owner`` for a standard or policy) and id."""
    keys = (("say", "script"), ("philosophies", "philosophy"), ("carries_out", "owner"), ("segments", "segment"))
    for key, kind in keys:
        for id_ in entry.list(key):
            yield kind, id_
    if recovery := entry.logic.get("recovery"):
        yield "recovery", recovery
    for ref in (*entry.list("may_offer"), *entry.logic.get("overrides", {})):
        yield "owner", ref.partition(".")[0]


def _gap(cases: CaseSpace, before: Entry, after: Entry, other: Entry, window: tuple[int, int]) -> Fault:
    first, last = (date.fromordinal(day).isoformat() for day in window)
    when = f"on {first}" if first == last else f"from {first} to {last}"
    message = (
        f"No version of {quoted(after.id)} is in force {when}, between {before.path}:{before.line} and this version,"
        f" but {other.name} refers to it. Close the gap between their dates."
    )
    shown = None
    if after.kind in cases.book.settings.applicable:
        case = bare_case(window[0], about_document(after, cases.book))
        story = Story(f"{after.id}-gap", f"{after.id} on a day without a version in force", documents=(after,))
        shown = witness(cases.library(case), case, story)
    return Fault(GAP, after, ("effective", "from"), message, shown)


def unbegun_rates(cases: CaseSpace) -> Iterator[Outcome]:
    """Dated values with no value on days on which their document is in force."""
    for entry in cases.documents:
        for name, term in entry.terms.items():
            places: list[tuple[Expression | None, Where]] = [(term.value, ("terms", name, "value"))]
            places += [(row.value, ("terms", name, "cases", index, "value")) for index, row in enumerate(term.rows)]
            for amount, where in places:
                yield from _unbegun(cases, entry, term.ref, amount, where)
    for entry in cases.documents:
        for ref, amount in entry.overrides.items() if entry.kind == "segment" else ():
            yield from _unbegun(cases, entry, ref, amount, ("sets", ref))


def _unbegun(cases: CaseSpace, entry: Entry, ref: str, amount: Expression | None, where: Where) -> Iterator[Outcome]:
    first = _first_day(amount)
    if first is None:
        return
    start = entry.period[0]
    if start is None and cases.since is None:
        return  # no start date: what was before the first day is past
    window = common([entry.period, (start or cases.since, first - 1)], cases.since)
    if window is None:
        return
    days = f"{date.fromordinal(window[0])} to {date.fromordinal(window[1])}"
    message = (
        f"{quoted(ref)} has no value from {days}: {quoted(entry.id)} is in force then, but the first value starts on"
        f" {date.fromordinal(first)}. Add an earlier value, or let `effective` start on that day."
    )
    shown = None
    if entry.owns_terms:
        case = bare_case(min(max(USUAL, window[0]), window[1]), about_document(entry, cases.book))
        story = Story(f"{ref.replace('.', '-')}-unbegun", f"{ref} before its first day", terms=(ref,))
        shown = witness(cases.library(case), case, story)
    yield Fault(UNBEGUN, entry, where, message, shown)


def _first_day(amount: Expression | None) -> int | None:
    """The first day on which an amount is worth anything, where that depends on the day of the lookup."""
    if isinstance(amount, Dated):
        return amount.steps[0][0] if amount.by is None else None
    if isinstance(amount, Counted):
        parts = [part for part in (amount.start, amount.each, amount.per, amount.after) if isinstance(part, Dated)]
        return max((part.steps[0][0] for part in parts if part.by is None), default=None)
    return None
