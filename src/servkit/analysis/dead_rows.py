"""Dead rows: rows of a decision table that no case ever reaches, because the rows above cover all of it.

Exact: a row is dead where its condition, within the applicability of its document, is covered by the *union* of the
rows above it, on every day on which the document is in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.analysis.case_space import Assignment
from servkit.analysis.condition_parts import joined
from servkit.analysis.results import DISAGREES, TOO_MANY, Fault, Outcome, Unproved
from servkit.analysis.witness import Story, Witness, about_document, case_at, witness
from servkit.domains.cover import Cover
from servkit.domains.diagram import TooManyCombinationsError
from servkit.domains.space import Box, Space
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.case_space import CaseSpace
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.terms import Term

DEAD = "dead-row"
#: Out of more rows than this, those that are needed to hide a row are not picked.
_MOST_NARROWED = 16
#: So many dead rows of one table get a witness. Each witness looks at all rows, so that the cost of thousands would
#: grow with their square.
MOST_SHOWN = 100


class TableReach(NamedTuple):
    """The rows of one table, over all days: the case that reaches a row, or the rows that hide it."""

    reached: dict[int, Assignment]
    hidden: dict[int, set[int]]
    #: Rows whose condition leaves nobody within the document's applicability.
    empty: set[int]
    unsettled: set[int]


def read_table(cases: CaseSpace, term: Term, entry: Entry) -> TableReach:
    """Which rows of a term are reached, and in which case."""
    restriction = cases.restriction(entry)
    context = () if restriction is None else (restriction,)
    conditions = [row.when for row in term.rows]
    table = TableReach({}, {}, set(), set())
    for day in cases.days((*conditions, *context), (entry,)):
        _day(cases, day, conditions, context, table)
    rows = set(range(len(term.rows)))
    table.empty.update(rows - table.reached.keys() - table.hidden.keys() - table.unsettled)
    return table


def _day(cases: CaseSpace, day: int, rows: list[Condition], context: tuple[Condition, ...], table: TableReach) -> None:
    """Walk a table from the top on one day; every row that is reached makes the union of those above larger."""
    space = Space(cases.scene(day), (*rows, *context))
    around = space.both(space.boxes(condition) for condition in context)
    cover = Cover(space.sizes)
    owner: list[int] = []
    for index, row in enumerate(rows):
        try:
            own = space.boxes(row)
            inside = space.both((own, around)) if context else own
            point, hiding = _outside(cover, inside, index, table)
        except TooManyCombinationsError:
            table.unsettled.add(index)
            continue
        if inside and point is None:
            table.hidden.setdefault(index, set()).update(owner[box] for box in hiding)
            continue  # what is hidden hides nothing that is not hidden already
        if point is not None:
            assignment = Assignment(space, point)
            if index not in table.reached or (table.reached[index].uncertain and not assignment.uncertain):
                table.reached[index] = assignment
        for box in own:
            cover.add(box)
            owner.append(index)


def _outside(cover: Cover, boxes: list[Box], index: int, table: TableReach) -> tuple[dict[int, int] | None, set[int]]:
    """A point of the row that no row above takes, or the boxes of the rows that take all of it."""
    hiding: set[int] = set()
    for box in boxes:
        point = cover.point(box)
        if point is not None:
            return point, set()
        if index not in table.reached:
            hiding.update(_narrowed(cover, box))
    return None, hiding


def _narrowed(cover: Cover, box: Box) -> set[int]:
    """Boxes that cover a box together; none could be left out, where they are few."""
    needed = cover.core
    if len(needed) <= _MOST_NARROWED:
        for number in sorted(needed, reverse=True):
            if cover.covered_by(box, needed - {number}):
                needed = needed - {number}
    return set(needed)


def dead_rows(cases: CaseSpace) -> Iterator[Outcome]:
    """Every dead row of a book."""
    for entry in cases.documents:
        for name, term in entry.terms.items():
            if len(term.rows) > 1 or (term.rows and cases.restriction(entry) is not None):
                yield from _of_term(cases, entry, name, term)


def _of_term(cases: CaseSpace, entry: Entry, name: str, term: Term) -> Iterator[Outcome]:
    if not cases.ever_in_force(entry):
        return
    try:
        table = read_table(cases, term, entry)
    except TooManyCombinationsError:
        yield Unproved(DEAD, entry, ("terms", name, "cases"), TOO_MANY.format(what="every row can be reached"))
        return
    dead = sorted((table.hidden.keys() | table.empty) - table.reached.keys() - table.unsettled)
    for count, index in enumerate(dead):
        where = ("terms", name, "cases", index)
        hiding = sorted(table.hidden.get(index, ()))
        assignment = None if hiding and count >= MOST_SHOWN else _somebody(cases, term, entry, index)
        if assignment is None and not hiding:
            if _alone(cases, term, entry, index):
                why = f"{quoted(entry.id)} never applies where this row holds"
                message = f"Row {index + 1} is never reached: {why}. Correct its condition."
                yield Fault(DEAD, entry, where, message)
            continue  # otherwise its condition never holds, which is reported at the condition
        rows = joined([f"row {row + 1}" for row in hiding])
        covers = "already covers" if len(hiding) == 1 else "together cover"
        message = (
            f"Row {index + 1} is never reached: {rows} {covers} every case it is for."
            " Move it further up, or correct its condition."
        )
        shown = _shown(cases, term, entry, index, assignment) if assignment is not None else None
        if shown is not None and _decides(shown, term, index):
            yield Unproved(DEAD, entry, where, DISAGREES)
        else:
            yield Fault(DEAD, entry, where, message, shown)
    for index in sorted(table.unsettled - table.reached.keys()):
        yield Unproved(DEAD, entry, ("terms", name, "cases", index), TOO_MANY.format(what="this row can be reached"))


def _somebody(cases: CaseSpace, term: Term, entry: Entry, index: int) -> Assignment | None:
    """A case in which the row holds, and an earlier row decides."""
    restriction = cases.restriction(entry)
    required = [term.rows[index].when, *([] if restriction is None else [restriction])]
    return cases.find_decided(required, (), [override.when for override in cases.overrides(term)], (entry,))


def _decides(shown: Witness, term: Term, index: int) -> bool:
    """Whether resolution takes the value from the row after all."""
    if shown.truth(term.rows[index].when) is not True:
        return False
    return all(shown.truth(row.when) is False for row in term.rows[:index])


def _alone(cases: CaseSpace, term: Term, entry: Entry, index: int) -> bool:
    return cases.find([term.rows[index].when], (), (entry,)) is not None


def _shown(cases: CaseSpace, term: Term, entry: Entry, index: int, assignment: Assignment) -> Witness | None:
    case = case_at(assignment, cases.book, about_document(entry, cases.book))
    story = Story(
        f"{term.ref.replace('.', '-')}-row-{index + 1}",
        f"{term.ref}: row {index + 1} holds, and an earlier row decides",
        terms=(term.ref,),
    )
    return witness(cases.library(case), case, story)
