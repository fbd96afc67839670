"""One term: base value, then segments, then the promise, then the limit; over every way of filling in the unknowns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.candidates import Candidate, best_of, names_of, sure_end, together, worst_of
from servkit.answer.evaluation import Evaluation
from servkit.answer.known_amounts import family_of, step_of
from servkit.answer.result import Origin
from servkit.book.amounts import Counted, Expression
from servkit.book.intervals import Amount, Range
from servkit.book.values import Value
from servkit.domains.diagram import TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from servkit.answer.case_context import CaseContext
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.terms import Grants, Row, Term

#: A decision diagram, by its number.
Diagram = int


class TermOverride(NamedTuple):
    """A segment that sets the term, or a customer it was promised to; ``when`` is None where that is certain."""

    entry: Entry
    amount: Expression
    when: Condition | None
    priority: Decimal


class TermOutcome(NamedTuple):
    """What the term comes to in one way of filling in. Several candidates are a conflict, none is no value.

    ``mays`` is how far one may go: nobody in particular first, then every role from the least. ``names`` are the
    unknowns that a range in it depends on.
    """

    candidates: tuple[Candidate, ...]
    clipped: Value | None
    limit: Value | None
    mays: tuple[Value | None, ...]
    names: frozenset[str]

    @property
    def value_key(self) -> tuple[object, ...]:
        """Equal for outcomes of the same value, whatever it comes from."""
        return tuple(sorted((candidate.key for candidate in self.candidates), key=repr))

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for outcomes that are the same answer; without a value there is nothing to limit or to grant."""
        if not self.candidates:
            return ()
        return (self.value_key, *(value.key if value is not None else None for value in (self.limit, *self.mays)))


class TermOutcomes(NamedTuple):
    """A term over all fillings: its outcomes, where each candidate comes from, and the unknowns that matter."""

    outcomes: list[TermOutcome]
    origins: list[Origin]
    unknowns: set[str]
    exact: bool


class Limited(NamedTuple):
    """Candidates within the limit, and the value that went past it."""

    candidates: tuple[Candidate, ...]
    clipped: Value | None
    limit: Candidate | None


