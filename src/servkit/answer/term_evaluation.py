"""One term: base value, then segments, then the promise, then the limit; over every way of filling in the unknowns."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.candidates import Candidate, best_of, kinder, together
from servkit.answer.evaluation import Amounted, Evaluation
from servkit.answer.result import Origin
from servkit.book.amounts import Counted, Dated, Expression, Plain
from servkit.domains.diagram import TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from servkit.answer.case_context import CaseContext
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.terms import Grants, Row, Term
    from servkit.book.values import Value

#: So many values of one rank may contradict each other; the sets of more would grow without end.
_MOST_CONFLICTING = 40
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

    ``mays`` is how far one may go: nobody in particular first, then every role from the least.
    """

    candidates: tuple[Candidate, ...]
    clipped: Value | None
    limit: Value | None
    mays: tuple[Candidate, ...]

    @property
    def value_key(self) -> tuple[object, ...]:
        """Equal for outcomes of the same value, whatever it comes from."""
        return tuple(sorted((candidate.key for candidate in self.candidates), key=repr))

    @property
    def key(self) -> tuple[object, ...] | None:
        """Equal for outcomes that are the same answer; without a value there is nothing to limit or to grant."""
        if not self.candidates:
            return None
        limit = self.limit.key if self.limit is not None else None
        return (self.value_key, limit, *(may.key for may in self.mays))

    def end(self, place: int) -> Candidate | None:
        """How far one may go; None without a value, and in a conflict."""
        return self.mays[place] if self.mays else None


class TermOutcomes(NamedTuple):
    """A term over all fillings: its outcomes, where each candidate comes from, and the unknowns that matter.

    ``ends_depend`` are the unknowns that decide how far the role of the case may go.
    """

    outcomes: list[TermOutcome]
    origins: list[Origin]
    unknowns: set[str]
    ends_depend: set[str]
    exact: bool


class Limited(NamedTuple):
    """Candidates within the limit, and the value that went past it."""

    candidates: tuple[Candidate, ...]
    clipped: Value | None
    limit: Candidate | None


