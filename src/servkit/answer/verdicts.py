"""The verdict on a condition: whether it holds however the unknowns are filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from servkit.answer.case_facts import World
    from servkit.book.conditions import Condition


class Verdict(NamedTuple):
    """True, false or unknown, and the unknowns it hangs on; not ``exact`` where the cap was reached."""

    verdict: bool | None
    unknown: frozenset[str] = frozenset()
    exact: bool = True


def verdict_on(world: World, condition: Condition) -> Verdict:
    """Weigh a condition; beyond the cap it is as three-valued logic has it. Raises Incomparable."""
    known = condition.kleene(world.record)
    if known is not None:
        return Verdict(known)
    from servkit.answer.evaluation import Weighing
    from servkit.domains.diagram import TooManyCombinationsError

    exact = True
    try:
        weighing = Weighing(world, [condition])
        diagram = weighing.condition(condition)
    except TooManyCombinationsError:
        exact = False
        weighing = Weighing(world, [condition], exact=False)
        diagram = weighing.condition(condition)
    if diagram < 0:
        return Verdict(bool(weighing.diagrams.outcome(diagram)), frozenset(), exact)
    return Verdict(None, frozenset(weighing.asked(diagram)), exact)
