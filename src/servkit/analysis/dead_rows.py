"""Dead rows: rows of a decision table that no customer and no case ever reaches, because the rows above take all of it.

Exact: a row is dead where its condition, within the applicability of its document, is covered by the *union* of the
rows above it, on every day on which the document is in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.analysis.results import DISAGREES, TOO_MANY, Fault, Outcome, Unproved
from servkit.analysis.universe import Spot, TooManyCombinationsError
from servkit.analysis.value_sources import setters_of, settled_spot
from servkit.analysis.witness import Story, Witness, about_document, case_at, witness
from servkit.analysis.wording import listed
from servkit.book.entries import OWNERS
from servkit.domains.cover import Cover
from servkit.domains.space import Box, Space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.universe import Universe
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.terms import Term

DEAD = "dead-row"
#: A union of more rows than this is not narrowed down to the rows that are needed.
_MOST_NARROWED = 16
#: Of one table, so many dead rows are shown by a witness. Each takes a look at all rows, and thousands would take the
#: square of that.
MOST_SHOWN = 100


class Table(NamedTuple):
    """What became of the rows of one table, over all days: where each was reached, and which rows hid it else."""

    reached: dict[int, Spot]
    hidden: dict[int, set[int]]
    #: Rows whose condition leaves nobody within the document's applicability.
    empty: set[int]
    unsettled: set[int]


def read_table(universe: Universe, term: Term, entry: Entry) -> Table:
    """Which rows of a term are reached, and by whom."""
    restriction = universe.restriction(entry)
    context = () if restriction is None else (restriction,)
    conditions = [row.when for row in term.rows]
    table = Table({}, {}, set(), set())
    for day in universe.days((*conditions, *context), (entry,)):
        _day(universe, day, conditions, context, table)
    rows = set(range(len(term.rows)))
    table.empty.update(rows - table.reached.keys() - table.hidden.keys() - table.unsettled)
    return table


def _day(universe: Universe, day: int, rows: list[Condition], context: tuple[Condition, ...], table: Table) -> None:
    """Walk a table from the top on one day; every row that is reached makes the union of those above larger."""
    space = Space(universe.scene(day), (*rows, *context))
    around = space.both(space.boxes(condition) for condition in context)
    cover = Cover([axis.size for axis in space.axes])
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
            spot = Spot(space, point)
            if index not in table.reached or (table.reached[index].loose and not spot.loose):
                table.reached[index] = spot
        for box in own:
            cover.add(box)
            owner.append(index)


def _outside(cover: Cover, boxes: list[Box], index: int, table: Table) -> tuple[dict[int, int] | None, set[int]]:
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


def dead_rows(universe: Universe) -> Iterator[Outcome]:
    """Every dead row of a book."""
    for entry in universe.questionable:
        for name, term in entry.terms.items() if entry.kind in OWNERS else ():
            if len(term.rows) > 1 or (term.rows and universe.restriction(entry) is not None):
                yield from _of_term(universe, entry, name, term)


def _of_term(universe: Universe, entry: Entry, name: str, term: Term) -> Iterator[Outcome]:
    if not universe.days((), (entry,)):
        return
    try:
        table = read_table(universe, term, entry)
    except TooManyCombinationsError:
        yield Unproved(DEAD, entry, ("terms", name, "cases"), TOO_MANY.format(what="every row can be reached"))
        return
    dead = sorted((table.hidden.keys() | table.empty) - table.reached.keys() - table.unsettled)
    for count, index in enumerate(dead):
        where = ("terms", name, "cases", index)
        hiding = sorted(table.hidden.get(index, ()))
        spot = None if hiding and count >= MOST_SHOWN else _somebody(universe, term, entry, index)
        if spot is None and not hiding:
            if _alone(universe, term, entry, index):
                why = f"{entry.id} never applies where it holds"
                message = f"row {index + 1} is never reached: {why}; correct it, or take it away"
                yield Fault(DEAD, entry, where, message)
            continue  # else its condition never holds at all, which is said of the condition
        rows = listed([f"row {row + 1}" for row in hiding])
        takes = "takes" if len(hiding) == 1 else "together take"
        message = (
            f"row {index + 1} is never reached: {rows} {takes} everybody it speaks of; move it up, or take it away"
        )
        shown = _shown(universe, term, entry, index, spot) if spot is not None else None
        if shown is not None and _decides(shown, term, index):
            yield Unproved(DEAD, entry, where, DISAGREES)
        else:
            yield Fault(DEAD, entry, where, message, shown)
    for index in sorted(table.unsettled - table.reached.keys()):
        yield Unproved(DEAD, entry, ("terms", name, "cases", index), TOO_MANY.format(what="this row can be reached"))


def _somebody(universe: Universe, term: Term, entry: Entry, index: int) -> Spot | None:
    """Somebody of whom the row speaks, and whom an earlier row takes."""
    restriction = universe.restriction(entry)
    wanted = [term.rows[index].when, *([] if restriction is None else [restriction])]
    return settled_spot(universe, wanted, (), [setter.when for setter in setters_of(universe, term)], (entry,))


def _decides(shown: Witness, term: Term, index: int) -> bool:
    """Whether resolution takes the value from the row after all."""
    if shown.truth(term.rows[index].when) is not True:
        return False
    return all(shown.truth(row.when) is False for row in term.rows[:index])


def _alone(universe: Universe, term: Term, entry: Entry, index: int) -> bool:
    return universe.find([term.rows[index].when], (), (entry,)) is not None


def _shown(universe: Universe, term: Term, entry: Entry, index: int, spot: Spot) -> Witness | None:
    case = case_at(spot, universe.book, about_document(entry, universe.book))
    story = Story(
        f"{term.ref.replace('.', '-')}-row-{index + 1}",
        f"{term.ref}: row {index + 1} holds, and an earlier row decides",
        terms=(term.ref,),
    )
    return witness(universe.asked(case), case, story)
