"""The verdict on a condition: whether it holds however the unknowns are filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.evaluation import Evaluation
from servkit.answer.three_valued import undecided
from servkit.domains.diagram import TooManyCombinationsError

if TYPE_CHECKING:
    from servkit.answer.case_context import CaseContext
    from servkit.book.conditions import Condition


class Verdict(NamedTuple):
    """True, false or unknown, and the unknowns it depends on; not ``exact`` with too many combinations."""

    verdict: bool | None
    unknown: frozenset[str] = frozenset()
    exact: bool = True


def verdict_on(context: CaseContext, condition: Condition) -> Verdict:
    """The exact verdict; with too many combinations, that of three-valued logic. Raises Incomparable."""
    known = condition.kleene(context.record)
    if known is not None:
        return Verdict(known)
    try:
        evaluation = Evaluation(context, [condition])
        diagram = evaluation.condition(condition)
    except TooManyCombinationsError:
        return Verdict(None, frozenset(undecided(context, condition)), exact=False)
    if diagram < 0:
        return Verdict(bool(evaluation.diagrams.outcome(diagram)))
    return Verdict(None, frozenset(evaluation.unknowns(diagram)))
