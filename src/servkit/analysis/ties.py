"""Ties: two segments of one priority that set one term to different values, with a customer who is in both.

Where ``better`` says which value is kinder there is no tie. Everything else is a conflict at the desk, shown as such
and never settled (BOOK.md 6), so the book has to settle it.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from servkit.analysis.results import TOO_MANY, Fault, Outcome, Unproved
from servkit.analysis.satisfiability import holds_somewhere
from servkit.analysis.universe import TooManyCombinationsError
from servkit.analysis.value_sources import Setter, same, setters_of
from servkit.analysis.witness import Story, about_document, case_at, witness
from servkit.book.amounts import Plain
from servkit.book.conditions import Not
from servkit.book.values import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.universe import Spot, Universe
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.terms import Term

TIE = "tie"


def ties(universe: Universe) -> Iterator[Outcome]:
    """Every pair of segments that tie, at what the second of them sets."""
    for ref, entries in sorted(universe.setters.items()):
        if len(entries) < 2:
            continue
        told: set[tuple[str, str]] = set()
        for term, owner in universe.terms(ref):
            setters = sorted(setters_of(universe, term), key=lambda one: (one.entry.path, one.entry.line))
            for left, right in combinations(setters, 2):
                pair = (left.entry.id, right.entry.id)
                if pair in told or not _may_tie(term, left, right):
                    continue
                found = _tie(universe, term, owner, setters, (left, right))
                if found is not None:
                    told.add(pair)
                    yield found


def _may_tie(term: Term, left: Setter, right: Setter) -> bool:
    if left.priority != right.priority or left.entry.id == right.entry.id or same(left.amount, right.amount):
        return False
    if term.better is None:
        return True
    if isinstance(left.amount, Plain) and isinstance(right.amount, Plain):
        return left.amount.value.family != right.amount.value.family
    return False


def _tie(
    universe: Universe, term: Term, owner: Entry, setters: list[Setter], pair: tuple[Setter, Setter]
) -> Outcome | None:
    left, right = pair
    where = ("sets", term.ref)
    restriction = universe.restriction(owner)
    wanted = [left.when, right.when, *([] if restriction is None else [restriction])]
    higher = [setter.when for setter in setters if setter.priority > left.priority]
    try:
        spot = _in_both(universe, wanted, higher, (owner, left.entry, right.entry))
    except TooManyCombinationsError:
        return Unproved(TIE, right.entry, where, TOO_MANY.format(what=f"{left.entry.id} and {right.entry.id} meet"))
    if spot is None:
        return None
    values = [_value(setter) for setter in pair]
    story = Story(
        f"{term.ref.replace('.', '-')}-tie",
        f"In {left.entry.id} and in {right.entry.id} at once",
        f"{left.entry.id} says {values[0]}, {right.entry.id} says {values[1]}.",
        terms=(term.ref,),
        segments=True,
    )
    case = case_at(spot, universe.book, about_document(owner, universe.book))
    shown = witness(universe.asked(case), case, story)
    there = shown.answer.terms.get(term.ref) if shown is not None else None
    real = there is not None and there.state == "conflict"
    if not real and not spot.loose:
        # an amount worked out from a fact, or dated, may come to the same on this day and differ on another
        if isinstance(left.amount, Plain) and isinstance(right.amount, Plain):
            return Unproved(
                TIE, right.entry, where, f"{left.entry.id} and {right.entry.id} seem to tie, and resolution does not"
            )
        spot_certain = False
    else:
        spot_certain = real
    may = "" if spot_certain else " may"
    message = (
        f"{left.entry.id} ({left.entry.path}:{left.entry.line}) and {right.entry.id}{may} set {term.ref} to {values[0]}"
        f" and {values[1]} for one customer, with the same priority {left.priority}; give one of them a higher"
        f" `priority`, or the term a `better`"
    )
    return Fault(TIE, right.entry, where, message, shown if real else None, certain=spot_certain)


def _in_both(
    universe: Universe, wanted: list[Condition], higher: list[Condition], entries: tuple[Entry, ...]
) -> Spot | None:
    """Somebody of whom it is certain: where `known` is asked, what is not on record may be anything."""
    spot = universe.find(wanted, higher, entries)
    if spot is None or not spot.space.known:
        return spot
    return holds_somewhere(universe, [*wanted, *map(Not, higher)], entries)


def _value(setter: Setter) -> str:
    return write(setter.amount.value) if isinstance(setter.amount, Plain) else "a computed value"
