"""The variables of one question to two books: one order, and one set of cells for each name.

Every name is cut at the constants of both books. So a path through a diagram of either book is the same set of cases,
and two diagrams can be joined. An amount that is worked out needs more cuts than the conditions, to see where it
changes. :attr:`Layout.groups` says which cells the conditions alone do not tell apart.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.amount_cuts import amount_cuts
from servkit.answer.evaluation import Evaluation
from servkit.book.conditions import Has
from servkit.domains.axes import make_axis
from servkit.domains.axis import Axis
from servkit.domains.diagram import Diagrams, TooManyCombinationsError
from servkit.domains.representatives import far_from
from servkit.history.sides import ON_RECORD, SideOnDay

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.answer.case_context import CaseContext
    from servkit.book.amounts import Expression
    from servkit.book.conditions import Atom, Condition
    from servkit.book.settings import Attribute
    from servkit.book.values import Value

#: A diagram is as deep as it has variables.
MAX_VARIABLES = 400


class CannotCompareError(Exception):
    """No case can be put to both books alike; the message says which name stands in the way."""


class Question(NamedTuple):
    """What is asked of one book on one day."""

    on: SideOnDay
    conditions: Sequence[Condition]
    amounts: Sequence[Expression] = ()
    levels: frozenset[Decimal] = frozenset()

    @property
    def context(self) -> CaseContext:
        return self.on.context


class Variable(NamedTuple):
    """One variable: a name, or one ``item`` of a list. ``axes`` are the cells as each book sees them."""

    name: str
    attribute: Attribute
    item: str | None
    axes: tuple[Axis, Axis] | None
    atoms: tuple[Atom, ...]

    @property
    def size(self) -> int:
        return self.axes[0].size if self.axes is not None else 2


class SideEvaluation(Evaluation):
    """The diagrams of one book over the variables of both."""

    def __init__(self, context: CaseContext, diagrams: Diagrams, atoms: dict[str, list[Atom]]) -> None:
        self.context, self.diagrams = context, diagrams
        self._atoms, self._built, self._collected = atoms, {}, set()
        self._axes, self._far, self.names, self._place = [], [], [], {}

    def collect(self, question: Question) -> None:
        """Note every test of what is not known."""
        for condition in question.conditions:
            self._collect(condition)
        for amount in question.amounts:
            for name in amount.names():
                if name not in self.context.record.values:
                    self._atoms.setdefault(name, [])

    def cuts(self, questions: Iterable[Question]) -> dict[str, set[tuple[str, Decimal]]]:
        """Where amounts change (see :mod:`servkit.answer.amount_samples`)."""
        amounts = [amount for question in questions for amount in question.amounts]
        levels = frozenset().union(*(question.levels for question in questions))
        return amount_cuts(self.context.record, amounts, levels, self._atoms)

    def amount(self, amount: Expression | None) -> int:
        """The diagram of an amount. In a complete case it is one value, and nothing follows beyond it."""
        found = super().amount(amount)
        if amount is None:
            return found
        d = self.diagrams
        out = d.map(found, lambda one: one and one._replace(moves=False, reached=True))
        for name in amount.names():
            place = self._place.get((ON_RECORD + name, None))
            if place is not None:
                out = d.choose(d.node(place, (d.false, d.true)), out, found)
        return out

    def lay_out(self, variables: Sequence[Variable], far: Sequence[Decimal | None], which: int) -> None:
        """Take over the variables that were chosen for both books."""
        for place, variable in enumerate(variables):
            self._place[variable.name, variable.item] = place
            self.names.append(variable.name)
            self._axes.append(variable.axes[which] if variable.axes is not None else None)
        self._far = list(far)


class Layout:
    """The variables of a question to two books, and an evaluation of each over them."""

    def __init__(self, before: Question | None, after: Question | None, blank: frozenset[str] = frozenset()) -> None:
        """``blank`` are the names that may be missing on record."""
        self.diagrams = Diagrams()
        #: The day that the cells of dates are those of.
        self.day = next(question.on.day for question in (after, before) if question is not None)
        self._questions = [before, after]
        asked = [question for question in self._questions if question is not None]
        atoms: list[dict[str, list[Atom]]] = [{}, {}]
        self.evaluations = [
            SideEvaluation(question.context, self.diagrams, atoms[which]) if question is not None else None
            for which, question in enumerate(self._questions)
        ]
        for question, evaluation in zip(self._questions, self.evaluations, strict=True):
            if question is not None and evaluation is not None:
                evaluation.collect(question)
        both = {name: [*atoms[0].get(name, ()), *atoms[1].get(name, ())] for name in {*atoms[0], *atoms[1]}}
        cuts: dict[str, set[tuple[str, Decimal]]] = {}
        for evaluation in self.evaluations:
            if evaluation is not None and any(question.amounts for question in asked):
                evaluation._atoms = both  # noqa: SLF001 - a side looks where the other one asks
                for name, found in evaluation.cuts(asked).items():
                    cuts.setdefault(name, set()).update(found)
        self.variables: list[Variable] = []
        self._far: list[Decimal | None] = []
        #: For each variable, by its place: which cells the conditions tell apart; None where all of them are.
        self.groups: dict[int, list[int]] = {}
        for name in sorted({*both, *(ON_RECORD + name for name in both if name in blank)}):
            self._add(name, (atoms[0].get(name, []), atoms[1].get(name, [])), cuts.get(name, set()))
        if len(self.variables) > MAX_VARIABLES:
            raise TooManyCombinationsError
        for which, evaluation in enumerate(self.evaluations):
            if evaluation is not None:
                evaluation.lay_out(self.variables, self._far, which)
        self.places = {(variable.name, variable.item): place for place, variable in enumerate(self.variables)}

    def _add(self, name: str, atoms: tuple[list[Atom], list[Atom]], cuts: set[tuple[str, Decimal]]) -> None:
        attributes = [question.on.side.variables.get(name) if question is not None else None
                      for question in self._questions]  # fmt: skip
        one = attributes[1] or attributes[0]
        assert one is not None
        other = attributes[0] or one
        if one.type != other.type:
            raise CannotCompareError(f"{name} is a {other.type} before and a {one.type} after")
        tests = (*atoms[0], *atoms[1])
        if one.type == "list":
            for item in sorted({item for atom in tests if isinstance(atom, Has) for item in atom.items}):
                self.variables.append(Variable(name, one, item, None, tests))
                self._far.append(None)
            return
        far = far_from([size for _, size in cuts]) if one.type != "date" and cuts else None
        axes = self._axes(name, (other, one), atoms, cuts, far)
        if far is not None:
            self.groups[len(self.variables)] = _groups(axes, atoms)
        self.variables.append(Variable(name, one, None, axes, tests))
        self._far.append(far)

    def _axes(
        self,
        name: str,
        attributes: tuple[Attribute, Attribute],
        atoms: tuple[list[Atom], list[Atom]],
        cuts: set[tuple[str, Decimal]],
        far: Decimal | None,
    ) -> tuple[Axis, Axis]:
        """The cells of a name as each book sees them."""
        days = [question.on.day if question is not None else None for question in self._questions]
        left, right = days[0] or days[1] or 0, days[1] or days[0] or 0
        one = attributes[1]
        if one.type == "date":
            first = make_axis(one, atoms[0], left, cuts)
            second = make_axis(one, atoms[1], right, [*cuts, *_starts(first)])
            return make_axis(one, atoms[0], left, _starts(second)), second
        if one.type in ("choice", "text") and attributes[0].of != one.of:
            return _common(attributes, atoms)
        _check_families(name, atoms, cuts)
        both = [*atoms[0], *atoms[1]]
        floors = [attribute.floor for attribute in attributes if attribute.floor is not None]
        floor: Value | None = max(floors, key=lambda found: found.size) if floors else None
        if far is not None:
            cuts = cuts | {(family, way * far) for family in {family for family, _ in cuts} for way in (-1, 1)}
        axis = make_axis(one._replace(floor=floor), both, right, cuts)
        return axis, axis


def _starts(axis: Axis) -> list[tuple[str, Decimal]]:

    return [("date", Decimal(cell.days[0])) for cell in axis.cells if cell.days is not None]


def _check_families(name: str, atoms: tuple[list[Atom], list[Atom]], cuts: set[tuple[str, Decimal]]) -> None:
    """A value compares with one family alone; one that a book cannot compare counts as unknown there."""
    families = {arg.family for side in atoms for atom in side for arg in atom.args if hasattr(arg, "family")}
    families |= {family for family, _ in cuts}
    if len(families) > 1:
        raise CannotCompareError(f"{name} is compared with {' and with '.join(sorted(families))}")


def _groups(axes: tuple[Axis, Axis], atoms: tuple[list[Atom], list[Atom]]) -> list[int]:
    """For each cell the number of its group: cells for which every test has the same answer are in one."""
    masks = [axis.mask(atom) for axis, tests in zip(axes, atoms, strict=True) for atom in tests]
    numbers: dict[tuple[bool, ...], int] = {}
    return [
        numbers.setdefault(tuple(bool(mask >> cell & 1) for mask in masks), len(numbers))
        for cell in range(axes[0].size)
    ]


class _CommonAxis(Axis):
    """Those of a book's choices that both books have, in the order of the other book."""

    def __init__(self, own: Axis, common: Sequence[object]) -> None:
        super().__init__(own.variable, [cell for value in common for cell in own.cells if cell.value == value])
        self._own = own
        self._places = [next(place for place, cell in enumerate(own.cells) if cell.value == value) for value in common]

    def find(self, value: Value) -> int | None:
        place = self._own.find(value)
        return self._places.index(place) if place in self._places else None

    def _mask(self, atom: Atom) -> int:
        mask = self._own.mask(atom)
        return sum((mask >> place & 1) << cell for cell, place in enumerate(self._places))


def _common(attributes: tuple[Attribute, Attribute], atoms: tuple[list[Atom], list[Atom]]) -> tuple[Axis, Axis]:
    before, after = attributes
    if not (before.of and after.of):  # free text on one side can be any of the other's
        listed = after if after.of else before
        before, after = listed, listed
    common = [choice for choice in after.of if choice in before.of]
    if not common:
        raise CannotCompareError(f"{after.name} has no choice that is there before and after")
    first, second = (make_axis(attribute, tests, 0) for attribute, tests in zip((before, after), atoms, strict=True))
    return _CommonAxis(first, common), _CommonAxis(second, common)
