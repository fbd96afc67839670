"""Gathering an answer's parts: which documents apply, what their terms come to, which segments count."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from servkit.answer.result import Further, LeftOut, TermAnswer
from servkit.answer.selection import Selected, in_force
from servkit.answer.term_weighing import Mover, Outcome, TermWeigher, Weighed, kinder, origin_order, typed
from servkit.answer.words import because, restricted
from servkit.book.conditions import All, Condition, InSegment
from servkit.book.entries import APPLICABLE, OWNERS, Entry
from servkit.book.problem import Problem, ValueProblem
from servkit.book.settings import LEVELS
from servkit.book.spans import Amount, Range
from servkit.book.values import Value, text_value, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.answer.resolve import _Resolution
    from servkit.answer.weighing import World
    from servkit.book.terms import Term


@dataclass
class Gathered:
    """The parts of an answer as they are found."""

    documents: dict[str, list[Entry]] = field(default_factory=dict)
    terms: dict[str, TermAnswer] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    counting: set[str] = field(default_factory=set)
    involved: list[Entry] = field(default_factory=list)


def gather(resolution: _Resolution, world: World, chosen: Selected, segments: Mapping[str, Entry]) -> Gathered:
    """Everything but the segments themselves."""
    return _Gatherer(resolution, world, segments).run(chosen)


class _Gatherer:
    def __init__(self, resolution: _Resolution, world: World, segments: Mapping[str, Entry]) -> None:
        self.resolution, self.world, self.segments = resolution, world, segments
        self.library, self.case, self.settings = resolution.library, resolution.case, resolution.settings
        self.out = Gathered()
        self.sure: list[Entry] = []
        self.perhaps: list[tuple[Entry, Condition]] = []
        verdicts = world.record.segments
        self.live = [entry for id_, entry in segments.items() if verdicts[id_] is not False]

    def run(self, chosen: Selected) -> Gathered:
        versions, problems = in_force(chosen.entries, self.resolution.today)
        self.resolution.problems += problems
        for version in versions:
            if version.speaks:
                self._place(version.entry)
            else:
                self.out.left_out.append(LeftOut(version.entry, version.because))
        out = self.out
        out.documents = {kind: sorted((entry for entry in self.sure if entry.kind == kind), key=lambda entry: entry.id)
                         for kind in APPLICABLE}  # fmt: skip
        out.documents["script"].sort(key=_specificity)
        out.documents["philosophy"] = self._philosophies(out.documents["standard"])
        self._terms()
        self._offers()
        self._count()
        self._moves_without_a_term()
        out.involved = [*self.sure, *(entry for entry, _ in self.perhaps), *self.live]
        return out

    # --- documents --------------------------------------------------------------------------------------------

    def _place(self, entry: Entry) -> None:
        verdict, names, reason, condition = self._applies(entry)
        if verdict:
            self.sure.append(entry)
            return
        self.out.left_out.append(LeftOut(entry, reason, tuple(sorted(names))))
        if verdict is None and condition is not None:
            self.perhaps.append((entry, condition))
            self.resolution.ask(names, entry.name)

    def _applies(self, entry: Entry) -> tuple[bool | None, set[str], str, Condition | None]:
        """The verdict on a document's applicability (its area is not looked at), and what it hangs on."""
        shut = restricted(entry, self.case.role, self.case.channel) or self._above(entry)
        if shut is not None:
            return False, set(), shut, None
        condition = _condition(entry)
        if condition is None:
            return True, set(), "", None
        verdict, names = self.resolution.verdict(self.world, condition)
        if verdict is None:
            return None, names, f"not known: {', '.join(sorted(names))}", condition
        return verdict, set(), "" if verdict else because(condition, self.world.record, wanted=False), condition

    def _above(self, entry: Entry) -> str | None:
        level = entry.logic.get("level")
        if entry.kind == "script" and level and self.case.level and LEVELS.index(level) > LEVELS.index(self.case.level):
            return f"a {level} script, above {self.case.level}"
        return None

    def _philosophies(self, standards: Sequence[Entry]) -> list[Entry]:
        ids = dict.fromkeys(id_ for standard in standards for id_ in standard.list("philosophies"))
        versions, problems = in_force(
            [entry for id_ in ids for entry in self.library.versions("philosophy", id_)], self.resolution.today
        )
        self.resolution.problems += problems
        found = [version.entry for version in versions if version.speaks]
        return sorted(found, key=lambda entry: (entry.logic.get("rank", 1 << 30), entry.id))

    # --- terms ------------------------------------------------------------------------------------------------

    def _terms(self) -> None:
        for entry in self.sure:
            if entry.kind in OWNERS:
                for term in entry.terms.values():
                    self._settle(term, entry, self._weigh(term, entry, ()))
        for entry, condition in self.perhaps:
            if entry.kind in OWNERS:
                for term in entry.terms.values():
                    self.resolution.ask(self._weigh(term, entry, (condition,)).asked, term.ref)

    def _offers(self) -> None:
        """Terms that a recovery may offer, where their document would apply (its area is not looked at)."""
        guards: list[tuple[Entry, tuple[Condition, ...]]] = [
            *((entry, ()) for entry in self.sure), *((entry, (when,)) for entry, when in self.perhaps)
        ]  # fmt: skip
        for recovery, guard in guards:
            for ref in recovery.list("may_offer") if recovery.kind == "recovery" else ():
                found = self.term(ref)
                if found is None or ref in self.out.terms:
                    continue
                term, owner = found
                verdict, names, _, condition = self._applies(owner)
                if verdict is False:
                    continue
                also = (condition,) if verdict is None and condition is not None else ()
                self._mark(term, owner)
                weighed = self._weigh(term, owner, (*guard, *also))
                if not guard and not also:
                    self._settle(term, owner, weighed)
                else:
                    self.resolution.ask(weighed.asked | (names if not guard else set()), ref)

    def term(self, ref: str) -> tuple[Term, Entry] | None:
        """A term by reference, and the document in force that owns it."""
        id_, _, name = ref.partition(".")
        entries = [entry for kind in OWNERS for entry in self.library.versions(kind, id_)]
        versions, _ = in_force(entries, self.resolution.today)
        for version in versions:
            if version.speaks and name in version.entry.terms:
                return version.entry.terms[name], version.entry
        return None

    def _weigh(self, term: Term, owner: Entry, guards: tuple[Condition, ...]) -> Weighed:
        movers, promise = self._movers(term)
        weighed = TermWeigher(self.world, self.settings, term, owner, movers, promise).weigh(guards)
        if not weighed.exact:
            self.resolution.inexact()
        return weighed

    def _movers(self, term: Term) -> tuple[list[Mover], Mover | None]:
        """The segments that may set a flexible term, and what was promised; a fixed term moves for nobody."""
        movers = []
        for entry in self.live:
            amount = entry.moves.get(term.ref) if term.ref in entry.logic.get("moves", {}) else None
            if amount is None or not self._may_move(term, entry):
                continue
            try:
                value = typed(amount, term, self.settings)
            except ValueProblem as bad:
                self._problem("SK301", entry, amount.line, f"{term.ref}: {bad}; ignored")
                continue
            when = entry.when if self.world.record.segments[entry.id] is None else None
            movers.append(Mover(entry, value, when, Decimal(entry.logic.get("priority", "0"))))
        return movers, self._promise(term)

    def _promise(self, term: Term) -> Mover | None:
        customer = self.case.customer
        entry = customer.entry if customer else None
        amount = entry.moves.get(term.ref) if entry is not None else None
        if entry is None or amount is None or not self._may_move(term, entry):
            return None
        try:
            return Mover(entry, typed(amount, term, self.settings), None, Decimal(0))
        except ValueProblem as bad:
            self._problem("SK301", entry, amount.line, f"{term.ref}: {bad}; ignored")
            return None

    def _may_move(self, term: Term, entry: Entry) -> bool:
        if term.fixed:
            what = "promises" if entry.kind == "customer" else "sets"
            line = entry.moves[term.ref].line
            self._problem("SK402", entry, line, f"{entry.id} {what} {term.ref}, which is fixed; ignored")
        return not term.fixed

    def _moves_without_a_term(self) -> None:
        """What sets a missing term is ignored and told."""
        customer = self.case.customer
        people = [customer.entry] if customer and customer.entry else []
        for entry in (*self.live, *people):
            for ref in entry.logic.get("moves", {}):
                if ref not in self.out.terms and not self._exists(ref):
                    what = "promises" if entry.kind == "customer" else "sets"
                    self._problem("SK204", entry, entry.moves[ref].line, f"{entry.id} {what} {ref}, which no document has; ignored")

    def _exists(self, ref: str) -> bool:
        id_, _, name = ref.partition(".")
        return any(name in entry.logic.get("terms", {}) for kind in OWNERS for entry in self.library.versions(kind, id_))

    def _problem(self, code: str, entry: Entry, line: int, message: str) -> None:
        self.resolution.problems.append(Problem(code, entry.path, line, 1, message))

    def _settle(self, term: Term, owner: Entry, weighed: Weighed) -> None:
        """From the outcomes over all fillings to the answer for a term."""
        self.resolution.ask(weighed.asked, term.ref)
        found = settle(term, owner, weighed, self.settings, self.case)
        if found is None:
            return
        default = term.value.work_out(_Known(self)) if term.value is not None and self._all_known(term.value) else None
        self.out.terms[term.ref] = self._complete(found, default if isinstance(default, Value) else None)

    def _all_known(self, amount: Any) -> bool:
        return all(name in self.world.record.values for name in amount.names())

    def _complete(self, found: TermAnswer, default: Value | None) -> TermAnswer:
        from dataclasses import replace

        if found.clipped is not None and found.limit is not None and found.origin is not None:
            origin, ref = found.origin, found.term.ref
            message = f"{ref}: {write(found.clipped)} is past the limit {write(found.limit)}; the limit is shown"
            self.resolution.problems.append(Problem("SK308", origin.file, origin.line, 1, message))
        return replace(found, default=default, due=self._due(found))

    def _due(self, found: TermAnswer) -> Any:
        clock, start, value = self.case.clock, self.case.start, found.value
        if clock is None or start is None or value is None or value.type != "duration":
            return None
        name = clock.zone_attribute(value)
        zone = self.world.record.values.get(name) if name else None
        if name and zone is None:
            self.resolution.ask([name], found.term.ref)
            return None
        try:
            return clock.due(value, start, zone.amount if zone else None)
        except ValueProblem as bad:
            self._problem("SK309", found.owner, found.term.line, f"{found.term.ref}: {bad}")
            return None

    # --- segments that count ----------------------------------------------------------------------------------

    def _count(self) -> None:
        """A segment counts where a document that might apply names it or has a flexible term it sets, or it tells."""
        for entry in (*self.sure, *(entry for entry, _ in self.perhaps)):
            self._name(_condition(entry))
            for term in entry.terms.values():
                self._mark(term, entry)
        self.out.counting |= {entry.id for entry in self.live if entry.logic.get("tells")}

    def _mark(self, term: Term, owner: Entry) -> None:
        for condition in term.conditions():
            self._name(condition)
        if not (owner.fixed or term.fixed):
            self.out.counting |= {entry.id for entry in self.live if term.ref in entry.logic.get("moves", {})}

    def _name(self, condition: Condition | None) -> None:
        for atom in condition.atoms() if condition is not None else ():
            if isinstance(atom, InSegment):
                self.out.counting |= set(atom.items)


