"""Settling a term: from its outcomes over all ways of filling in the unknowns to settled, open or conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.candidates import kinder
from servkit.answer.result import Further, TermAnswer
from servkit.book.intervals import Amount, Range
from servkit.book.values import Value, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.answer.candidates import Candidate
    from servkit.answer.result import Origin
    from servkit.answer.term_evaluation import TermOutcome, TermOutcomes
    from servkit.book.entries import Entry
    from servkit.book.terms import Term

#: Of equal values from several sources: the document's own first, then the promise, then segments by id (BOOK.md 9).
_KIND_ORDER = {"standard": 0, "policy": 0, "customer": 1, "segment": 2}


def settle(
    term: Term, owner: Entry, evaluated: TermOutcomes, authority: Mapping[str, int], role: str | None
) -> TermAnswer | None:
    """The state of a term over its outcomes; None where it is not offered. ``authority`` ranks the roles,
    in their order."""
    outcomes = evaluated.outcomes
    candidates = [candidate for outcome in outcomes for candidate in outcome.candidates]
    if not candidates:
        return None
    first = outcomes[0]
    same = all(outcome.value_key == first.value_key for outcome in outcomes)
    same = same and not any(isinstance(candidate.amount, Range) for candidate in candidates)
    if same and len(first.candidates) > 1:
        return TermAnswer(term, owner, "conflict", between=_between(first.candidates, evaluated.origins))
    limits = {outcome.limit.key if outcome.limit else None for outcome in outcomes}
    limited = any(isinstance(outcome.limit, Value) for outcome in outcomes) and len(limits) == 1
    limit = first.limit if limited and not term.fixed else None
    you_may, then = _reach(term, outcomes, authority, role)
    if same:
        best = min(candidates, key=lambda candidate: _origin_order(evaluated.origins[candidate.origin]))
        assert isinstance(best.amount, Value)
        return TermAnswer(term, owner, "settled", best.amount, evaluated.origins[best.origin],
                          you_may=you_may, then=then, limit=limit, clipped=_clipped(term, outcomes))  # fmt: skip
    if term.better is None:
        you_may = then = None
    return TermAnswer(term, owner, "open", may_be=_may_be(outcomes), you_may=you_may, then=then, limit=limit)


def _between(candidates: Sequence[Candidate], origins: Sequence[Origin]) -> tuple[tuple[Amount, Origin], ...]:
    found = sorted((origins[candidate.origin], _words(candidate.amount), candidate.amount) for candidate in candidates)
    return tuple((amount, origin) for origin, _, amount in found)


def _words(amount: Amount) -> str:
    return write(amount) if isinstance(amount, Value) else ""


def _origin_order(origin: Origin) -> tuple[int, str, int]:
    return (_KIND_ORDER[origin.kind], origin.id, origin.line)


def _clipped(term: Term, outcomes: Sequence[TermOutcome]) -> Value | None:
    """The value that went past the limit whichever way it turns out; the one nearest to it where several did."""
    found = [outcome.clipped for outcome in outcomes]
    out = found[0]
    for clipped in found[1:]:
        if out is None or clipped is None:
            return None
        if kinder(out, clipped, term.better):
            out = clipped
    return out


def _reach(
    term: Term, outcomes: Sequence[TermOutcome], authority: Mapping[str, int], role: str | None
) -> tuple[Value | None, Further | None]:
    """How far this role may go whichever way it turns out, and the first role of equal or higher authority that may go
    further; of all roles, where nobody said which is one's own."""
    if term.fixed or any(len(outcome.candidates) != 1 for outcome in outcomes):
        return None, None
    nobody, *reach = [
        _worst([outcome.mays[place] for outcome in outcomes], term.better) for place in range(len(authority) + 1)
    ]
    by_role = dict(zip(authority, reach, strict=True))
    mine = nobody if role is None else by_role.get(role, nobody)
    least = authority.get(role, 0) if role is not None else 0
    for other, further in by_role.items():
        if other == role or authority[other] < least:
            continue
        if mine is not None and further is not None and kinder(further, mine, term.better):
            return mine, Further(other, further)
    return mine, None


def _worst(mays: Sequence[Value | None], better: str | None) -> Value | None:
    """The least kind of several values; None where one is not known, or where they do not compare."""
    worst = mays[0]
    for may in mays[1:]:
        if worst is None or may is None:
            return None
        if may.key == worst.key:
            continue
        verdict = kinder(worst, may, better)
        if verdict is None:
            return None
        worst = may if verdict else worst
    return worst


def _may_be(outcomes: Sequence[TermOutcome]) -> tuple[Amount | None, ...]:
    """The possible values, ascending, nothing last; one range over all where one is counted from an unknown."""
    candidates = [candidate for outcome in outcomes for candidate in outcome.candidates]
    nothing: list[Amount | None] = [None] if any(not outcome.candidates for outcome in outcomes) else []
    families = {candidate.family for candidate in candidates}
    ranged = any(candidate.counted or isinstance(candidate.amount, Range) for candidate in candidates)
    if ranged and len(families) == 1:
        return (_over_all([candidate.amount for candidate in candidates]), *nothing)
    ranges = [candidate.amount for candidate in candidates if isinstance(candidate.amount, Range)]
    values = [candidate.amount for candidate in candidates if isinstance(candidate.amount, Value)]
    distinct = {value.key: value for value in sorted(values, key=write, reverse=True)}
    return (*sorted(distinct.values(), key=_ascending), *dict.fromkeys(ranges), *nothing)


def _over_all(amounts: Sequence[Amount]) -> Amount:
    lows = [amount.low if isinstance(amount, Range) else amount for amount in amounts]
    highs = [amount.high if isinstance(amount, Range) else amount for amount in amounts]
    low = None if None in lows else min((end for end in lows if end is not None), key=lambda end: end.size)
    high = None if None in highs else max((end for end in highs if end is not None), key=lambda end: end.size)
    names = frozenset(name for amount in amounts if isinstance(amount, Range) for name in amount.names)
    return Range(low, high, names)


def _ascending(value: Value) -> tuple[str, Any]:
    return (value.family, "; ".join(value.amount) if value.type == "list" else value.size)
