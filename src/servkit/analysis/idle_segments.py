"""Idle segments: they change no term, decide about no document, and tell nobody to do anything.

A segment decides something where somebody is in it whose answer would be different without it.
"""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING

from servkit.analysis.case_space import SegmentOverride, member
from servkit.analysis.library_views import Without
from servkit.analysis.results import DISAGREES, TOO_MANY, Fault, Outcome, Unproved
from servkit.analysis.value_sources import base_sources, same_amount, substituted
from servkit.analysis.witness import Story, case_at, witness
from servkit.answer.candidates import kinder
from servkit.answer.resolver import resolve
from servkit.book.amounts import Plain
from servkit.book.conditions import Condition, InSegment, Not
from servkit.domains.diagram import TooManyCombinationsError
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from servkit.analysis.case_space import CaseSpace
    from servkit.analysis.witness import Witness
    from servkit.answer.case import Case
    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.book.terms import Term

IDLE = "idle-segment"
OUTRANKED = "outranked-override"
#: So many get a witness: each names all segments that somebody is in, and thousands would fill the memory.
MOST_SHOWN = 500
#: Among more segments that set one term it is not proved which of them decide it: every pair would be compared.
MOST_SETTING = 150


def idle_segments(cases: CaseSpace) -> Iterator[Outcome]:
    """Every segment that never decides anything."""
    named = conditions_by_segment(cases)
    count = 0
    for entry in cases.book.segments():
        if entry.when is None or entry.logic.get("tells") or not cases.ever_in_force(entry):
            continue
        try:
            if _decides(cases, entry, named.get(entry.id, ())):
                continue
            case = _somebody_in(cases, entry)
        except TooManyCombinationsError:
            yield Unproved(IDLE, entry, (), TOO_MANY.format(what="this segment decides anything"))
            continue
        if case is None:
            continue  # that nobody is in it is reported at its condition
        count += 1
        involved = bool(entry.overrides or entry.id in named)
        library = cases.book if entry.id in named else cases.library(case)
        shown = witness(library, case, _story(cases, entry)) if count <= MOST_SHOWN else None
        if entry.overrides:
            names = ", ".join(entry.overrides)
            what = f"everything that it sets ({names}) is decided by something else, or stays the same. Correct it."
        else:
            what = "it sets nothing, no document refers to it, and it has no `do`. Add what it is for."
        message = f"{quoted(entry.id)} never changes an answer: {what}"
        if shown is not None and (involved or not _all_read(shown)) and _differs(library, shown, entry):
            yield Unproved(IDLE, entry, (), DISAGREES)
        else:
            yield Fault(IDLE, entry, ("id",), message, shown)


def outranked_overrides(cases: CaseSpace) -> Iterator[Outcome]:
    """What a segment sets that never decides its term, where the segment does decide something else."""
    count = 0
    named = conditions_by_segment(cases)
    for entry in cases.book.segments():
        if entry.when is None or not entry.overrides or not cases.ever_in_force(entry):
            continue
        try:
            idle = [ref for ref in entry.overrides if _is_outranked(cases, entry, ref)]
            is_idle = len(idle) == len(entry.overrides) and not entry.logic.get("tells")
            if not idle or (is_idle and not any(_admits(cases, entry, *one) for one in named.get(entry.id, ()))):
                continue  # of an idle segment it is said once
            case = _somebody_in(cases, entry)
            if case is None:
                continue
        except TooManyCombinationsError:
            yield Unproved(OUTRANKED, entry, (), TOO_MANY.format(what="this segment decides all that it sets"))
            continue
        story = Story(f"{entry.id}-outranked", f"In {entry.id}, and outranked", terms=tuple(idle), segments=True)
        count += 1
        shown = witness(cases.library(case), case, story) if count <= MOST_SHOWN else None
        for ref in idle:
            message = (
                f"{quoted(entry.id)} never decides {quoted(ref)}: for everybody in it, a segment of a higher priority "
                "does, or the value stays the same. Raise its `priority`, or correct the value."
            )
            yield Fault(OUTRANKED, entry, ("sets", ref), message, shown)


def _is_outranked(cases: CaseSpace, segment: Entry, ref: str) -> bool:
    """Whether a segment never decides a term that it could; other checks report those that it can't."""
    owned = [
        (term, owner)
        for term, owner in cases.terms(ref)
        if any(override.entry is segment for override in cases.overrides(term))
    ]
    return bool(owned) and not any(_overrides(cases, segment, term, owner) for term, owner in owned)


def _story(cases: CaseSpace, segment: Entry) -> Story:
    """That somebody is in the segment, and the values of the terms that it sets."""
    refs = tuple(ref for ref in segment.overrides if any(True for _ in cases.terms(ref)))
    return Story(f"{segment.id}-idle", f"In {segment.id}, and nothing is different", terms=refs, segments=True)


def _somebody_in(cases: CaseSpace, segment: Entry) -> Case | None:
    """A case of somebody in a segment while it is in force; None where there is none."""
    found = cases.find([member(segment.id)], (), (segment,))
    return None if found is None else case_at(found, cases.book, cases.somewhere(segment))


def _all_read(shown: Witness) -> bool:
    """Whether every value on record of a witness could be compared."""
    customer = shown.case.customer
    return customer is None or customer.attributes.keys() <= shown.answer.trace.values.keys()


