"""Axes: the domain of one name, cut into cells by every constant that occurs, with the cells that each atom admits.

Between two cuts all values answer alike, so one cell stands for all of them (the cells are those of BOOK.md 9,
*Unknowns*). A set of cells is an integer, one bit a cell. Where ``known`` is asked of a name its cells come twice: on
record, and missing from it but filled in so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.conditions import Bounds, Days, Known, OneOf, TextTest
from servkit.book.dates import FIRST, LAST
from servkit.book.intervals import Span, point
from servkit.book.values import text_value
from servkit.domains.cells import MAX_TEXT_STATES, cells_of
from servkit.domains.diagram import TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.conditions import Atom
    from servkit.book.settings import Attribute
    from servkit.book.values import Value

#: Patterns on one name beyond this number are not told apart by the cells of texts.
MAX_PATTERNS = 10
#: A named text stands for itself; more of them than this would make more cells than can be handled.
MAX_CELLS = 20_000


class Cell(NamedTuple):
    """One cell as it is put into words: the sizes it spans (``family`` says of what), the days from its first to its
    last, a text, a choice, a flag, or whether an item is in a list."""

    family: str
    span: Span | None = None
    days: tuple[int, int] | None = None
    value: object = None
    #: Whether no value could be named that is sure to be in the cell: a pattern was taken to be free.
    loose: bool = False


class Axis:
    """The cells of one name, or of one item of a list."""

    def __init__(self, variable: Attribute, item: str | None = None, *, split: bool = False) -> None:
        self.variable, self.item, self.split = variable, item, split
        self.name = variable.name
        self.cells: list[Cell] = []
        self._masks: dict[object, int] = {}

    def finish(self) -> None:
        """Once the cells are there: how many there are, and all of them as a set."""
        self.base = len(self.cells)
        self.size = self.base * 2 if self.split else self.base
        self.full = (1 << self.size) - 1
        if self.size > MAX_CELLS:
            raise TooManyCombinationsError

    def mask(self, atom: Atom) -> int:
        """The cells in which an atom is true."""
        if isinstance(atom, Known):
            there = (1 << self.base) - 1
            return there if atom.args[0].amount else there << self.base
        key = (atom.op, atom.args)
        found = self._masks.get(key)
        if found is None:
            found = self.admits(atom)
            if self.split:
                found |= found << self.base
            self._masks[key] = found
        return found

    def admits(self, atom: Atom) -> int:
        """The cells in which an atom other than ``known`` is true, among those on record."""
        raise NotImplementedError

    def missing(self, cell: int) -> bool:
        """Whether a cell stands for a value that is not on record."""
        return cell >= self.base

    def cell(self, index: int) -> Cell:
        return self.cells[index % self.base]


class Sizes(Axis):
    """Numbers, money, percentages and durations: points and the open intervals between them, family by family."""

    def __init__(self, variable: Attribute, atoms: Sequence[Atom], *, split: bool = False) -> None:
        super().__init__(variable, split=split)
        sizes: dict[str, set[Decimal]] = {}
        for atom in atoms:
            if isinstance(atom, (OneOf, Bounds)):
                for arg in atom.args:
                    sizes.setdefault(arg.family, set()).add(arg.size)
        floor = variable.floor
        self._at: dict[str, tuple[int, list[Decimal], bool]] = {}
        for family in sorted(sizes) or [floor.family if floor else "number"]:
            least = floor.size if floor is not None and floor.family == family else None
            if variable.type == "duration":
                least = max(least or Decimal(0), Decimal(0))
            cuts = sorted(sizes.get(family, ()))
            if least is not None:
                cuts = [least, *(cut for cut in cuts if cut > least)]
            self._at[family] = (len(self.cells), cuts, least is None)
            if least is None:
                self.cells.append(Cell(family, Span(None, False, cuts[0] if cuts else None, False)))
            for index, cut in enumerate(cuts):
                self.cells.append(Cell(family, point(cut)))
                following = cuts[index + 1] if index + 1 < len(cuts) else None
                self.cells.append(Cell(family, Span(cut, False, following, False)))
        self.finish()

    def _place(self, family: str, size: Decimal) -> int | None:
        """The cell that is the point ``size``; None where it is below the least there can be."""
        start, cuts, below = self._at[family]
        index = bisect_left(cuts, size)
        return start + below + 2 * index if index < len(cuts) and cuts[index] == size else None

    def _families(self, atom: Atom) -> int:
        """The cells of all families that the atom compares with."""
        out = 0
        for family in {arg.family for arg in atom.args}:
            start, cuts, below = self._at[family]
            out |= ((1 << (below + 2 * len(cuts))) - 1) << start
        return out

    def admits(self, atom: Atom) -> int:
        if isinstance(atom, OneOf):
            found = 0
            for arg in atom.args:
                place = self._place(arg.family, arg.size)
                found |= 0 if place is None else 1 << place
            return found if atom.wanted else self._families(atom) & ~found
        assert isinstance(atom, Bounds)
        start, cuts, below = self._at[atom.family]
        low, high = start, start + below + 2 * len(cuts)
        if atom.low is not None:
            index = bisect_left(cuts, atom.low)
            if index < len(cuts) and cuts[index] == atom.low:
                low = start + below + 2 * index + (not atom.low_in)
        if atom.high is not None:
            index = bisect_right(cuts, atom.high) - 1
            exact = index >= 0 and cuts[index] == atom.high
            high = start + below + 2 * index + bool(atom.high_in) if exact else start
        return ((1 << max(high, low)) - 1) & ~((1 << low) - 1)


class Calendar(Axis):
    """Days: the runs of days between the firsts and lasts that occur on one day of lookup."""

    def __init__(self, variable: Attribute, atoms: Sequence[Atom], today: int, *, split: bool = False) -> None:
        super().__init__(variable, split=split)
        self.today = today
        starts = {FIRST}
        for atom in atoms:
            if isinstance(atom, Days):
                for first, last in atom.spans(today):
                    starts |= {first, last + 1}
        self.starts = sorted(start for start in starts if FIRST <= start <= LAST)
        ends = [*(start - 1 for start in self.starts[1:]), LAST]
        self.cells = [Cell("date", None, run) for run in zip(self.starts, ends, strict=True)]
        self.finish()

    def admits(self, atom: Atom) -> int:
        assert isinstance(atom, Days)
        found = 0
        for first, last in atom.spans(self.today):
            if last < first:
                continue
            low = bisect_left(self.starts, max(first, FIRST))
            high = bisect_left(self.starts, last + 1) if last < LAST else len(self.starts)
            found |= ((1 << high) - 1) & ~((1 << low) - 1)
        return found if atom.op not in ("is_not", "not_in") else ((1 << self.base) - 1) & ~found


class Words(Axis):
    """Choices, flags, declared texts and the items of lists: cells that are values, in their order."""

    def __init__(
        self, variable: Attribute, values: Sequence[object], item: str | None = None, *, split: bool = False
    ) -> None:
        super().__init__(variable, item, split=split)
        self.cells = [Cell(variable.type, value=value) for value in values]
        self._places = {value: 1 << place for place, value in enumerate(values)}
        self.finish()

    def admits(self, atom: Atom) -> int:
        if isinstance(atom, OneOf):
            found = 0
            for arg in atom.args:
                found |= self._places.get(arg.amount, 0)
            return found if atom.wanted else ((1 << self.base) - 1) & ~found
        found = 0
        for place, cell in enumerate(self.cells):
            if isinstance(atom, Bounds):
                size = place
                low = atom.low is None or size > atom.low or (size == atom.low and atom.low_in)
                high = atom.high is None or size < atom.high or (size == atom.high and atom.high_in)
                found |= (low and high) << place
            elif isinstance(atom, TextTest):
                found |= atom.holds(_text(cell.value), 0) << place
        return found


class Texts(Axis):
    """Free text: every combination of answers that some text gives (see :mod:`servkit.domains.cells`)."""

    def __init__(self, variable: Attribute, atoms: Sequence[Atom], *, split: bool = False) -> None:
        super().__init__(variable, split=split)
        tests = {(atom.op, atom.args[0].size) for atom in atoms if isinstance(atom, TextTest)}
        if len([test for test in tests if test[0] == "matches"]) > MAX_PATTERNS:
            raise TooManyCombinationsError
        if tests and _states(tests) > MAX_TEXT_STATES:
            raise TooManyCombinationsError
        named = {arg.size for atom in atoms if isinstance(atom, OneOf) for arg in atom.args}
        if len(named) > MAX_CELLS:
            raise TooManyCombinationsError
        self._found = cells_of(variable, atoms, (), 0)
        patterns = [test for test in tests if test[0] == "matches"]
        for found in self._found:
            loose = bool(patterns) and found.value.size not in named
            self.cells.append(Cell("text", value=found.value.amount, loose=loose))
        self._places = {
            found.value.size: 1 << place for place, found in enumerate(self._found) if found.value.size in named
        }
        self.finish()

    def admits(self, atom: Atom) -> int:
        if isinstance(atom, OneOf):
            found = 0
            for arg in atom.args:
                found |= self._places.get(arg.size, 0)
            return found if atom.wanted else ((1 << self.base) - 1) & ~found
        found = 0
        for place, cell in enumerate(self._found):
            found |= cell.holds(atom, 0) << place
        return found


def _states(tests: set[tuple[str, str]]) -> int:
    """How many states the automata of all literals may have side by side, at most."""
    out = 1
    for op, text in tests:
        if op != "matches":
            out *= len(text) + 2
        if out > MAX_TEXT_STATES:
            break
    return out


def _text(text: object) -> Value:
    return text_value(str(text))


def axis_of(variable: Attribute, atoms: Sequence[Atom], today: int, *, split: bool) -> Axis:
    """The axis of a name that is not a list."""
    kind = variable.type
    if kind == "flag":
        return Words(variable, (False, True), split=split)
    if kind == "choice" or (kind == "text" and variable.of):
        return Words(variable, variable.of, split=split)
    if kind == "date":
        return Calendar(variable, atoms, today, split=split)
    if kind == "text":
        return Texts(variable, atoms, split=split)
    return Sizes(variable, atoms, split=split)
