"""Evaluation where nothing is unknown: the one way of filling in is what is on record.

The same questions as :class:`servkit.answer.evaluation.Evaluation` answers, with outcomes in place of diagrams;
most questions at a desk are of this sort, and are answered without loading the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.known_amounts import RecordFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from servkit.answer.case_context import CaseContext
    from servkit.book.amounts import Expression
    from servkit.book.conditions import Condition


class CertainDiagrams:
    """Outcomes as their own diagrams."""

    true, false = True, False

    def leaf(self, outcome: Any) -> Any:
        return outcome

    def choose(self, condition: bool, then: Any, other: Any) -> Any:
        return then if condition else other

    def combine(self, left: Any, right: Any, join: Callable[[Any, Any], Any]) -> Any:
        return join(left, right)

    def map(self, diagram: Any, change: Callable[[Any], Any]) -> Any:
        return change(diagram)

    def outcomes(self, diagram: Any) -> list[Any]:
        return [diagram]


class CertainEvaluation:
    """Weighs conditions and amounts of which everything is on record."""

    diagrams = CertainDiagrams()

    def __init__(self, context: CaseContext) -> None:
        self.record = context.record

    def condition(self, condition: Condition) -> bool:
        return bool(condition.kleene(self.record))

    def amount(self, amount: Expression | None) -> Any:
        return None if amount is None else amount.work_out(RecordFacts(self.record))

    def is_open(self, diagram: Any) -> bool:  # noqa: ARG002
        """Whether an outcome hangs on anything unknown."""
        return False

    def asked(self, diagram: Any) -> set[str]:  # noqa: ARG002
        return set()


def is_certain(context: CaseContext, conditions: Iterable[Condition], amounts: Iterable[Expression]) -> bool:
    """Whether everything that these hang on is on record. Raises Incomparable."""
    record = context.record
    return all(condition.kleene(record) is not None for condition in conditions) and all(
        name in record.values for amount in amounts for name in amount.names()
    )
