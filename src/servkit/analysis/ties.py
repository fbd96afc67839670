"""Ties: two segments of one priority that set one term to different values, with a customer who is in both.

Where ``better`` says which value is kinder there is no tie. Anything else is a conflict at the desk, which shows it and
does not settle it (BOOK.md 6). So the book has to settle it.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from servkit.analysis.results import TOO_MANY, Fault, Outcome, Unproved
from servkit.analysis.satisfiability import satisfying_assignment
from servkit.analysis.value_sources import same_amount
from servkit.analysis.witness import Story, about_document, case_at, witness
from servkit.book.amounts import Plain
from servkit.book.conditions import Not
from servkit.book.values import write
from servkit.domains.diagram import TooManyCombinationsError
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.case_space import Assignment, CaseSpace, SegmentOverride
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.terms import Term

TIE = "tie"


def ties(cases: CaseSpace) -> Iterator[Outcome]:
    """Every pair of segments that tie, at what the second of them sets."""
    for ref, entries in sorted(cases.overriding.items()):
        if len(entries) < 2:
            continue
        reported: set[tuple[str, str]] = set()
        for term, owner in cases.terms(ref):
            overrides = sorted(cases.overrides(term), key=lambda one: (one.entry.path, one.entry.line))
            for left, right in combinations(overrides, 2):
                pair = (left.entry.id, right.entry.id)
                if pair in reported or not _may_tie(term, left, right):
                    continue
                found = _tie(cases, term, owner, overrides, (left, right))
                if found is not None:
                    reported.add(pair)
                    yield found


def _may_tie(term: Term, left: SegmentOverride, right: SegmentOverride) -> bool:
    if left.priority != right.priority or left.entry.id == right.entry.id or same_amount(left.amount, right.amount):
        return False
    if term.better is None:
        return True
    if isinstance(left.amount, Plain) and isinstance(right.amount, Plain):
        return left.amount.value.family != right.amount.value.family
    return False


def _tie(
    cases: CaseSpace,
    term: Term,
    owner: Entry,
    overrides: list[SegmentOverride],
    pair: tuple[SegmentOverride, SegmentOverride],
) -> Outcome | None:
    left, right = pair
    where = ("sets", term.ref)
    restriction = cases.restriction(owner)
    required = [left.when, right.when, *([] if restriction is None else [restriction])]
    higher = [override.when for override in overrides if override.priority > left.priority]
    try:
        assignment = _in_both(cases, required, higher, (owner, left.entry, right.entry))
    except TooManyCombinationsError:
        return Unproved(TIE, right.entry, where, TOO_MANY.format(what=f"{left.entry.id} and {right.entry.id} meet"))
    if assignment is None:
        return None
    values = [_value(override) for override in pair]
    story = Story(
        f"{term.ref.replace('.', '-')}-tie",
        f"In {left.entry.id} and in {right.entry.id} at once",
        f"{left.entry.id} says {values[0]}, {right.entry.id} says {values[1]}.",
        terms=(term.ref,),
        segments=True,
    )
    case = case_at(assignment, cases.book, about_document(owner, cases.book))
    shown = witness(cases.library(case), case, story)
    there = shown.answer.terms.get(term.ref) if shown is not None else None
    real = there is not None and there.state == "conflict"
    if not real and not assignment.uncertain:
        # an amount worked out from a fact, or dated, may come to the same on this day and differ on another
        if isinstance(left.amount, Plain) and isinstance(right.amount, Plain):
            return Unproved(
                TIE,
                right.entry,
                where,
                f"{left.entry.id} and {right.entry.id} seem to tie, but their answer is no conflict",
            )
        certain = False
    else:
        certain = real
    may = "" if certain else " may"
    message = (
        f"{quoted(left.entry.id)} ({left.entry.path}:{left.entry.line}) and {quoted(right.entry.id)}{may} set"
        f" {quoted(term.ref)} to {quoted(values[0])} and {quoted(values[1])} for the same customer, both with"
        f" priority {left.priority}. Give one of them a higher `priority`, or give the term a `better`."
    )
    return Fault(TIE, right.entry, where, message, shown if real else None, certain=certain)


def _in_both(
    cases: CaseSpace, required: list[Condition], higher: list[Condition], entries: tuple[Entry, ...]
) -> Assignment | None:
    """A case that certainly is in both: where `known` is asked, what is not on record may be anything."""
    assignment = cases.find(required, higher, entries)
    if assignment is None or not assignment.space.known:
        return assignment
    return satisfying_assignment(cases, [*required, *map(Not, higher)], entries)


def _value(override: SegmentOverride) -> str:
    return write(override.amount.value) if isinstance(override.amount, Plain) else "a counted value"
