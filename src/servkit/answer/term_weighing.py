"""One term: base value, then segments, then the promise, then the limit; over every way of filling in the unknowns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.diagram import TooManyCombinationsError
from servkit.answer.result import Origin
from servkit.answer.weighing import Weighing, World
from servkit.book.problem import ValueProblem
from servkit.book.spans import Amount, Range
from servkit.book.values import Value, list_value, read_as
from servkit.book.amounts import Dated, Expression, Plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.terms import Grants, Term

_KIND_ORDER = {"standard": 0, "policy": 0, "segment": 1, "customer": 2}


class Candidate(NamedTuple):
    """A value in the running, and the number of its origin."""

    amount: Amount
    origin: int


class Mover(NamedTuple):
    """A segment that sets the term; ``when`` is None for one the customer is in."""

    entry: Entry
    amount: Expression
    when: Condition | None
    priority: Decimal


class Outcome(NamedTuple):
    """What the term comes to in one way of filling in. Several candidates are a conflict, none is no value.

    ``mays`` is how far one may go: nobody in particular first, then every role from the least.
    """

    candidates: tuple[Candidate, ...]
    clipped: Value | None
    limit: Value | None
    mays: tuple[Value | None, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for outcomes that are the same answer, whatever they come from."""
        values = tuple(sorted((_key(candidate.amount) for candidate in self.candidates), key=repr))
        return (values, _key(self.limit), tuple(map(_key, self.mays)))

    @property
    def value_key(self) -> tuple[object, ...]:
        return self.key[:1]


class Weighed(NamedTuple):
    """A term over all fillings: its outcomes, where each candidate comes from, and the unknowns that matter."""

    outcomes: list[Outcome]
    origins: list[Origin]
    asked: set[str]
    exact: bool


def typed(amount: Expression, term: Term, settings: Settings) -> Expression:
    """A segment's or promise's value as the term types it. Raises ValueProblem where it does not fit."""
    if isinstance(amount, Plain):
        value = amount.value
        if value.type == "text" and term.type == "list":
            value = list_value([value.amount])
        elif value.type == "text":
            value = read_as(term.type, value.amount, term.of, settings.clocks)
        if value.type != term.type:
            raise ValueProblem(f"a {value.type}, where {term.ref} is a {term.type}")
        return Plain(value, amount.line)
    if isinstance(amount, Dated):
        steps = tuple((start, typed(step, term, settings)) for start, step in amount.steps)
        return Dated(amount.by, steps, amount.line)  # type: ignore[arg-type]
    if amount.zero.type != term.type:
        raise ValueProblem(f"a {amount.zero.type}, where {term.ref} is a {term.type}")
    return amount


def kinder(left: Amount, right: Amount, better: str | None) -> bool | None:
    """Whether ``left`` is better for the customer; None where that cannot be told."""
    if better is None or isinstance(left, Range) or isinstance(right, Range) or left.family != right.family:
        return None
    return bool(left.size > right.size if better == "more" else left.size < right.size)


