"""What three-valued logic says where there are too many combinations (BOOK.md 9): every unknown that stands in an
undecided part is asked, which may be more than necessary and is never less. It takes time in proportion to the book."""

from __future__ import annotations

from functools import reduce
from itertools import islice, product
from typing import TYPE_CHECKING

from servkit.answer.candidates import together
from servkit.answer.evaluation import Evaluation
from servkit.answer.term_evaluation import candidates_of
from servkit.answer.term_parts import TermOutcomes
from servkit.answer.term_plan import Offer
from servkit.answer.worked_out import Amounted, corners
from servkit.book.amounts import Plain
from servkit.book.conditions import All, Atom, Condition, InSegment, Not
from servkit.domains.diagram import TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.answer.candidates import Candidate
    from servkit.answer.case_context import CaseContext
    from servkit.answer.term_parts import TermParts
    from servkit.answer.term_plan import RowPlan, TermOutcome
    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry

    _Candidates = tuple[Candidate, ...]

#: So many values of one amount, ways of limiting one value, and outcomes of one term are looked at.
_MOST_AMOUNTS = 50
_MOST_LIMITS = 1_000
_MOST_OUTCOMES = 100_000


def undecided(context: CaseContext, condition: Condition) -> set[str]:
    """The names on which the verdict of three-valued logic depends."""
    out: set[str] = set()
    seen: set[str] = set()

    def walk(part: Condition) -> None:
        if part.kleene(context.record) is not None:
            return
        if isinstance(part, All):
            for inner in part.parts:
                walk(inner)
        elif isinstance(part, Not):
            walk(part.part)
        elif isinstance(part, InSegment):
            for item in part.items:
                if item not in seen and context.record.segments.get(item, False) is None:
                    seen.add(item)
                    walk(context.segment_conditions[item])
        elif isinstance(part, Atom):
            out.add(part.name)

    walk(condition)
    return out


def evaluate_loosely(
    parts: TermParts, guards: Sequence[Condition] = (), present: Condition | None = None
) -> TermOutcomes:
    """The outcomes of a term as :class:`servkit.answer.term_evaluation.TermEvaluator` gives them, but for those that
    cannot be told apart."""
    return _Loosely(parts).evaluate(guards, present)


class _Loosely:
    def __init__(self, parts: TermParts) -> None:
        self.parts, self.context = parts, parts.context
        self._worked_out: dict[int, list[Amounted | None]] = {}

    def evaluate(self, guards: Sequence[Condition], present: Condition | None) -> TermOutcomes:
        parts = self.parts
        rows = parts.rows()
        conditions = [row.when for row in rows[:-1] if row.when is not None]
        conditions += [override.when for override in parts.overrides if override.when is not None]
        if present is not None:
            conditions.append(present)
        names = {name for condition in conditions for name in undecided(self.context, condition)}
        names |= {
            name for amount in parts.computed(rows) for name in amount.names() if name not in self.context.record.values
        }
        asked_elsewhere = {name for guard in guards for name in undecided(self.context, guard)}
        outcomes = {found.key: found for found in islice(self._outcomes(rows), _MOST_OUTCOMES)}
        return TermOutcomes(list(outcomes.values()), names - asked_elsewhere, names, exact=False)

    def _outcomes(self, rows: Sequence[RowPlan]) -> Iterator[TermOutcome]:
        """Every row with its own value, and every way of limiting with every value that a segment sets."""
        overrides, always = self._overrides()
        promises = [self._values(promise.amount, promise.entry) for promise in self.parts.promises]
        limits = {(id(row.limit), id(row.grants)): row for row in rows}
        for row in rows:
            if not always:
                yield from self._limited(row, self._values(row.value, self.parts.plan.owner), promises)
        for row in limits.values():
            yield from self._limited(row, overrides, promises)

    def _limited(
        self, row: RowPlan, values: Sequence[_Candidates], promises: Sequence[Sequence[_Candidates]]
    ) -> Iterator[TermOutcome]:
        parts, owner = self.parts, self.parts.plan.owner
        limits = self._values(row.limit, owner)
        roles = [self._values(amount, owner) for amount in row.grants]
        ways = islice(product(limits, *roles), _MOST_LIMITS)
        for limit, *granted in ways:
            mine = tuple(found[0] if found else None for found in granted)
            for value, *promised in product(values, *promises):
                offer = Offer(value, limit[0] if limit else None, mine)
                yield parts.plan.outcome(reduce(parts.keep_promise, promised, offer))

    def _overrides(self) -> tuple[list[_Candidates], bool]:
        """What segments may set, each by itself, and whether one of them surely sets something."""
        out: list[_Candidates] = []
        sure: _Candidates = ()
        priority = None
        for override in self.parts.overrides:
            if sure and override.priority != priority:
                break
            priority = override.priority
            values = self._values(override.amount, override.entry)
            if override.when is None and len(values) == 1:
                sure = together(sure, values[0], self.parts.plan.term.better)
            else:
                out += [value for value in values if value]
        if sure:
            out += [sure, *(together(sure, value, self.parts.plan.term.better) for value in out)]
        return out, bool(sure)

    def _values(self, amount: Expression | None, entry: Entry) -> list[_Candidates]:
        """What an amount may come to, in some of the cells of what it is worked out from."""
        if amount is None:
            return [()]
        return [candidates_of(found, entry) for found in self._amounts(amount)]

    def _amounts(self, amount: Expression) -> Sequence[Amounted | None]:
        if isinstance(amount, Plain):
            return [Amounted(amount.value, amount.line)]
        found = self._worked_out.get(id(amount))
        if found is None:
            found = self._worked_out[id(amount)] = _work_out(self.context, amount)
        return found


def _work_out(context: CaseContext, amount: Expression) -> list[Amounted | None]:
    """What an amount comes to over its own unknowns; only its ends, where that is a lot."""
    try:
        evaluation = Evaluation(context, (), [amount])
        found: list[Amounted | None] = evaluation.diagrams.outcomes(evaluation.amount(amount))
    except TooManyCombinationsError:
        found = list(corners(context, amount))
    if len(found) <= _MOST_AMOUNTS:
        return found
    some = sorted((one for one in found if one is not None), key=lambda one: (one.value.family, one.value.size))
    return [*some[:2], *some[-2:], *([None] if None in found else [])]
