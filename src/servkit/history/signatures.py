"""Signatures of customers: the cells that their attributes lie in. Customers with one signature are one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.conditions import Has, Known
from servkit.domains.axes import make_axis
from servkit.domains.diagram import TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence

    from servkit.answer.case import Customer
    from servkit.book.conditions import Atom, Condition
    from servkit.book.settings import Attribute
    from servkit.book.values import Value

#: What is free to choose, beside facts.
_CHOSEN = frozenset({"role", "channel", "office", "today", "segment"})


class Signatures:
    """The signatures of customers before some conditions, on a day where they go by it."""

    def __init__(
        self,
        conditions: Sequence[Condition],
        variables: Mapping[str, Attribute],
        today: int = 0,
        whole: Collection[str] = (),
    ) -> None:
        """``whole`` are names of which every value counts."""
        atoms: dict[str, list[Atom]] = {name: [] for name in whole if is_attribute(variables.get(name))}
        for condition in conditions:
            for atom in condition.atoms():
                if is_attribute(variables.get(atom.name)):
                    atoms.setdefault(atom.name, []).append(atom)
        #: The attributes that the conditions ask about.
        self.names = sorted(atoms)
        self._cells = [_value_of if name in whole else _cell_of(variables[name], atoms[name], today)
                       for name in self.names]  # fmt: skip

    def of(self, values: Mapping[str, Value]) -> tuple[Hashable, ...]:
        """The signature of what is known of a customer."""
        return tuple([cell(values.get(name)) for name, cell in zip(self.names, self._cells, strict=True)])


class Groups:
    """Customers by signature. Customers with promises stand for themselves."""

    def __init__(self, signatures: Signatures) -> None:
        self._signatures = signatures
        self._counts: dict[Hashable, int] = {}
        self._first: dict[Hashable, Customer] = {}

    def put(self, customer: Customer, count: int) -> None:
        """Add customers who are alike."""
        alone = customer.entry is not None and bool(customer.entry.overrides)
        key: Hashable = customer.id if alone else self._signatures.of(customer.attributes)
        self._counts[key] = self._counts.get(key, 0) + count
        self._first.setdefault(key, customer)

    def __iter__(self) -> Iterator[tuple[Customer, int]]:
        """One customer of each signature, and how many have it."""
        return ((customer, self._counts[key]) for key, customer in self._first.items())


def is_attribute(variable: Attribute | None) -> bool:
    """Whether a name is an attribute: what is on record of a customer."""
    return variable is not None and not variable.fact and variable.name not in _CHOSEN


def _value_of(value: Value | None) -> Hashable:
    return None if value is None else value.key


def _cell_of(variable: Attribute, atoms: Sequence[Atom], today: int) -> Callable[[Value | None], Hashable]:
    """What tells two values of a name apart."""
    tests = [atom for atom in atoms if not isinstance(atom, Known)]
    if variable.type == "list":
        items = frozenset(item for atom in tests if isinstance(atom, Has) for item in atom.items)
        return lambda value: None if value is None else (value.size & items,)
    try:
        axis = make_axis(variable, tests, today)
    except TooManyCombinationsError:
        return lambda value: None if value is None else value.key
    return lambda value: None if value is None else (axis.find(value), value.family)