class TermWeigher:
    """Weighs one term of one document."""

    def __init__(
        self, world: World, settings: Settings, term: Term, owner: Entry, movers: Sequence[Mover], promise: Mover | None
    ) -> None:
        self.world, self.settings, self.term, self.owner = world, settings, term, owner
        self.movers = sorted(movers, key=lambda mover: (mover.priority, mover.entry.id))
        self.promise = promise
        self.origins: list[Origin] = []

    def weigh(self, guards: Sequence[Condition]) -> Weighed:
        """The outcomes where all ``guards`` hold; unknowns of the guards are asked by those who guard."""
        try:
            return self._weigh(guards, exact=True)
        except TooManyCombinationsError:
            return self._weigh(guards, exact=False)

    def _weigh(self, guards: Sequence[Condition], *, exact: bool) -> Weighed:
        term = self.term
        self.origins = []
        conditions = [*guards, *term.conditions(), *(mover.when for mover in self.movers if mover.when is not None)]
        moves = [mover.amount for mover in (*self.movers, self.promise) if mover is not None]
        w = self.w = Weighing(self.world, conditions, [*term.amounts(), *moves], exact=exact)
        d = w.diagrams
        found = d.combine(self._moved(), self._base(), lambda moved, base: moved or base)
        if self.promise is not None:
            found = d.combine(found, self._candidates(self.promise.amount, self.promise.entry), self._keep_promise)
        limited = d.combine(found, self._by_row("limit"), self._clip)
        outcome = d.combine(limited, self._grants(), self._mays)
        for guard in guards:
            outcome = d.choose(w.condition(guard), outcome, d.leaf(None))
        outcomes = [found for found in d.outcomes(outcome) if found is not None]
        projected = d.map(outcome, lambda found: None if found is None else found.key)
        asked = w.asked(projected)
        for found in outcomes:
            asked |= {name for candidate in found.candidates if isinstance(candidate.amount, Range)
                      for name in candidate.amount.names}  # fmt: skip
        for guard in guards:
            asked -= w.asked(w.condition(guard))
        return Weighed(outcomes, self.origins, asked, exact)

    # --- where values come from -------------------------------------------------------------------------------

    def _candidates(self, amount: Expression | None, entry: Entry) -> int:
        """The diagram whose outcomes hold the amount as the one candidate, or none."""
        w = self.w

        def one(found: Amount | None) -> tuple[Candidate, ...]:
            if found is None:
                return ()
            origin = Origin(entry.kind, entry.id, entry.path, _line(amount, found))
            if origin not in self.origins:
                self.origins.append(origin)
            return (Candidate(found, self.origins.index(origin)),)

        return w.diagrams.map(w.amount(amount), one)

    def _base(self) -> int:
        term, w = self.term, self.w
        out = self._candidates(term.value, self.owner)
        for row in reversed(term.rows):
            value = self._candidates(row.value if row.value is not None else term.value, self.owner)
            out = w.diagrams.choose(w.condition(row.when), value, out)
        return out

    def _moved(self) -> int:
        """What the segments set: the highest priority that sets anything; within one priority, all of it."""
        w, d = self.w, self.w.diagrams
        out = nothing = d.leaf(())
        priorities = sorted({mover.priority for mover in self.movers})
        for priority in priorities:
            group = nothing
            for mover in self.movers:
                if mover.priority != priority:
                    continue
                value = self._candidates(mover.amount, mover.entry)
                if mover.when is not None:
                    value = d.choose(w.condition(mover.when), value, nothing)
                group = d.combine(group, value, self._join)
            out = d.combine(group, out, lambda above, below: above or below)
        return out

    def _join(self, left: tuple[Candidate, ...], right: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Two sets of candidates of one priority: the better where that is known, else all that differ."""
        out = list(left)
        for new in right:
            for place, old in enumerate(out):
                if _key(old.amount) == _key(new.amount):
                    break
                verdict = kinder(new.amount, old.amount, self.term.better)
                if verdict is not None:
                    if verdict:
                        out[place] = new
                    break
            else:
                merged = self._merge(out, new)
                out = [merged] if merged is not None else [*out, new]
        return tuple(out)

    def _merge(self, out: list[Candidate], new: Candidate) -> Candidate | None:
        """The better of two where one is a range: a range itself."""
        better = self.term.better
        if better is None or len(out) != 1 or not (isinstance(out[0].amount, Range) or isinstance(new.amount, Range)):
            return None
        return Candidate(_best_range(out[0].amount, new.amount, better), out[0].origin)

    def _keep_promise(self, found: tuple[Candidate, ...], promise: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """A promise never makes an answer worse where ``better`` is known; where it is not, it is what was promised."""
        if not promise or not found:
            return promise or found
        if self.term.better is None:
            return promise
        own = promise[0]
        kept = [old for old in found if kinder(old.amount, own.amount, self.term.better) or
                (_key(old.amount) != _key(own.amount) and kinder(old.amount, own.amount, self.term.better) is None)]  # fmt: skip
        if not kept:
            return promise
        if len(kept) == 1 and kinder(kept[0].amount, own.amount, self.term.better):
            return (kept[0],)
        merged = self._merge(kept, own)
        return (merged,) if merged is not None else (*kept, own)

    # --- how far one may go -----------------------------------------------------------------------------------

    def _by_row(self, part: str) -> int:
        """The limit that the row which holds decides, else the term's."""
        term, w = self.term, self.w
        if part == "limit" and term.limit is None and all(row.limit is None for row in term.rows):
            return w.diagrams.leaf(None)
        out = w.amount(term.limit)
        for row in reversed(term.rows):
            limit = row.limit if row.limit is not None else term.limit
            out = w.diagrams.choose(w.condition(row.when), w.amount(limit), out)
        return out

    def _grants(self) -> int:
        """For each role from the least what it is granted, None where it is not named."""
        term, w = self.term, self.w
        if not term.grant and all(row.grant is None for row in term.rows):
            return w.diagrams.leaf(())
        out = self._grant_of(term.grant)
        for row in reversed(term.rows):
            grant = self._grant_of(row.grant if row.grant is not None else term.grant)
            out = w.diagrams.choose(w.condition(row.when), grant, out)
        return out

    def _grant_of(self, grants: Grants) -> int:
        d = self.w.diagrams
        out = d.leaf(())
        for role in self.settings.roles:
            out = d.combine(out, self.w.amount(grants.get(role)), lambda found, new: (*found, new))
        return out

    def _clip(self, candidates: tuple[Candidate, ...], limit: Amount | None) -> tuple[object, ...]:
        """Candidates within the limit, the value that went past it, and the limit."""
        better = self.term.better
        ceiling = limit if isinstance(limit, Value) else None
        clipped, out = None, []
        for candidate in candidates:
            amount = candidate.amount
            if ceiling is None or better is None:
                out.append(candidate)
            elif isinstance(amount, Range):
                out.append(Candidate(_best_range(amount, ceiling, "less" if better == "more" else "more"), candidate.origin))
            elif kinder(amount, ceiling, better):
                clipped = amount
                out.append(Candidate(ceiling, candidate.origin))
            else:
                out.append(candidate)
        return (tuple(out), clipped, ceiling)

    def _mays(self, limited: tuple[tuple[Candidate, ...], Value | None, Value | None], grants: tuple[Amount | None, ...]) -> Outcome:
        candidates, clipped, limit = limited
        better = self.term.better
        if self.term.fixed or len(candidates) != 1:
            return Outcome(candidates, clipped, limit if len(candidates) < 2 else None, ())
        value = _worst_end(candidates[0].amount, better)
        mays = [value]
        for place in range(len(self.settings.roles)):
            grant = grants[place] if place < len(grants) else None
            best = mays[-1]
            if isinstance(grant, Value) and best is not None:
                if limit is not None and kinder(grant, limit, better):
                    grant = limit
                if kinder(grant, best, better):
                    best = grant
            mays.append(best)
        return Outcome(candidates, clipped, limit, tuple(mays))


def origin_order(origin: Origin) -> tuple[int, str, int]:
    """Which of several origins of one value is told: the document's own, then segments by id, then the promise."""
    return (_KIND_ORDER[origin.kind], origin.id, origin.line)


def _line(amount: Expression | None, found: Amount) -> int:
    """The line of the very value: for a dated one that of the day in force."""
    if isinstance(amount, Dated):
        for _, step in amount.steps:
            if isinstance(step, Plain) and step.value == found:
                return step.line
    return amount.line if amount is not None else 0


def _key(amount: Amount | None) -> tuple[object, ...] | None:
    if isinstance(amount, Range):
        return ("range", _key(amount.low), _key(amount.high))
    return None if amount is None else amount.key


def _worst_end(amount: Amount, better: str | None) -> Value | None:
    """What holds of a range whichever way it turns out."""
    if isinstance(amount, Range):
        return None if better is None else amount.low if better == "more" else amount.high
    return amount


def _best_range(left: Amount, right: Amount, better: str) -> Amount:
    """The range of the better of two."""
    ends = []
    for side in ("low", "high"):
        pair = [getattr(amount, side) if isinstance(amount, Range) else amount for amount in (left, right)]
        inner = (side == "low") is (better == "more")
        if None in pair:
            known = [end for end in pair if end is not None]
            ends.append(known[0] if known and inner else None)
        else:
            ends.append((max if better == "more" else min)(pair, key=lambda end: end.size))
    low, high = ends
    if low is not None and high is not None and low.key == high.key:
        return Value(*low)
    names: Iterable[str] = [name for amount in (left, right) if isinstance(amount, Range) for name in amount.names]
    return Range(low, high, frozenset(names))
