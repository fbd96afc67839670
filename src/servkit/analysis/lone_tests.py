"""Lone tests: what a condition asks of one name, where it is a conjunction of comparisons with constants.

Most conditions of a book are such conjunctions, and most of their tests are found in many documents. They are read from
the plain data of an entry (``Entry.logic``), under which each is kept, so that neither a condition nor a test that has
been met before is built again. Of each test a few values are kept for which it holds, and a few for which it does not;
they come from the cells of its axis (:mod:`servkit.domains.axes`), so somebody can have any of them, whatever their
values of other names.
"""

from __future__ import annotations

import marshal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from servkit.analysis.sample_values import value_of
from servkit.book.conditions import Atom, Bounds, Incomparable, OneOf, decode_condition
from servkit.domains.axes import axis_of
from servkit.domains.cover import cells
from servkit.domains.diagram import TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.settings import Settings
    from servkit.book.values import Value
    from servkit.domains.axes import Axis

#: A test of more constants than this is not taken for simple.
MOST_CONSTANTS = 100
#: Of more cells than twice this, only the first and the last give a value each.
_MOST_CELLS = 4
#: How the data of a condition begins where it is a comparison of one name, the same on every day.
_LONE = (OneOf.__name__, Bounds.__name__)


class Test:
    """All that a conjunction asks of one name, and whether it holds for somebody, and does not for somebody."""

    def __init__(self, atoms: tuple[Atom, ...], axis: Axis, currency: str | None) -> None:
        self.name, self.atoms, self._axis, self._currency = axis.name, atoms, axis, currency
        self._mask = axis.full
        for atom in atoms:
            self._mask &= axis.mask(atom)
        self.admitting, self.excluding = self._mask != 0, self._mask != axis.full

    @cached_property
    def inside(self) -> tuple[Value, ...]:
        """Values for which it holds, that of the first cell first."""
        return tuple(_values(self._axis, self._mask, self._currency))

    @cached_property
    def outside(self) -> tuple[Value, ...]:
        """Values for which it does not."""
        return tuple(_values(self._axis, self._axis.full & ~self._mask, self._currency))

    def admits(self, value: Value) -> bool:
        """Whether it holds for a value; what does not compare is not admitted."""
        try:
            return all(atom.holds(value, 0) for atom in self.atoms)
        except Incomparable:
            return False


def _values(axis: Axis, mask: int, currency: str | None) -> Iterator[Value]:
    """Values within some cells."""
    some = cells(mask)
    for cell in some if len(some) <= 2 * _MOST_CELLS else (*some[:_MOST_CELLS], *some[-_MOST_CELLS:]):
        yield value_of(axis, cell, 0, currency)


class Tests(dict[str, Test]):
    """A conjunction: what it asks of each name. Somebody fulfils it."""

    #: Whether it does not hold for somebody.
    excludes = False


class LoneTests:
    """The conjunctions of lone tests that have been met under some settings, by the data of the condition."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._conditions: dict[bytes, Tests | None] = {}
        self._tests: dict[bytes, Test | None] = {}

    def of(self, data: Any) -> Tests | None:
        """What a condition asks of each name, from its data. None where it is not such a conjunction, or one that
        holds for nobody."""
        key = marshal.dumps(data, 2)
        try:
            return self._conditions[key]
        except KeyError:
            found = self._conditions[key] = self._read(data)
            return found

    def among(self, name: str, data: list[list[Any]]) -> Test | None:
        """The test whether a name is one of some values."""
        found = self.of(["OneOf", "in", name, *data])
        return None if found is None else found[name]

    def _read(self, data: Any) -> Tests | None:
        parts: dict[str, Any] = {}
        out = Tests()
        for part in _conjuncts(data):
            test = self._test(part)
            if test is not None and test.name in out:
                part = ["all", parts[test.name], part]  # noqa: PLW2901 - all that is asked of the name
                test = self._test(part)
            if test is None:
                return None
            parts[test.name], out[test.name] = part, test
            if not test.admitting:
                return None
            out.excludes = out.excludes or test.excluding
        return out or None

    def _test(self, data: Any) -> Test | None:
        """The test of one name that this is; None where it is none."""
        key = marshal.dumps(data, 2)
        try:
            return self._tests[key]
        except KeyError:
            found = self._tests[key] = self._made(_conjuncts(data))
            return found

    def _made(self, parts: Sequence[Any]) -> Test | None:
        if any(part[0] not in _LONE for part in parts) or sum(map(len, parts)) > MOST_CONSTANTS:
            return None
        name = parts[0][2]
        variable = self.settings.variables.get(name)
        if variable is None or variable.type in ("list", "date"):
            return None
        atoms = tuple(atom for part in parts for atom in decode_condition(part).atoms())
        try:
            return Test(atoms, axis_of(variable, atoms, 0, split=False), self.settings.currency)
        except TooManyCombinationsError:
            return None


def _conjuncts(data: Any) -> Sequence[Any]:
    """The parts of a condition, as data, all of which have to hold."""
    if data[0] != "all":
        return (data,)
    parts: Sequence[Any] = data[1:]
    if "all" in [part[0] for part in parts]:
        return [found for part in parts for found in _conjuncts(part)]
    return parts
