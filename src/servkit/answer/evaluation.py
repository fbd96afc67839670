"""Evaluation of one question over everything that is not known: conditions and amounts as decision diagrams."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from servkit.answer.amount_cuts import cuts_of
from servkit.book.amounts import Plain
from servkit.book.conditions import All, AnyOf, Atom, Condition, Has, InSegment, Not
from servkit.book.intervals import Span, point
from servkit.domains.axes import make_axis
from servkit.domains.diagram import CAP, Diagrams, TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from servkit.answer.case_context import CaseContext
    from servkit.book.amounts import Expression
    from servkit.book.conditions import Record
    from servkit.book.values import Value
    from servkit.domains.axis import Axis, Cell

#: With more variables than this in one question, three-valued logic answers: a diagram is as deep as it has variables.
MAX_VARIABLES = 200


class Evaluation:
    """One question's diagrams, over the unknowns that its conditions and amounts name.

    ``exact`` is false where there would be too many combinations: every undecided condition is then a variable of its
    own, as three-valued logic has it, and more may be asked than necessary, never less.
    """

    def __init__(
        self,
        context: CaseContext,
        conditions: Iterable[Condition],
        amounts: Iterable[Expression] = (),
        *,
        exact: bool = True,
    ) -> None:
        self.context, self.exact = context, exact
        self.diagrams = Diagrams()
        self._atoms: dict[str, list[Atom]] = {}
        self._cuts: dict[str, set[tuple[str, Decimal]]] = {}
        self._opaque: list[Condition] = []
        self._built: dict[int, int] = {}
        for condition in conditions:
            self._collect(condition)
        for amount in amounts:
            self._collect_amount(amount)
        #: The axis of each variable; None for an item of a list, or for a whole condition, which is true or not.
        self._axes: list[Axis | None] = []
        self.names: list[tuple[str, ...]] = []
        self._place: dict[tuple[str, str | None], int] = {}
        self._lay_out()

    # --- variables --------------------------------------------------------------------------------------------

    def _collect(self, condition: Condition) -> None:
        if not self.exact:
            if condition.kleene(self.context.record) is None and condition not in self._opaque:
                self._opaque.append(condition)
            return
        for atom in condition.atoms():
            if isinstance(atom, InSegment):
                for item in atom.items:
                    if self.context.record.segments.get(item, False) is None:
                        self._collect(self.context.segment_conditions[item])
            elif atom.op != "known" and atom.name not in self.context.record.values:
                self._atoms.setdefault(atom.name, []).append(atom)

    def _collect_amount(self, amount: Expression) -> None:
        for cut in cuts_of(amount):
            if cut.name not in self.context.record.values:
                self._atoms.setdefault(cut.name, [])
                self._cuts.setdefault(cut.name, set()).add((cut.family, cut.size))

    def _lay_out(self) -> None:
        """An order of variables: by name, a list's items each on its own; then, where not exact, the conditions."""
        context = self.context
        for name in sorted(self._atoms):
            atoms, variable = self._atoms[name], context.variables[name]
            if variable.type == "list":
                for item in sorted({item for atom in atoms if isinstance(atom, Has) for item in atom.items}):
                    self._add((name, item), name)
            else:
                axis = make_axis(variable, atoms, context.record.today, self._cuts.get(name, ()))
                self._add((name, None), name, axis)
        for condition in self._opaque:
            self._place["", str(id(condition))] = len(self.names)
            self.names.append(tuple(sorted(self._undecided(condition))))
            self._axes.append(None)
        if len(self.names) > MAX_VARIABLES and self.exact:
            raise TooManyCombinationsError

    def _add(self, key: tuple[str, str | None], name: str, axis: Axis | None = None) -> None:
        self._place[key] = len(self.names)
        self.names.append((name,))
        self._axes.append(axis)

    def _undecided(self, condition: Condition) -> Iterator[str]:
        """The names on which the verdict of three-valued logic depends."""
        record = self.context.record
        if condition.kleene(record) is not None:
            return
        if isinstance(condition, All):
            for part in condition.parts:
                yield from self._undecided(part)
        elif isinstance(condition, Not):
            yield from self._undecided(condition.part)
        elif isinstance(condition, InSegment):
            for item in condition.items:
                if record.segments.get(item, False) is None:
                    yield from self._undecided(self.context.segment_conditions[item])
        elif isinstance(condition, Atom):
            yield condition.name

    # --- diagrams ---------------------------------------------------------------------------------------------

    def condition(self, condition: Condition) -> int:
        """The diagram of a condition; its outcomes are True and False."""
        found = self._built.get(id(condition))
        if found is None:
            found = self._built[id(condition)] = self._build(condition)
        return found

    def _build(self, condition: Condition) -> int:
        diagrams, record = self.diagrams, self.context.record
        known = condition.kleene(record)
        if known is not None:
            return diagrams.true if known else diagrams.false
        if not self.exact and condition in self._opaque:
            return diagrams.node(self._place["", str(id(condition))], (diagrams.false, diagrams.true))
        if isinstance(condition, AnyOf):
            out = diagrams.false
            for part in condition.parts:
                out = diagrams.choose(self.condition(part), diagrams.true, out)
            return out
        if isinstance(condition, All):
            out = diagrams.true
            for part in condition.parts:
                out = diagrams.choose(self.condition(part), out, diagrams.false)
            return out
        if isinstance(condition, Not):
            return diagrams.choose(self.condition(condition.part), diagrams.false, diagrams.true)
        assert isinstance(condition, Atom)
        return self._has(condition) if isinstance(condition, Has) else self._atom(condition)

    def _atom(self, atom: Atom) -> int:
        place = self._place[atom.name, None]
        axis = self._axis(place)
        mask, leaves = axis.mask(atom), (self.diagrams.false, self.diagrams.true)
        return self.diagrams.node(place, [leaves[mask >> cell & 1] for cell in range(axis.size)])

    def _axis(self, place: int) -> Axis:
        axis = self._axes[place]
        assert axis is not None
        return axis

    def _has(self, atom: Has) -> int:
        diagrams = self.diagrams
        every = atom.op == "has_all"
        out = diagrams.true if every else diagrams.false
        for item in atom.items:
            if isinstance(atom, InSegment):
                found = self._segment(item)
            else:
                found = diagrams.node(self._place[atom.name, item], (diagrams.false, diagrams.true))
            out = diagrams.choose(found, out, diagrams.false) if every else diagrams.choose(found, diagrams.true, out)
        return diagrams.choose(out, diagrams.false, diagrams.true) if atom.op in ("is_not", "not_in") else out

    def _segment(self, id_: str) -> int:
        verdict = self.context.record.segments.get(id_, False)
        if verdict is None:
            return self.condition(self.context.segment_conditions[id_])
        return self.diagrams.true if verdict else self.diagrams.false

    def amount(self, amount: Expression | None) -> int:
        """The diagram of an amount; its outcomes are a value, a range of values, or None where there is none."""
        if amount is None:
            return self.diagrams.leaf(None)
        if isinstance(amount, Plain):
            return self.diagrams.leaf(amount.value)
        places = sorted({self._place[name, None] for name in amount.names() if name not in self.context.record.values})

        def walk(rest: list[int], chosen: dict[str, Cell]) -> int:
            if not rest:
                return self.diagrams.leaf(amount.work_out(_Facts(self.context.record, chosen)))
            place = rest[0]
            name = self.names[place][0]
            children = [walk(rest[1:], chosen | {name: cell}) for cell in self._axis(place).cells]
            return self.diagrams.node(place, children)

        size = 1
        for place in places:
            size *= self._axis(place).size
        if size > CAP:
            raise TooManyCombinationsError
        return walk(places, {})

    def is_open(self, diagram: int) -> bool:
        """Whether an outcome depends on anything unknown."""
        return diagram >= 0

    def unknowns(self, diagram: int) -> set[str]:
        """The names of the unknowns that the outcome depends on."""
        return {name for place in self.diagrams.variables(diagram) for name in self.names[place]}


class _Facts:
    """What an amount is worked out from: what is on record, and one cell for everything else."""

    def __init__(self, record: Record, chosen: Mapping[str, Cell]) -> None:
        self.record, self.chosen = record, chosen

    @property
    def today(self) -> int:
        return self.record.today

    def day(self, name: str) -> int | None:
        value = self.record.values.get(name)
        return int(value.size) if value is not None else _first_day(self.chosen[name])

    def span(self, name: str) -> tuple[Span, Value | None]:
        value = self.record.values.get(name)
        if value is not None:
            return point(value.size), value
        cell = self.chosen[name]
        return cell.span or point(Decimal(_first_day(cell))), None


def _first_day(cell: Cell) -> int:
    assert cell.days is not None
    return cell.days[0]