class _Known:
    """Facts that are all on record."""

    def __init__(self, gatherer: _Gatherer) -> None:
        self.record = gatherer.world.record

    @property
    def today(self) -> int:
        return self.record.today

    def day(self, name: str) -> int | None:
        return int(self.record.values[name].size)

    def span(self, name: str) -> Any:
        from servkit.book.spans import point

        value = self.record.values[name]
        return point(value.size), value


def _condition(entry: Entry) -> Condition | None:
    """A document's ``segments`` and ``when`` as one condition. Kept on the entry, so that it stays the same object."""
    cached = entry.__dict__.get("restriction", ...)
    if cached is ...:
        parts: list[Condition] = []
        if segments := entry.list("segments"):
            parts.append(InSegment("has_any", "segment", tuple(map(text_value, segments))))
        if entry.when is not None:
            parts.append(entry.when)
        cached = None if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))
        entry.__dict__["restriction"] = cached
    return cached  # type: ignore[no-any-return]


def _specificity(entry: Entry) -> tuple[bool, bool, bool, str]:
    """Most specific first: segments, then ``when``, then channel; then by id."""
    return (not entry.list("segments"), entry.when is None, not entry.list("channels"), entry.id)


def settle(term: Term, owner: Entry, weighed: Weighed, settings: Any, case: Any) -> TermAnswer | None:
    """The state of a term over its outcomes; None where it is not offered."""
    outcomes = weighed.outcomes
    if not any(outcome.candidates for outcome in outcomes):
        return None
    first = outcomes[0]
    same = all(outcome.value_key == first.value_key for outcome in outcomes)
    candidates = [candidate for outcome in outcomes for candidate in outcome.candidates]
    if same and len(first.candidates) > 1:
        between = sorted((weighed.origins[candidate.origin], candidate.amount) for candidate in first.candidates)
        return TermAnswer(term, owner, "conflict", between=tuple((amount, origin) for origin, amount in between))
    limits = {outcome.limit for outcome in outcomes}
    limit = None if term.fixed or len(limits) > 1 else limits.pop()
    you_may, then = _reach(term, outcomes, settings.roles, case.role)
    if same and isinstance(first.candidates[0].amount, Value):
        best = min(candidates, key=lambda candidate: origin_order(weighed.origins[candidate.origin]))
        clipped = first.clipped if all(outcome.clipped == first.clipped for outcome in outcomes) else None
        assert isinstance(best.amount, Value)
        return TermAnswer(term, owner, "settled", best.amount, weighed.origins[best.origin],
                          you_may=you_may, then=then, limit=limit, clipped=clipped)  # fmt: skip
    if term.better is None:
        you_may = then = None
    return TermAnswer(term, owner, "open", may_be=_may_be(outcomes), you_may=you_may, then=then, limit=limit)