def _differs(library: Library, shown: Witness, segment: Entry) -> bool:
    """Whether the answer would be another one in a book without the segment."""
    without = resolve(Without(library, segment), shown.case)
    ours, theirs = ({ref: (term.state, term.value and term.value.key) for ref, term in answer.terms.items()}
                    for answer in (shown.answer, without))  # fmt: skip
    return ours != theirs


def conditions_by_segment(cases: CaseSpace) -> dict[str, list[tuple[Entry, Condition, Condition | None]]]:
    """The conditions that ask for each segment: the document, the condition, and within what it matters."""
    out: dict[str, list[tuple[Entry, Condition, Condition | None]]] = {}
    for entry in cases.documents:
        if entry.kind == "segment":
            continue
        whole = cases.restriction(entry)
        conditions: list[tuple[Condition, Condition | None]] = [(whole, None)] if whole is not None else []
        conditions += [(row.when, whole) for term in entry.terms.values() for row in term.rows]
        for condition, within in conditions:
            for id_ in {item for atom in condition.atoms() if isinstance(atom, InSegment) for item in atom.items}:
                out.setdefault(id_, []).append((entry, condition, within))
    return out


def _decides(cases: CaseSpace, segment: Entry, named: Sequence[tuple[Entry, Condition, Condition | None]]) -> bool:
    return any(_admits(cases, segment, *one) for one in named) or any(
        _overrides(cases, segment, term, owner) for ref in segment.overrides for term, owner in cases.terms(ref)
    )


def _admits(cases: CaseSpace, segment: Entry, entry: Entry, condition: Condition, within: Condition | None) -> bool:
    """Whether being in the segment makes a difference to a condition."""
    inside, outside = (substituted(condition, segment.id, inside=there) for there in (True, False))
    around = [member(segment.id), *([] if within is None else [within])]
    for yes, no in ((inside, outside), (outside, inside)):
        if cases.find([*around, yes, Not(no)], (), (entry, segment)) is not None:
            return True
    return False


def _overrides(cases: CaseSpace, segment: Entry, term: Term, owner: Entry) -> bool:
    """Whether somebody gets another value of a term because of the segment."""
    overrides = cases.overrides(term)
    if len(overrides) > MOST_SETTING:
        raise TooManyCombinationsError
    own = next((override for override in overrides if override.entry is segment), None)
    if own is None:
        return False
    restriction = cases.restriction(owner)
    around = [own.when, *([] if restriction is None else [restriction])]
    others = [override for override in overrides if override.entry.id != segment.id]
    higher = [override for override in others if override.priority > own.priority]
    equal = [override for override in others if override.priority == own.priority]
    as_good = [override for override in equal if _at_least_as_good(term, override, own)]
    above = [override.when for override in (*higher, *as_good)]
    beside = [override for override in equal if override not in as_good]
    if above and not _found(cases, around, above, segment, owner):
        return False  # whoever is in it gets the term from one of those
    # Mostly somebody is in this segment alone, and gets something else than everybody: one question instead of many.
    if _replaces_base(cases, segment, term, owner, own, around, [*above, *(one.when for one in others)]):
        return True
    gone = list(above)
    for group in (beside, *_groups(override for override in others if override.priority < own.priority)):
        for override in _kindest_first(term, group):
            # two of one priority that do not compare are a conflict without this segment: only a kinder one goes before
            kinder_ones = [one.when for one in group if _is_kinder(term, one, override)]
            if not same_amount(override.amount, own.amount) and _found(
                cases, [*around, override.when], [*gone, *kinder_ones], segment, owner, override.entry
            ):
                return True
        gone += [override.when for override in group]
    return False


def _replaces_base(
    cases: CaseSpace,
    segment: Entry,
    term: Term,
    owner: Entry,
    own: SegmentOverride,
    around: Sequence[Condition],
    gone: Sequence[Condition],
) -> bool:
    """Whether somebody who is in no other segment that sets the term gets another value because of this one."""
    return any(
        not same_amount(source.amount, own.amount)
        and _found(cases, [*around, *source.required], source.avoided, segment, owner)
        for source in base_sources(term, gone)
    )


def _found(cases: CaseSpace, required: Sequence[Condition], avoided: Sequence[Condition], *entries: Entry) -> bool:
    return cases.find(required, avoided, entries) is not None


def _at_least_as_good(term: Term, other: SegmentOverride, own: SegmentOverride) -> bool:
    """Whether another segment of the same priority takes the term whenever it holds, or says the same."""
    return same_amount(other.amount, own.amount) or _is_kinder(term, other, own)


def _is_kinder(term: Term, other: SegmentOverride, own: SegmentOverride) -> bool:
    if not (isinstance(other.amount, Plain) and isinstance(own.amount, Plain)):
        return False
    return kinder(other.amount.value, own.amount.value, term.better) is True


def _kindest_first(term: Term, group: Iterable[SegmentOverride]) -> list[SegmentOverride]:
    """The overrides in the order in which one goes before another, so that what decides comes early."""

    def order(one: SegmentOverride, other: SegmentOverride) -> int:
        return _is_kinder(term, other, one) - _is_kinder(term, one, other)

    return sorted(group, key=cmp_to_key(order))


def _groups(overrides: Iterable[SegmentOverride]) -> list[list[SegmentOverride]]:
    """Setters by priority, the highest first."""
    out: dict[Decimal, list[SegmentOverride]] = {}
    for override in sorted(overrides, key=lambda one: -one.priority):
        out.setdefault(override.priority, []).append(override)
    return list(out.values())
