"""What differs between two books on one day, part by part: exactly which cases get something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.history.layout import Layout, Question
from servkit.history.sides import ON_RECORD

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from servkit.book.conditions import Condition
    from servkit.history.sides import SideOnDay

#: As it is told: text, the values of a conflict, or nothing.
Told = str | tuple[str, ...] | None
YES, NO = "yes", "no"


class Part(NamedTuple):
    """What is compared: ``what`` is term, document or segment; ``role`` is that of ``you_may``."""

    what: str
    id: str
    part: str
    role: str | None = None


class Effect(NamedTuple):
    """One class on one day: where ``diagram`` is true, a part is ``before`` in one book and ``after`` in the other.

    ``fine`` is true where it surely differs; of plain values that is everywhere. It ``follows`` where the term's value
    changes in the same way in all of these cases.
    """

    part: Part
    before: Told
    after: Told
    direction: str
    exact: bool
    layout: Layout
    diagram: int
    fine: int
    follows: bool = False


def segment_effects(id_: str, before: SideOnDay, after: SideOnDay, *, blank: frozenset[str]) -> Iterator[Effect]:
    """Who is in a segment."""
    conditions = [[side.conditions[id_]] if id_ in side.conditions else None for side in (before, after)]
    yield from _verdicts(Part("segment", id_, "members"), conditions, (before, after), blank)


def document_effects(
    kind: str, id_: str, before: SideOnDay, after: SideOnDay, *, blank: frozenset[str]
) -> Iterator[Effect]:
    """To whom a document applies."""
    found = [side.document((kind,), id_) for side in (before, after)]
    conditions = [list(document.conditions) if document is not None else None for document in found]
    yield from _verdicts(Part("document", f"{kind}:{id_}", "applies"), conditions, (before, after), blank)


def _verdicts(
    part: Part, conditions: Sequence[list[Condition] | None], sides: tuple[SideOnDay, SideOnDay], blank: frozenset[str]
) -> Iterator[Effect]:
    questions = [Question(side, found or ()) for side, found in zip(sides, conditions, strict=True)]
    layout = Layout(questions[0], questions[1], blank)
    d = layout.diagrams
    left, right = (verdict_of(layout, which, found) for which, found in enumerate(conditions))
    for before, after, diagram in (
        (NO, YES, d.choose(left, d.false, right)),
        (YES, NO, d.choose(right, d.false, left)),
    ):
        if diagram != d.false:
            yield Effect(part, before, after, "other", True, layout, diagram, diagram)


def verdict_of(layout: Layout, which: int, conditions: Sequence[Condition] | None) -> int:
    """Where all conditions are true, however the names are filled in that are not on record."""
    d, evaluation = layout.diagrams, layout.evaluations[which]
    if conditions is None or evaluation is None:
        return d.false
    out = d.true
    for condition in conditions:
        out = d.choose(evaluation.condition(condition), out, d.false)
    return settle_blanks(layout, out, lambda one, two: one and two)


def settle_blanks(layout: Layout, diagram: int, join: Callable[[Any, Any], Hashable]) -> int:
    """The diagram in which a name that is not on record has no value: all that its values lead to is joined."""
    d = layout.diagrams
    for place, variable in enumerate(layout.variables):
        if not variable.name.startswith(ON_RECORD):
            continue
        name = variable.name.removeprefix(ON_RECORD)
        missing, there = (restricted(layout, diagram, place, cell) for cell in (0, 1))
        for other, one in enumerate(layout.variables):
            if one.name == name:
                missing = d.rebuild(missing, {other: lambda children: _joined(layout, children, join)})
        diagram = d.choose(d.node(place, (d.false, d.true)), there, missing)
    return diagram


def _joined(layout: Layout, children: list[int], join: Callable[[Any, Any], Hashable]) -> list[int]:
    d = layout.diagrams
    distinct = list(dict.fromkeys(children))
    return [d.fold(distinct, distinct[0], lambda one, two: d.combine(one, two, join))] * len(children)


def restricted(layout: Layout, diagram: int, place: int, cell: int) -> int:
    """The diagram where a variable is in one cell."""
    return layout.diagrams.rebuild(diagram, {place: lambda children: [children[cell]] * len(children)})
