"""An axis: the domain of one name, cut into cells by every constant that occurs.

All values in one cell answer every atom alike, so one of them stands for all (BOOK.md 9, *Unknowns*). A set of cells is
a mask: an integer with one bit a cell. Each kind of domain is a subclass in a module of its own;
:func:`servkit.domains.axes.make_axis` chooses among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.conditions import All, AnyOf, Atom, Condition, Known, Not
from servkit.domains.diagram import CAP, TooManyCombinationsError

if TYPE_CHECKING:
    from servkit.book.intervals import Span
    from servkit.book.settings import Attribute
    from servkit.book.values import Value


class Cell(NamedTuple):
    """What one cell holds: sizes of a family (``span``), days from first to last (``days``), or a single ``value``.

    ``uncertain`` is true where perhaps no value is in the cell, because patterns are not compared with other tests.
    """

    family: str
    span: Span | None = None
    days: tuple[int, int] | None = None
    value: Any = None
    uncertain: bool = False


def atom_key(atom: Atom) -> tuple[object, ...]:
    """Equal for atoms that ask the same of one name."""
    return (atom.op, *atom.args)


class Axis:
    """The cells of one name, or of one ``item`` of a list.

    A *split* axis has every cell twice: first for a value on record, then for the same value while it is not on record.
    It is needed where a condition asks whether the name is known.
    """

    def __init__(self, variable: Attribute, cells: list[Cell], item: str | None = None, *, split: bool = False) -> None:
        if len(cells) > CAP:
            raise TooManyCombinationsError
        self.variable, self.cells, self.item, self.split = variable, cells, item, split
        self.name = variable.name
        #: The number of different cells, of all cells, and the masks of the cells on record and of all cells.
        self.base = len(cells)
        self.size = self.base * 2 if split else self.base
        self.on_record = (1 << self.base) - 1
        self.full = (1 << self.size) - 1
        self._masks: dict[tuple[object, ...], int] = {}

    def mask(self, atom: Atom) -> int:
        """The cells in which an atom is true. An atom that cannot be compared with a cell is false there."""
        key = atom_key(atom)
        found = self._masks.get(key)
        if found is None:
            if isinstance(atom, Known):
                found = self.on_record if atom.args[0].amount else self.full & ~self.on_record
            else:
                found = self._mask(atom)
                if self.split:
                    found |= found << self.base
            self._masks[key] = found
        return found

    def where(self, condition: Condition) -> int:
        """The cells in which a condition on this name alone is true."""
        if isinstance(condition, Not):
            return self.full & ~self.where(condition.part)
        if isinstance(condition, AnyOf):
            out = 0
            for part in condition.parts:
                out |= self.where(part)
            return out
        if isinstance(condition, All):
            out = self.full
            for part in condition.parts:
                out &= self.where(part)
            return out
        assert isinstance(condition, Atom)
        return self.mask(condition)

    def find(self, value: Value) -> int | None:
        """The cell on record that a value lies in; None where it does not compare with the cells."""
        raise NotImplementedError

    def _mask(self, atom: Atom) -> int:
        """The cells on record in which an atom other than ``known`` is true."""
        raise NotImplementedError

    def missing(self, cell: int) -> bool:
        """Whether a cell stands for a value that is not on record."""
        return cell >= self.base

    def cell(self, index: int) -> Cell:
        return self.cells[index % self.base]
