"""Idle segments: they change no term, admit to no document and tell nobody to do anything.

A segment decides something where there is somebody in it for whom the answer would be another one without it.
"""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING

from servkit.analysis.hidden import Without
from servkit.analysis.results import DISAGREES, TOO_MANY, Fault, Outcome, Unproved
from servkit.analysis.universe import TooManyCombinationsError
from servkit.analysis.value_sources import Setter, base_sources, member, same, setters_of, substituted
from servkit.analysis.witness import Story, case_at, case_with, witness
from servkit.answer.candidates import kinder
from servkit.answer.resolver import resolve
from servkit.book.amounts import Plain
from servkit.book.conditions import Condition, InSegment, Not

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from servkit.analysis.universe import Universe
    from servkit.analysis.witness import Witness
    from servkit.answer.case import Case
    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.book.terms import Term

IDLE = "idle-segment"
#: So many are shown by a witness: each names all segments that somebody is in, and thousands would fill the memory.
MOST_SHOWN = 500


def idle_segments(universe: Universe) -> Iterator[Outcome]:
    """Every segment that never decides anything."""
    named = conditions_by_segment(universe)
    count = 0
    for entry in universe.book.segments():
        if entry.when is None or entry.logic.get("tells") or not universe.days((), (entry,)):
            continue
        try:
            if _decides(universe, entry, named.get(entry.id, ())):
                continue
            case = _somebody_in(universe, entry)
        except TooManyCombinationsError:
            yield Unproved(IDLE, entry, (), TOO_MANY.format(what="this segment decides anything"))
            continue
        if case is None:
            continue  # that it holds nobody is said of its condition
        count += 1
        involved = bool(entry.moves or entry.id in named)
        library = universe.book if entry.id in named else universe.asked(case)
        shown = witness(library, case, _story(universe, entry)) if count <= MOST_SHOWN else None
        if entry.moves:
            what = f"all that it sets ({', '.join(entry.moves)}) is decided elsewhere, or comes to the same"
        else:
            what = "it sets nothing, no document asks for it, and it has no `do`"
        message = f"{entry.id} never decides anything: {what}; let it set or do something, or take it away"
        if shown is not None and (involved or not _all_read(shown)) and _differs(library, shown, entry):
            yield Unproved(IDLE, entry, (), DISAGREES)
        else:
            yield Fault(IDLE, entry, ("id",), message, shown)


def _story(universe: Universe, segment: Entry) -> Story:
    """That somebody is in a segment, and what becomes of the terms that it sets."""
    refs = tuple(ref for ref in segment.moves if any(True for _ in universe.terms(ref)))
    return Story(f"{segment.id}-idle", f"In {segment.id}, and nothing is different", terms=refs, segments=True)


def _somebody_in(universe: Universe, segment: Entry) -> Case | None:
    """Somebody in a segment while it is in force; None where there is nobody."""
    about, book = universe.somewhere(segment), universe.book
    tests = universe.evident.tests.of(segment.logic["when"])
    if tests is not None and len(book.versions("segment", segment.id)) == 1:
        values = {name: tests[name].inside[0] for name in sorted(tests) if tests[name].excluding}
        return case_with(universe.days((), (segment,))[0], values, book, about)
    spot = universe.find([member(segment.id)], (), (segment,))
    return None if spot is None else case_at(spot, book, about)


def _all_read(shown: Witness) -> bool:
    """Whether all that is on record of a witness was of use; then what nothing involves makes no difference."""
    customer = shown.case.customer
    return customer is None or customer.attributes.keys() <= shown.answer.trace.values.keys()


def _differs(library: Library, shown: Witness, segment: Entry) -> bool:
    """Whether the answer would be another one in a book without the segment."""
    without = resolve(Without(library, segment), shown.case)
    ours, theirs = ({ref: (term.state, term.value and term.value.key) for ref, term in answer.terms.items()}
                    for answer in (shown.answer, without))  # fmt: skip
    return ours != theirs


