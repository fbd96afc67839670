"""Evaluation of one question over everything that is not known: conditions and amounts as decision diagrams."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

from servkit.answer.amount_cuts import amount_cuts
from servkit.answer.single_names import mask_of, only_name
from servkit.answer.worked_out import Amounted, Cells, amounts_in
from servkit.book.amounts import Plain
from servkit.book.conditions import All, AnyOf, Atom, Condition, Has, InSegment, Not
from servkit.domains.axes import make_axis
from servkit.domains.diagram import CAP, Diagrams, TooManyCombinationsError
from servkit.domains.masks import members
from servkit.domains.representatives import far_from

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
    from decimal import Decimal

    from servkit.answer.case_context import CaseContext
    from servkit.book.amounts import Expression
    from servkit.domains.axis import Axis

#: With more variables than this in one question, three-valued logic answers: a diagram is as deep as it has variables.
MAX_VARIABLES = 200


class Evaluation:
    """One question's diagrams, over the unknowns that its conditions and amounts name.

    ``amounts`` are those that have to be worked out, ``levels`` the sizes that they are compared with.
    Raises TooManyCombinationsError.
    """

    def __init__(
        self,
        context: CaseContext,
        conditions: Iterable[Condition],
        amounts: Collection[Expression] = (),
        levels: Collection[Decimal] = (),
    ) -> None:
        self.context = context
        self.diagrams = Diagrams()
        self._atoms: dict[str, list[Atom]] = {}
        self._built: dict[int, int] = {}
        self._collected: set[int] = set()
        for condition in conditions:
            self._collect(condition)
        for amount in amounts:
            for name in amount.names():
                if name not in context.record.values:
                    self._atoms.setdefault(name, [])
        #: The axis of each variable, None for an item of a list; and the size from which on a cell is far out.
        self._axes: list[Axis | None] = []
        self._far: list[Decimal | None] = []
        self.names: list[str] = []
        self._place: dict[tuple[str, str | None], int] = {}
        self._lay_out(amounts, levels)

    # --- variables --------------------------------------------------------------------------------------------

    def _collect(self, condition: Condition) -> None:
        for atom in condition.atoms():
            if isinstance(atom, InSegment):
                for item in atom.items:
                    inner = self.context.segment_conditions.get(item)
                    if (
                        self.context.record.segments.get(item, False) is None
                        and inner is not None
                        and id(inner) not in self._collected
                    ):
                        self._collected.add(id(inner))
                        self._collect(inner)
            elif atom.op != "known" and atom.name not in self.context.record.values:
                self._atoms.setdefault(atom.name, []).append(atom)

    def _lay_out(self, amounts: Collection[Expression], levels: Collection[Decimal]) -> None:
        """An order of variables: by name, a list's items each on its own."""
        context = self.context
        cuts = amount_cuts(context.record, amounts, levels, self._atoms) if amounts else {}
        for name in sorted(self._atoms):
            atoms, variable = self._atoms[name], context.variables[name]
            if variable.type == "list":
                for item in sorted({item for atom in atoms if isinstance(atom, Has) for item in atom.items}):
                    self._add((name, item), name)
                continue
            found = cuts.get(name, set())
            far = far_from([size for _, size in found]) if variable.type != "date" and found else None
            if far is not None:
                found |= {(family, way * far) for family in {family for family, _ in found} for way in (-1, 1)}
            self._add((name, None), name, make_axis(variable, atoms, context.record.today, found), far)
        if len(self.names) > MAX_VARIABLES:
            raise TooManyCombinationsError

    def _add(
        self, key: tuple[str, str | None], name: str, axis: Axis | None = None, far: Decimal | None = None
    ) -> None:
        self._place[key] = len(self.names)
        self.names.append(name)
        self._axes.append(axis)
        self._far.append(far)

    # --- conditions -------------------------------------------------------------------------------------------

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
        if isinstance(condition, All):
            return self._join(condition.parts, isinstance(condition, AnyOf))
        if isinstance(condition, Not):
            return diagrams.choose(self.condition(condition.part), diagrams.false, diagrams.true)
        assert isinstance(condition, Atom)
        if isinstance(condition, Has):
            return self._has(condition)
        return self._node(condition.name, self._axis(condition.name).mask(condition))

    def _join(self, parts: Sequence[Condition], some: bool) -> int:
        """Whether some (or all) of the parts hold. Parts on one and the same name are met as sets of its cells."""
        diagrams, record = self.diagrams, self.context.record
        masks: dict[str, int] = {}
        others: list[int] = []
        for part in parts:
            name = only_name(part, record)
            if name is None:
                others.append(self.condition(part))
            else:
                mask = mask_of(part, self._axis(name), record)
                before = masks.get(name)
                masks[name] = mask if before is None else before | mask if some else before & mask
        others += [self._node(name, mask) for name, mask in masks.items()]
        return diagrams.fold(
            others,
            diagrams.false if some else diagrams.true,
            (lambda left, right: diagrams.choose(left, diagrams.true, right))
            if some
            else (lambda left, right: diagrams.choose(left, right, diagrams.false)),
        )

    def _node(self, name: str, mask: int) -> int:
        """The diagram that is true in some cells of a name."""
        place = self._place[name, None]
        children = [self.diagrams.false] * self._axis(name).size
        for cell in members(mask):
            children[cell] = self.diagrams.true
        return self.diagrams.node(place, children)

    def _axis(self, name: str) -> Axis:
        axis = self._axes[self._place[name, None]]
        assert axis is not None
        return axis

    def _has(self, atom: Has) -> int:
        diagrams = self.diagrams
        every = atom.op == "has_all"
        parts = [self._segment(item) if isinstance(atom, InSegment) else self._item(atom.name, item)
                 for item in atom.items]  # fmt: skip
        if every:
            out = diagrams.fold(parts, diagrams.true, lambda left, right: diagrams.choose(left, right, diagrams.false))
        else:
            out = diagrams.fold(parts, diagrams.false, lambda left, right: diagrams.choose(left, diagrams.true, right))
        return diagrams.choose(out, diagrams.false, diagrams.true) if atom.op in ("is_not", "not_in") else out

    def _item(self, name: str, item: str) -> int:
        return self.diagrams.node(self._place[name, item], (self.diagrams.false, self.diagrams.true))

    def _segment(self, id_: str) -> int:
        verdict = self.context.record.segments.get(id_, False)
        if verdict is None:
            return self.condition(self.context.segment_conditions[id_])
        return self.diagrams.true if verdict else self.diagrams.false

    def first(self, conditions: Sequence[Condition]) -> int:
        """The place of the first condition that holds; None where none does. Conditions on one and the same name are
        decided cell by cell."""
        diagrams, record = self.diagrams, self.context.record
        by_name: dict[str, list[int]] = {}
        others: list[int] = []
        for place, condition in enumerate(conditions):
            name = only_name(condition, record)
            if name is not None:
                by_name.setdefault(name, []).append(place)
            else:
                others.append(
                    diagrams.choose(self.condition(condition), diagrams.leaf(place), diagrams.leaf(None)),
                )
        for name, places in by_name.items():
            axis = self._axis(name)
            children, left = [diagrams.leaf(None)] * axis.size, axis.full
            for place in places:
                mask = mask_of(conditions[place], axis, record) & left
                left &= ~mask
                for cell in members(mask):
                    children[cell] = diagrams.leaf(place)
            others.append(diagrams.node(self._place[name, None], children))
        return diagrams.fold(others, diagrams.leaf(None), lambda left, right: diagrams.combine(left, right, _earlier))

    def pick(self, places: int, parts: Mapping[int | None, int]) -> int:
        """The diagram in ``parts`` that the outcome of ``places`` (see ``first``) chooses."""
        diagrams = self.diagrams
        if len(set(parts.values())) == 1:
            return next(iter(parts.values()))
        nothing = diagrams.leaf(None)
        out = diagrams.map_to(places, lambda place: parts[place] if parts[place] < 0 else nothing)
        branching: dict[int, set[int | None]] = {}
        for place, part in parts.items():
            if part >= 0:
                branching.setdefault(part, set()).add(place)
        for part, chosen in branching.items():
            out = diagrams.choose(diagrams.map(places, chosen.__contains__), part, out)
        return out

    # --- amounts ----------------------------------------------------------------------------------------------

    def amount(self, amount: Expression | None) -> int:
        """The diagram of an amount; its outcomes are :class:`Amounted`, or None where there is nothing."""
        if amount is None:
            return self.diagrams.leaf(None)
        if isinstance(amount, Plain):
            return self.diagrams.leaf(Amounted(amount.value, amount.line))
        known = self.context.record.values
        places = sorted({self._place[name, None] for name in amount.names() if name not in known})
        axes = [axis for place in places if (axis := self._axes[place]) is not None]
        if prod(axis.size for axis in axes) > CAP:
            raise TooManyCombinationsError
        ranges = tuple(
            Cells(self.names[place], tuple(axis.cells), self._far[place])
            for place, axis in zip(places, axes, strict=True)
        )
        found = iter(amounts_in(self.context.record, amount, ranges))

        def walk(at: int) -> int:
            if at == len(places):
                return self.diagrams.leaf(next(found))
            return self.diagrams.node(places[at], [walk(at + 1) for _ in ranges[at].cells])

        return walk(0)

    def unknowns(self, diagram: int, key: Callable[[Any], Hashable] | None = None) -> set[str]:
        """The names of the unknowns that the outcome depends on, or the ``key`` of the outcome."""
        if key is not None:
            outcomes = self.diagrams.outcomes(diagram)
            if len(set(map(key, outcomes))) < len(outcomes):
                diagram = self.diagrams.map(diagram, key)
        return {self.names[place] for place in self.diagrams.variables(diagram)}


def _earlier(left: int | None, right: int | None) -> int | None:
    return right if left is None else left if right is None else min(left, right)