class TermParts(NamedTuple):
    """All that one term of one document is worked out from in a case. ``overrides`` are the segments that may set it,
    the highest priority first. ``place`` is that of the role in ``mays``."""

    context: CaseContext
    settings: Settings
    term: Term
    owner: Entry
    overrides: Sequence[TermOverride]
    promises: Sequence[TermOverride]
    place: int

    def rows(self) -> list[Row | None]:
        """The rows that may decide, in their order; the last one surely holds, or is None for the term itself."""
        out: list[Row | None] = []
        for row in self.term.rows:
            verdict = row.when.kleene(self.context.record)
            if verdict:
                return [*out, row]
            if verdict is None:
                out.append(row)
        return [*out, None]

    def value(self, row: Row | None) -> Expression | None:
        return self.term.value if row is None or row.value is None else row.value

    def limit(self, row: Row | None) -> Expression | None:
        return self.term.limit if row is None or row.limit is None else row.limit

    def grants(self, row: Row | None) -> Grants:
        return self.term.grant if row is None or row.grant is None else row.grant

    def amounts(self) -> list[Expression]:
        """Every value, limit and grant that may come to bear."""
        rows = self.rows()
        parts = [part(row) for row in rows for part in (self.value, self.limit)]
        parts += [grant for row in rows for grant in self.grants(row).values()]
        parts += [override.amount for override in (*self.overrides, *self.promises)]
        return list({id(part): part for part in parts if part is not None}.values())

    def levels(self) -> set[Decimal]:
        """The sizes that values are compared with, where they are compared at all."""
        if self.term.better is None:
            return set()
        rows = self.rows()
        parts: list[Expression | None] = [self.limit(row) for row in rows]
        parts += [grant for row in rows for grant in self.grants(row).values()]
        parts += [override.amount for override in self.overrides]
        if self.promises:
            parts += [*(promise.amount for promise in self.promises), *(self.value(row) for row in rows)]
        different = {id(part): part for part in parts if part is not None}
        return {size for part in different.values() for size in _sizes(part)}

    # --- how values meet ----------------------------------------------------------------------------------------

    def keep_promise(self, found: tuple[Candidate, ...], promise: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """A promise never makes an answer worse where ``better`` is known; where it is not, it is what was promised."""
        if not promise:
            return found
        return promise if self.term.better is None else together(promise, found, self.term.better)

    def clip(self, candidates: tuple[Candidate, ...], limit: Candidate | None) -> Limited:
        out: list[Candidate] = []
        past = None
        for candidate in candidates:
            if limit is not None and kinder(candidate.value, limit.value, self.term.better):
                past = candidate.value
                candidate = limit._replace(origin=candidate.origin)  # noqa: PLW2901
            if all(candidate.key != other.key for other in out):
                out.append(candidate)
        return Limited(tuple(out), past, limit)

    def reach(self, limited: Limited, grants: tuple[Candidate | None, ...]) -> TermOutcome:
        candidates, clipped, limit = limited
        if self.term.fixed or len(candidates) != 1:
            shown = limit.value if limit is not None and len(candidates) < 2 else None
            return TermOutcome(candidates, clipped, shown, ())
        better, reach = self.term.better, candidates[0]
        mays = [reach]
        by_role = dict(zip(self.settings.roles, grants, strict=False))
        for group in self.settings.role_groups:
            below = reach
            for role in group:
                grant = by_role.get(role)
                if grant is not None and limit is not None and kinder(grant.value, limit.value, better):
                    grant = limit
                own = below if grant is None else best_of(below, grant, better) or below
                mays.append(own)
                reach = best_of(reach, own, better) or reach
        return TermOutcome(candidates, clipped, limit.value if limit is not None else None, tuple(mays))


def _sizes(amount: Expression) -> Iterator[Decimal]:
    """The sizes of all plain amounts in an amount that a result may be, or be kept within."""
    steps = [step for _, step in amount.steps] if isinstance(amount, Dated) else [amount]
    for step in steps:
        if isinstance(step, Plain):
            if isinstance(step.value.size, Decimal):
                yield step.value.size
        elif isinstance(step, Counted):
            for part in (step.start, step.at_least, step.at_most):
                if isinstance(part, (Plain, Dated)):
                    yield from _sizes(part)


def candidate_of(found: Amounted, entry: Entry, origins: dict[Origin, int]) -> Candidate:
    """What an amount of a document comes to, as a candidate. ``origins`` numbers where values come from."""
    origin = Origin(entry.kind, entry.id, entry.path, found.line, entry.logic.get("journal"))
    return Candidate(found.value, origins.setdefault(origin, len(origins)), found.moves, found.reached)


def _end_key(found: TermOutcome | None, place: int) -> object:
    end = found.end(place) if found is not None else None
    return end.key if end is not None else None


class TermEvaluator:
    """Evaluates one term by decision diagrams."""

    def __init__(self, parts: TermParts) -> None:
        self.parts, self.context, self.term, self.owner = parts, parts.context, parts.term, parts.owner
        self.origins: dict[Origin, int] = {}
        self.evaluation: Evaluation
        self.rows = parts.rows()
        self._row: Diagram

    def evaluate(self, guards: Sequence[Condition] = (), present: Condition | None = None) -> TermOutcomes:
        """The outcomes where all ``guards`` hold. Only where ``present`` holds is the term there at all.

        What ``present`` depends on is asked; what the guards depend on is asked by the caller. Raises
        TooManyCombinationsError."""
        parts = self.parts
        conditions = [*guards] if present is None else [*guards, present]
        conditions += (row.when for row in self.rows[:-1] if row is not None)
        conditions += (override.when for override in parts.overrides if override.when is not None)
        evaluation = Evaluation(self.context, conditions, parts.amounts(), parts.levels())
        d = evaluation.diagrams
        outcome = self.outcome(evaluation)
        for condition in (*guards, *([] if present is None else [present])):
            outcome = d.choose(evaluation.condition(condition), outcome, d.leaf(None))
        outcomes = [found for found in d.outcomes(outcome) if isinstance(found, TermOutcome)]
        asked_elsewhere = {name for guard in guards for name in evaluation.unknowns(evaluation.condition(guard))}
        unknowns = evaluation.unknowns(d.map(outcome, lambda found: found.key if found else None))
        ends = evaluation.unknowns(d.map(outcome, lambda found: _end_key(found, parts.place)))
        return TermOutcomes(outcomes, list(self.origins), unknowns - asked_elsewhere, ends, exact=True)

    def outcome(self, evaluation: Evaluation) -> Diagram:
        """The diagram of the term; its outcomes are :class:`TermOutcome`. ``evaluation`` knows all that it asks."""
        parts, d = self.parts, evaluation.diagrams
        self.evaluation = evaluation
        self._row = evaluation.first([row.when for row in self.rows[:-1] if row is not None])
        found = d.combine(self._overridden(), self._base(), lambda above, base: above or base)
        for promise in parts.promises:
            found = d.combine(found, self._candidates(promise.amount, promise.entry), parts.keep_promise)
        limited = d.combine(found, self._limits(), parts.clip)
        return d.combine(limited, self._grants(), parts.reach)

    # --- where values come from ---------------------------------------------------------------------------------

    def _candidates(self, amount: Expression | None, entry: Entry) -> Diagram:
        """The diagram whose outcomes hold the amount as the one candidate, or none."""

        def one(found: Amounted | None) -> tuple[Candidate, ...]:
            return () if found is None else (candidate_of(found, entry, self.origins),)

        return self.evaluation.diagrams.map(self.evaluation.amount(amount), one)

    def _by_row(self, part: Callable[[Row | None], Diagram]) -> Diagram:
        """The part that the row which holds decides."""
        last = len(self.rows) - 1
        parts: dict[int | None, Diagram] = {place: part(row) for place, row in enumerate(self.rows[:last])}
        parts[None] = part(self.rows[last])
        return self.evaluation.pick(self._row, parts)

    def _base(self) -> Diagram:
        return self._by_row(lambda row: self._candidates(self.parts.value(row), self.owner))

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
        return together(left, right, self.term.better)

    def _by_kindness(
        self, group: list[tuple[Condition | None, Diagram]]
    ) -> list[tuple[Condition | None, Diagram]] | None:
        """Overrides of one priority, the kindest first, so that the first one that holds is what they set; None where
        their values do not all compare, or are not known."""
        d, better = self.evaluation.diagrams, self.term.better
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

    # --- how far one may go -------------------------------------------------------------------------------------

    def _part(self, amount: Expression | None) -> Diagram:
        """The diagram of a limit or grant: one candidate, or None."""
        return self.evaluation.diagrams.map(
            self.evaluation.amount(amount),
            lambda found: None if found is None else Candidate(found.value, -1, found.moves, found.reached),
        )

    def _limits(self) -> Diagram:
        """The limit that the row which holds decides, else the term's."""
        return self._by_row(lambda row: self._part(self.parts.limit(row)))

    def _grants(self) -> Diagram:
        """For each role from the least what it is granted, None where it is not named."""
        made: dict[int, Diagram] = {}

        def grants(row: Row | None) -> Diagram:
            found = self.parts.grants(row)
            if id(found) not in made:
                made[id(found)] = self._grant_of(found)
            return made[id(found)]

        return self._by_row(grants)

    def _grant_of(self, grants: Grants) -> Diagram:
        d = self.evaluation.diagrams
        out = d.leaf(())
        if not grants:
            return out
        for role in self.parts.settings.roles:
            out = d.combine(out, self._part(grants.get(role)), lambda found, new: (*found, new))
        return out