def conditions_by_segment(universe: Universe) -> dict[str, list[tuple[Entry, Condition, Condition | None]]]:
    """The conditions that ask for each segment: the document, the condition, and within what it matters."""
    out: dict[str, list[tuple[Entry, Condition, Condition | None]]] = {}
    for entry in universe.questionable:
        if entry.kind == "segment":
            continue
        whole = universe.restriction(entry)
        asked: list[tuple[Condition, Condition | None]] = [(whole, None)] if whole is not None else []
        asked += [(row.when, whole) for term in entry.terms.values() for row in term.rows]
        for condition, within in asked:
            for id_ in {item for atom in condition.atoms() if isinstance(atom, InSegment) for item in atom.items}:
                out.setdefault(id_, []).append((entry, condition, within))
    return out


def _decides(universe: Universe, segment: Entry, named: Sequence[tuple[Entry, Condition, Condition | None]]) -> bool:
    return any(_admits(universe, segment, *asked) for asked in named) or any(
        _moves(universe, segment, term, owner) for ref in segment.moves for term, owner in universe.terms(ref)
    )


def _admits(universe: Universe, segment: Entry, entry: Entry, condition: Condition, within: Condition | None) -> bool:
    """Whether being in the segment makes a difference to a condition."""
    inside, outside = (substituted(condition, segment.id, inside=there) for there in (True, False))
    around = [member(segment.id), *([] if within is None else [within])]
    for yes, no in ((inside, outside), (outside, inside)):
        if universe.find([*around, yes, Not(no)], (), (entry, segment)) is not None:
            return True
    return False


def _moves(universe: Universe, segment: Entry, term: Term, owner: Entry) -> bool:
    """Whether somebody gets another value of a term because of the segment."""
    setters = setters_of(universe, term)
    own = next((setter for setter in setters if setter.entry is segment), None)
    if own is None:
        return False
    restriction = universe.restriction(owner)
    around = [own.when, *([] if restriction is None else [restriction])]
    others = [setter for setter in setters if setter.entry.id != segment.id]
    above = [setter.when for setter in others if setter.priority > own.priority or _at_least_as_good(term, setter, own)]
    beside = [
        setter for setter in others if setter.priority == own.priority and not _at_least_as_good(term, setter, own)
    ]
    if above and not _found(universe, around, above, segment, owner):
        return False  # whoever is in it gets the term from one of those
    gone = list(above)
    for group in (beside, *_groups(setter for setter in others if setter.priority < own.priority)):
        for setter in _kindest_first(term, group):
            # two of one priority that do not compare are a conflict without this segment: only a kinder one goes before
            kinder_ones = [one.when for one in group if _is_kinder(term, one, setter)]
            if not same(setter.amount, own.amount) and _found(
                universe, [*around, setter.when], [*gone, *kinder_ones], segment, owner, setter.entry
            ):
                return True
        gone += [setter.when for setter in group]
    for source in base_sources(term, gone):
        if not same(source.amount, own.amount) and _found(
            universe, [*around, *source.wanted], source.avoided, segment, owner
        ):
            return True
    return False


def _found(universe: Universe, wanted: Sequence[Condition], avoided: Sequence[Condition], *entries: Entry) -> bool:
    return universe.find(wanted, avoided, entries) is not None


def _at_least_as_good(term: Term, other: Setter, own: Setter) -> bool:
    """Whether another segment of the same priority takes the term whenever it holds, or says the same."""
    if other.priority != own.priority:
        return False
    return same(other.amount, own.amount) or _is_kinder(term, other, own)


def _is_kinder(term: Term, other: Setter, own: Setter) -> bool:
    if not (isinstance(other.amount, Plain) and isinstance(own.amount, Plain)):
        return False
    return kinder(other.amount.value, own.amount.value, term.better) is True


def _kindest_first(term: Term, group: Iterable[Setter]) -> list[Setter]:
    """The setters in the order in which one goes before another, so that what decides is soon come to."""

    def order(one: Setter, other: Setter) -> int:
        return _is_kinder(term, other, one) - _is_kinder(term, one, other)

    return sorted(group, key=cmp_to_key(order))


def _groups(setters: Iterable[Setter]) -> list[list[Setter]]:
    """Setters by priority, the highest first."""
    out: dict[Decimal, list[Setter]] = {}
    for setter in sorted(setters, key=lambda one: -one.priority):
        out.setdefault(setter.priority, []).append(setter)
    return list(out.values())
