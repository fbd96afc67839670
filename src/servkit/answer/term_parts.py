"""What a term of an answer is worked out from: the rows that may decide, who may override them, and how values meet."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.candidates import Candidate, together
from servkit.answer.term_plan import Offer
from servkit.book.amounts import Counted, Dated, Plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.answer.case_context import CaseContext
    from servkit.answer.term_plan import RowPlan, TermOutcome, TermOverride, TermPlan
    from servkit.book.amounts import Expression


class TermOutcomes(NamedTuple):
    """A term over all fillings: its outcomes, and the unknowns that matter.

    ``ends_depend`` are the unknowns that decide how far the role of the case may go. ``row`` is the one that decides
    alone, as the book has it.
    """

    outcomes: list[TermOutcome]
    unknowns: set[str]
    ends_depend: set[str]
    exact: bool
    row: RowPlan | None = None


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
