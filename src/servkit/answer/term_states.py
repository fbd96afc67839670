"""Settling a term: from its outcomes over all ways of filling in the unknowns to settled, open or conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.candidates import kinder
from servkit.answer.result import Further, TermAnswer
from servkit.book.intervals import Amount, Range
from servkit.book.values import Value, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from servkit.answer.candidates import Candidate
    from servkit.answer.result import Origin
    from servkit.answer.term_parts import TermOutcomes
    from servkit.answer.term_plan import TermOutcome
    from servkit.book.entries import Entry
    from servkit.book.terms import Term

#: Of equal values from several sources: the document's own first, then the promise, then segments by id (BOOK.md 9).
_KIND_ORDER = {"standard": 0, "policy": 0, "customer": 1, "segment": 2}


def settle(
    term: Term,
    owner: Entry,
    evaluated: TermOutcomes,
    authority: Mapping[str, int],
    role: str | None,
    default: Value | None = None,
) -> TermAnswer | None:
    """The state of a term over its outcomes; None where it is not offered. ``authority`` ranks the roles,
    in their order; ``default`` is what everybody gets."""
    outcomes = evaluated.outcomes
    candidates = [candidate for outcome in outcomes for candidate in outcome.candidates]
    if not candidates:
        return None
    first = outcomes[0]
    same = all(outcome.value_key == first.value_key for outcome in outcomes)
    if same and len(first.candidates) > 1:
        return TermAnswer(term, owner, "conflict", default=default, between=_between(first.candidates))
    limits = {outcome.limit.key if outcome.limit else None for outcome in outcomes}
    limit = first.limit if len(limits) == 1 and not term.fixed else None
    you_may, then = _reach(term, outcomes, authority, role)
    ends = _ends(term, evaluated, authority, role)
    if same:
        best = min(candidates, key=_origin_order)
        return TermAnswer(term, owner, "settled", best.value, best.origin, default, you_may=you_may, then=then,
                          limit=limit, clipped=_clipped(term, outcomes), **ends)  # fmt: skip
    if term.better is None:
        you_may = then = None
    nothing: list[Amount | None] = [None] if any(not outcome.candidates for outcome in outcomes) else []
    may_be = (*possible(candidates), *nothing)
    return TermAnswer(term, owner, "open", default=default, may_be=may_be, you_may=you_may, then=then, limit=limit,
                      **ends)  # fmt: skip


def _between(candidates: Sequence[Candidate]) -> tuple[tuple[Amount, Origin], ...]:
    found = sorted((candidate.origin, write(candidate.value), candidate.value)
                   for candidate in candidates if candidate.origin is not None)  # fmt: skip
    return tuple((value, origin) for origin, _, value in found)


def _origin_order(candidate: Candidate) -> tuple[int, str, int]:
    origin = candidate.origin
    assert origin is not None
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
    if term.fixed or any(not outcome.mays for outcome in outcomes):
        return None, None
    nobody, *reach = [_worst(mays, term.better) for mays in zip(*(outcome.mays for outcome in outcomes), strict=True)]
    by_role = dict(zip(authority, reach, strict=True))
    mine = nobody if role is None else by_role.get(role, nobody)
    least = authority.get(role, 0) if role is not None else 0
    for other, further in by_role.items():
        if other == role or authority[other] < least:
            continue
        if mine is not None and further is not None and kinder(further, mine, term.better):
            return mine, Further(other, further)
    return mine, None


def _worst(mays: Sequence[Candidate], better: str | None) -> Value | None:
    """The least kind of several values; None where they do not compare, or where worse ones follow without end."""
    worst = mays[0]
    for may in mays[1:]:
        if may.key != worst.key:
            verdict = kinder(worst.value, may.value, better)
            if verdict is None:
                return None
            worst = may if verdict else worst
    return worst.value if worst.reached or any(may.reached and may.key == worst.key for may in mays) else None


def _ends(term: Term, evaluated: TermOutcomes, authority: Mapping[str, int], role: str | None) -> dict[str, Any]:
    """How far the role may go, where an unknown decides that (BOOK.md 9, *On the newer parts*)."""
    if term.fixed or role is None or role not in authority or len(evaluated.outcomes) == 1:
        return {}
    places = {other: place for place, other in enumerate(authority, 1)}
    ends = {other: [outcome.end(place) for outcome in evaluated.outcomes] for other, place in places.items()}
    found = _all_ends(ends[role])
    if len(found) < 2 and not any(isinstance(amount, Range) for amount in found):
        return {}
    out: dict[str, Any] = {"you_may_be": found, "ends_depend": tuple(sorted(evaluated.ends_depend))}
    for other in authority:
        if other == role or authority[other] < authority[role]:
            continue
        pairs = [(mine, more) for mine, more in zip(ends[role], ends[other], strict=True) if mine and more]
        if any(kinder(more.value, mine.value, term.better) for mine, more in pairs):
            out["perhaps"] = (other, _all_ends(ends[other]))
            break
    return out


def _all_ends(ends: Sequence[Candidate | None]) -> tuple[Amount | None, ...]:
    nothing: tuple[None, ...] = (None,) if None in ends else ()
    return (*possible([end for end in ends if end is not None]), *nothing)


def possible(candidates: Sequence[Candidate]) -> list[Amount]:
    """The possible values, ascending; of one family that something unknown moves one range over all."""
    families: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        families.setdefault(candidate.value.family, []).append(candidate)
    out: list[Amount] = []
    for family in sorted(families):
        found = families[family]
        if len({candidate.key for candidate in found if candidate.moves}) > 1:
            out.append(Range(_end(found, min), _end(found, max)))
        else:
            values: list[Value] = sorted((candidate.value for candidate in found), key=write, reverse=True)
            distinct = {value.key: value for value in values}
            ordered: list[Value] = sorted(distinct.values(), key=_ascending)
            out += ordered
    return out


def _end(candidates: Sequence[Candidate], choose: Callable[..., Candidate]) -> Value | None:
    """The least or the most; None where it is never reached."""
    end = choose(candidates, key=lambda candidate: candidate.value.size)
    return end.value if any(one.reached and one.key == end.key for one in candidates) else None


def _ascending(value: Value) -> Any:
    return "; ".join(value.amount) if value.type == "list" else value.size