class TermEvaluator:
    """Evaluates one term of one document. ``overrides`` are the segments that may set it."""

    def __init__(
        self,
        context: CaseContext,
        settings: Settings,
        term: Term,
        owner: Entry,
        overrides: Sequence[TermOverride],
        promises: Sequence[TermOverride],
    ) -> None:
        self.context, self.settings, self.term, self.owner = context, settings, term, owner
        self.overrides = sorted(overrides, key=lambda override: (override.priority, override.entry.id))
        self.promises = promises
        self.origins: list[Origin] = []
        self.evaluation: Evaluation
        #: The rows that may decide, in their order: none that is surely false, and none after one that surely holds.
        self.rows, self.first_sure = self._rows()

    def _rows(self) -> tuple[list[Row], Row | None]:
        open_rows: list[Row] = []
        for row in self.term.rows:
            verdict = row.when.kleene(self.context.record)
            if verdict:
                return open_rows, row
            if verdict is None:
                open_rows.append(row)
        return open_rows, None

    def evaluate(self, guards: Sequence[Condition] = (), present: Condition | None = None) -> TermOutcomes:
        """The outcomes where all ``guards`` hold. Only where ``present`` holds is the term there at all.

        What ``present`` depends on is asked; what the guards depend on is asked by the caller."""
        applying = [*guards] if present is None else [*guards, present]
        conditions = [*applying, *(row.when for row in self.rows)]
        conditions += (override.when for override in self.overrides if override.when is not None)
        overriding = (override.amount for override in (*self.overrides, *self.promises))
        amounts = [*self.term.amounts(), *overriding]
        try:
            return self._evaluate(Evaluation(self.context, conditions, amounts), guards, present, exact=True)
        except TooManyCombinationsError:
            evaluation = Evaluation(self.context, conditions, amounts, exact=False)
            return self._evaluate(evaluation, guards, present, exact=False)

    def _evaluate(
        self, evaluation: Evaluation, guards: Sequence[Condition], present: Condition | None, *, exact: bool
    ) -> TermOutcomes:
        self.origins = []
        self.evaluation, d = evaluation, evaluation.diagrams
        found = d.combine(self._overridden(), self._base(), lambda moved, base: moved or base)
        for promise in self.promises:
            found = d.combine(found, self._candidates(promise.amount, promise.entry), self._keep_promise)
        limited = d.combine(found, self._limits(), self._clip)
        outcome = d.combine(limited, self._grants(), self._reach)
        if present is not None:
            outcome = d.choose(evaluation.condition(present), outcome, d.leaf("absent"))
        for guard in guards:
            outcome = d.choose(evaluation.condition(guard), outcome, d.leaf(None))
        outcomes = [found for found in d.outcomes(outcome) if isinstance(found, TermOutcome)]
        unknowns = evaluation.unknowns(
            d.map(outcome, lambda found: found.key if isinstance(found, TermOutcome) else found)
        )
        unknowns = unknowns.union(*(found.names for found in outcomes))
        for guard in guards:
            unknowns -= evaluation.unknowns(evaluation.condition(guard))
        return TermOutcomes(outcomes, self.origins, unknowns, exact)

    # --- where values come from ---------------------------------------------------------------------------------

    def _candidates(self, amount: Expression | None, entry: Entry) -> Diagram:
        """The diagram whose outcomes hold the amount as the one candidate, or none."""
        diagram = self.evaluation.amount(amount)

        def one(found: Amount | None) -> tuple[Candidate, ...]:
            if found is None or amount is None:
                return ()
            step = step_of(amount, found, self.context.record)
            origin = Origin(entry.kind, entry.id, entry.path, step.line, entry.logic.get("journal"))
            if origin not in self.origins:
                self.origins.append(origin)
            counted = isinstance(step, Counted) and (self.evaluation.is_open(diagram) or isinstance(found, Range))
            counted = counted and not all(name in self.context.record.values for name in step.names())
            return (Candidate(found, family_of(amount, found), self.origins.index(origin), counted),)

        return self.evaluation.diagrams.map(diagram, one)

    def _by_row(self, part: Callable[[Row | None], Diagram]) -> Diagram:
        """The part that the row which holds decides; where none does, the term's own (None)."""
        out = part(self.first_sure)
        for row in reversed(self.rows):
            out = self.evaluation.diagrams.choose(self.evaluation.condition(row.when), part(row), out)
        return out

    def _base(self) -> Diagram:
        term = self.term
        return self._by_row(
            lambda row: self._candidates(term.value if row is None or row.value is None else row.value, self.owner)
        )

    def _overridden(self) -> Diagram:
        """What the segments set: the highest priority that sets anything; within one priority, all of it."""
        evaluation, d = self.evaluation, self.evaluation.diagrams
        out = nothing = d.leaf(())
        for priority in sorted({override.priority for override in self.overrides}):
            group = nothing
            for override in self.overrides:
                if override.priority != priority:
                    continue
                value = self._candidates(override.amount, override.entry)
                if override.when is not None:
                    value = d.choose(evaluation.condition(override.when), value, nothing)
                group = d.combine(group, value, lambda left, right: together(left, right, self.term.better))
            out = d.combine(group, out, lambda above, below: above or below)
        return out

    def _keep_promise(self, found: tuple[Candidate, ...], promise: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """A promise never makes an answer worse where ``better`` is known; where it is not, it is what was promised."""
        if not promise:
            return found
        return promise if self.term.better is None else together(promise, found, self.term.better)

    # --- how far one may go -------------------------------------------------------------------------------------

    def _part(self, amount: Expression | None) -> Diagram:
        """The diagram of a limit or grant: one candidate, or None."""
        return self.evaluation.diagrams.map(
            self.evaluation.amount(amount),
            lambda found: None if found is None or amount is None else Candidate(found, family_of(amount, found)),
        )

    def _limits(self) -> Diagram:
        """The limit that the row which holds decides, else the term's."""
        term = self.term
        return self._by_row(lambda row: self._part(term.limit if row is None or row.limit is None else row.limit))

    def _grants(self) -> Diagram:
        """For each role from the least what it is granted, None where it is not named."""
        term = self.term
        return self._by_row(lambda row: self._grant_of(term.grant if row is None or row.grant is None else row.grant))

    def _grant_of(self, grants: Grants) -> Diagram:
        d = self.evaluation.diagrams
        out = d.leaf(())
        if not grants:
            return out
        for role in self.settings.roles:
            out = d.combine(out, self._part(grants.get(role)), lambda found, new: (*found, new))
        return out

    def _clip(self, candidates: tuple[Candidate, ...], limit: Candidate | None) -> Limited:
        better, out, past = self.term.better, [], None
        for candidate in candidates:
            within = worst_of(candidate, limit, better) if limit is not None else None
            if within is None or within is candidate:
                out.append(candidate)
                continue
            if isinstance(candidate.amount, Value) and isinstance(within.amount, Value):
                past = candidate.amount
            out.append(within._replace(origin=candidate.origin, counted=within.counted or candidate.counted))
        return Limited(tuple(out), past, limit)

    def _reach(self, limited: Limited, grants: tuple[Candidate | None, ...]) -> TermOutcome:
        candidates, clipped, limit = limited
        names = frozenset[str]().union(*(names_of(candidate.amount) for candidate in candidates))
        if limit is not None and candidates:
            names |= names_of(limit.amount)
        shown = limit.amount if limit is not None and isinstance(limit.amount, Value) else None
        if self.term.fixed or len(candidates) != 1:
            return TermOutcome(candidates, clipped, shown if len(candidates) < 2 else None, (), names)
        better, reach = self.term.better, candidates[0]
        mays = [sure_end(reach.amount, better)]
        by_role = dict(zip(self.settings.roles, grants, strict=False))
        for group in self.settings.role_groups:
            below = reach
            for role in group:
                own, grant = below, by_role.get(role)
                if grant is not None and limit is not None:
                    grant = worst_of(grant, limit, better) or grant
                if grant is not None:
                    own = best_of(below, grant, better) or below
                    names |= names_of(own.amount)
                mays.append(sure_end(own.amount, better))
                reach = best_of(reach, own, better) or reach
        return TermOutcome(candidates, clipped, shown, tuple(mays), names)
