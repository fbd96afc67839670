"""What a term of an answer is worked out from: the rows that may decide, who may override them, and how values meet."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.candidates import Candidate, best_of, kinder, together
from servkit.answer.term_plan import Offer
from servkit.book.amounts import Counted, Dated, Plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.answer.case_context import CaseContext
    from servkit.answer.term_plan import RowPlan, TermOverride, TermPlan
    from servkit.book.amounts import Expression
    from servkit.book.values import Value


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
        if len(self.candidates) == 1:
            return (self.candidates[0].key,)
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
    """A term over all fillings: its outcomes, and the unknowns that matter.

    ``ends_depend`` are the unknowns that decide how far the role of the case may go.
    """

    outcomes: list[TermOutcome]
    unknowns: set[str]
    ends_depend: set[str]
    exact: bool


class TermParts(NamedTuple):
    """All that one term of one document is worked out from in a case. ``overrides`` are the segments that may set it,
    the highest priority first. ``place`` is that of the role in ``mays``."""

    context: CaseContext
    plan: TermPlan
    overrides: Sequence[TermOverride]
    promises: Sequence[TermOverride]
    place: int

    def rows(self) -> list[RowPlan]:
        """The rows that may decide, in their order; the last one surely holds, or is the term itself."""
        out: list[RowPlan] = []
        for row in self.plan.rows:
            verdict = row.when.kleene(self.context.record) if row.when is not None else True
            if verdict:
                return [*out, row]
            if verdict is None:
                out.append(row)
        return [*out, self.plan.otherwise]

    def computed(self, rows: Sequence[RowPlan]) -> list[Expression]:
        """Every value, limit and grant that may come to bear and has to be worked out; ``rows`` are those that may
        decide."""
        parts = [] if self.plan.is_plain else [amount for row in rows for amount in row.amounts()]
        parts += [override.amount for override in (*self.overrides, *self.promises)]
        return list({id(part): part for part in parts if not isinstance(part, Plain)}.values())

    def levels(self, rows: Sequence[RowPlan]) -> set[Decimal]:
        """The sizes that values are compared with, where they are compared at all."""
        if self.plan.term.better is None:
            return set()
        parts = [amount for row in rows for amount in (row.limit, *row.grants)]
        parts += [override.amount for override in self.overrides]
        if self.promises:
            parts += [*(promise.amount for promise in self.promises), *(row.value for row in rows)]
        different = {id(part): part for part in parts if part is not None}
        return {size for part in different.values() for size in _sizes(part)}

    # --- how values meet ----------------------------------------------------------------------------------------

    def override(self, offer: Offer, above: tuple[Candidate, ...]) -> Offer:
        """What segments set goes before the term's own value."""
        return Offer(above, offer.limit, offer.grants) if above else offer

    def keep_promise(self, offer: Offer, promise: tuple[Candidate, ...]) -> Offer:
        """A promise never makes an answer worse where ``better`` is known; where it is not, it is what was promised."""
        if not promise:
            return offer
        better = self.plan.term.better
        kept = promise if better is None else together(promise, offer.values, better)
        return Offer(kept, offer.limit, offer.grants)

    def outcome(self, offer: Offer) -> TermOutcome:
        """What an offer comes to: its values within the limit, and how far each role may go from there."""
        better, limit = self.plan.term.better, offer.limit
        candidates: list[Candidate] = []
        past = None
        for candidate in offer.values:
            if limit is not None and kinder(candidate.value, limit.value, better):
                past = candidate.value
                candidate = limit._replace(origin=candidate.origin)  # noqa: PLW2901
            if all(candidate.key != other.key for other in candidates):
                candidates.append(candidate)
        if self.plan.term.fixed or len(candidates) != 1:
            shown = limit.value if limit is not None and len(candidates) < 2 else None
            return TermOutcome(tuple(candidates), past, shown, ())
        mays = self._mays(candidates[0], limit, offer.grants)
        return TermOutcome(tuple(candidates), past, limit.value if limit is not None else None, mays)

    def _mays(
        self, reach: Candidate, limit: Candidate | None, grants: tuple[Candidate | None, ...]
    ) -> tuple[Candidate, ...]:
        """How far nobody in particular may go, and each role from the least."""
        better, settings = self.plan.term.better, self.plan.settings
        mays = [reach]
        by_role = dict(zip(settings.roles, grants, strict=False))
        for group in settings.role_groups:
            below = reach
            for role in group:
                grant = by_role.get(role)
                if grant is not None and limit is not None and kinder(grant.value, limit.value, better):
                    grant = limit
                own = below if grant is None else best_of(below, grant, better) or below
                mays.append(own)
                reach = best_of(reach, own, better) or reach
        return tuple(mays)


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