def _reach(
    term: Term, outcomes: Sequence[Outcome], roles: Sequence[str], role: str | None
) -> tuple[Value | None, Further | None]:
    """How far this role may go whichever way it turns out, and the next role that may go further."""
    if term.fixed or any(len(outcome.candidates) != 1 or not outcome.mays for outcome in outcomes):
        return None, None
    reach: list[Value | None] = []
    for place in range(len(roles) + 1):
        mays = [outcome.mays[place] for outcome in outcomes]
        worst = mays[0]
        for may in mays[1:]:
            if worst is not None and (may is None or kinder(worst, may, term.better)):
                worst = may
        reach.append(worst)
    own = roles.index(role) + 1 if role in roles else 0
    mine = reach[own]
    for place in range(own + 1, len(reach)):
        further = reach[place]
        if mine is not None and further is not None and kinder(further, mine, term.better):
            return mine, Further(roles[place - 1], further)
    return mine, None


def _may_be(outcomes: Sequence[Outcome]) -> tuple[Amount | None, ...]:
    """The possible values, ascending, nothing last; one range over all where there is a range."""
    amounts = list(_each(outcomes))
    nothing: list[Amount | None] = [None] if any(not outcome.candidates for outcome in outcomes) else []
    ranges = [amount for amount in amounts if isinstance(amount, Range)]
    values = [amount for amount in amounts if isinstance(amount, Value)]
    if ranges:
        lows = [*(found.low for found in ranges), *values]
        highs = [*(found.high for found in ranges), *values]
        low = None if None in lows else min(lows, key=lambda value: value.size)  # type: ignore[union-attr]
        high = None if None in highs else max(highs, key=lambda value: value.size)  # type: ignore[union-attr]
        names = frozenset(name for found in ranges for name in found.names)
        return (Range(low, high, names), *nothing)
    distinct = {value.key: value for value in sorted(values, key=write, reverse=True)}
    return (*sorted(distinct.values(), key=_ascending), *nothing)


def _ascending(value: Value) -> tuple[str, Any]:
    return (value.family, "; ".join(value.amount) if value.type == "list" else value.size)


def _each(outcomes: Sequence[Outcome]) -> Iterator[Amount]:
    for outcome in outcomes:
        for candidate in outcome.candidates:
            yield candidate.amount
