"""One term: base value, then segments, then the promise, then the limit; over every way of filling in the unknowns."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from servkit.answer.candidates import Candidate, together
from servkit.answer.evaluation import Evaluation
from servkit.answer.term_parts import TermOutcomes
from servkit.answer.term_plan import Offer, TermOutcome, origin
from servkit.domains.diagram import TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from servkit.answer.term_parts import TermParts
    from servkit.answer.term_plan import RowPlan
    from servkit.answer.worked_out import Amounted
    from servkit.book.amounts import Expression
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry

#: So many values of one rank may contradict each other; the sets of more would grow without end.
_MOST_CONFLICTING = 40
#: A decision diagram, by its number.
Diagram = int


def candidates_of(found: Amounted | None, entry: Entry) -> tuple[Candidate, ...]:
    """What an amount of a document comes to, as the one candidate, or none."""
    return () if found is None else (Candidate(found.value, origin(entry, found.line), found.moves, found.reached),)


class TermEvaluator:
    """Evaluates one term by decision diagrams."""

    def __init__(self, parts: TermParts) -> None:
        self.parts, self.rows, self.better = parts, parts.rows(), parts.plan.term.better
        self.evaluation: Evaluation

    def evaluate(self, guards: Sequence[Condition] = (), present: Condition | None = None) -> TermOutcomes:
        """The outcomes where all ``guards`` hold. Only where ``present`` holds is the term there at all.

        What ``present`` depends on is asked; what the guards depend on is asked by the caller. Raises
        TooManyCombinationsError."""
        parts = self.parts
        sure = self.rows[0].outcome
        if len(self.rows) == 1 and sure is not None and not (parts.overrides or parts.promises or guards or present):
            return TermOutcomes([sure], set(), set(), exact=True, row=self.rows[0])
        outer = [*guards] if present is None else [*guards, present]
        inner = [row.when for row in self.rows[:-1]] + [override.when for override in parts.overrides]
        conditions = [*outer, *(when for when in inner if when is not None)]
        computed = parts.computed(self.rows)
        evaluation = Evaluation(parts.context, conditions, computed, parts.levels(self.rows) if computed else ())
        d = evaluation.diagrams
        outcome = self.outcome(evaluation)
        for condition in outer:
            outcome = d.choose(evaluation.condition(condition), outcome, d.leaf(None))
        outcomes = [found for found in d.outcomes(outcome) if isinstance(found, TermOutcome)]
        if outcome < 0:
            return TermOutcomes(outcomes, set(), set(), exact=True)
        asked_elsewhere = {name for guard in guards for name in evaluation.unknowns(evaluation.condition(guard))}
        unknowns = evaluation.unknowns(outcome, lambda found: found.key if found else None)
        ends = evaluation.unknowns(outcome, lambda found: _end_key(found, parts.place))
        return TermOutcomes(outcomes, unknowns - asked_elsewhere, ends, exact=True)

    def outcome(self, evaluation: Evaluation) -> Diagram:
        """The diagram of the term; its outcomes are :class:`TermOutcome`. ``evaluation`` knows all that it asks."""
        parts, d = self.parts, evaluation.diagrams
        self.evaluation = evaluation
        if not parts.overrides and not parts.promises:
            return self._by_row(self._outcome)
        offer = self._by_row(self._offer)
        if parts.overrides:
            offer = d.combine(offer, self._overridden(), parts.override)
        for promise in parts.promises:
            offer = d.combine(offer, self._candidates(promise.amount, promise.entry), parts.keep_promise)
        return d.map(offer, parts.plan.outcome)

    # --- rows ---------------------------------------------------------------------------------------------------

    def _by_row(self, part: Callable[[RowPlan], Diagram]) -> Diagram:
        """The part that the row which holds decides."""
        *some, last = self.rows
        parts: dict[int | None, Diagram] = {place: part(row) for place, row in enumerate(some)}
        parts[None] = part(last)
        return self.evaluation.pick(self.evaluation.first([row.when for row in some if row.when is not None]), parts)

    def _outcome(self, row: RowPlan) -> Diagram:
        """What a row comes to that nobody overrides."""
        d = self.evaluation.diagrams
        return d.leaf(row.outcome) if row.outcome is not None else d.map(self._offer(row), self.parts.plan.outcome)

    def _offer(self, row: RowPlan) -> Diagram:
        """What a row offers, an :class:`Offer` in every outcome."""
        d = self.evaluation.diagrams
        if row.offer is not None:
            return d.leaf(row.offer)
        ends = self._end(row.limit)
        grants = d.leaf(())
        for amount in row.grants:
            grants = d.combine(grants, self._end(amount), lambda found, new: (*found, new))
        found = d.combine(ends, grants, lambda limit, granted: Offer((), limit, granted))
        values = self._candidates(row.value, self.parts.plan.owner)
        return d.combine(found, values, lambda offer, own: Offer(own, offer.limit, offer.grants))

    def _candidates(self, amount: Expression | None, entry: Entry) -> Diagram:
        """The diagram whose outcomes hold the amount as the one candidate, or none."""
        return self.evaluation.diagrams.map(self.evaluation.amount(amount), lambda found: candidates_of(found, entry))

    def _end(self, amount: Expression | None) -> Diagram:
        """The diagram of a limit or grant: one candidate, or None."""
        return self.evaluation.diagrams.map(
            self.evaluation.amount(amount),
            lambda found: None if found is None else Candidate(found.value, None, found.moves, found.reached),
        )

    # --- segments -----------------------------------------------------------------------------------------------

    def _overridden(self) -> Diagram:
        """What the segments set: the highest priority that sets anything; within one priority, all of it."""
        evaluation, d = self.evaluation, self.evaluation.diagrams
        nothing = d.leaf(())
        levels: list[Diagram] = []
        ranked: list[tuple[Condition | None, Diagram]] = []

        def flush() -> None:
            if ranked:
                levels.append(self._ranked(ranked))
                ranked.clear()

        for _, group in groupby(self.parts.overrides, key=lambda override: override.priority):
            members = [(override.when, self._candidates(override.amount, override.entry)) for override in group]
            ordered = self._by_kindness(members)
            if ordered is not None:
                ranked += ordered
                continue
            flush()
            values = [value if when is None else d.choose(evaluation.condition(when), value, nothing)
                      for when, value in members]  # fmt: skip
            levels.append(
                d.fold(values, nothing, lambda one, two: d.combine(one, two, self._together)),
            )
        flush()
        return d.fold(levels, nothing, lambda one, two: d.combine(one, two, lambda above, below: above or below))

    def _together(self, left: tuple[Candidate, ...], right: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        if len(left) + len(right) > _MOST_CONFLICTING:
            raise TooManyCombinationsError
        return together(left, right, self.better)

    def _by_kindness(
        self, group: list[tuple[Condition | None, Diagram]]
    ) -> list[tuple[Condition | None, Diagram]] | None:
        """Overrides of one priority, the kindest first, so that the first one that holds is what they set; None where
        their values do not all compare, or are not known."""
        d, better = self.evaluation.diagrams, self.better
        if any(value >= 0 for _, value in group):
            return None
        found = [(when, value, d.outcome(value)) for when, value in group]
        valued = [(when, value, candidates[0].value) for when, value, candidates in found if candidates]
        if len(valued) > 1 and (better is None or len({value.family for _, _, value in valued}) > 1):
            return None
        valued.sort(key=lambda item: item[2].size, reverse=better == "more")
        return [(when, value) for when, value, _ in valued]

    def _ranked(self, ranked: Sequence[tuple[Condition | None, Diagram]]) -> Diagram:
        """The value of the first that holds."""
        sure = next((place for place, (when, _) in enumerate(ranked) if when is None), len(ranked))
        possible = [(when, value) for when, value in ranked[:sure] if when is not None]
        parts: dict[int | None, Diagram] = {place: value for place, (_, value) in enumerate(possible)}
        parts[None] = ranked[sure][1] if sure < len(ranked) else self.evaluation.diagrams.leaf(())
        return self.evaluation.pick(self.evaluation.first([when for when, _ in possible]), parts)


def _end_key(found: TermOutcome | None, place: int) -> object:
    end = found.end(place) if found is not None else None
    return end.key if end is not None else None
