"""Many signatures answered at once, part by part, in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.conditions import Incomparable
from servkit.bulk.assignment import NONE
from servkit.bulk.situation import Situation

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from servkit.book.values import Value
    from servkit.bulk.assignment import TermCells
    from servkit.bulk.parts import DocumentPart, Parts, TermPart, View
    from servkit.bulk.question import Question

#: States of a segment; each higher number is one way in which it is unknown.
_OUTSIDE, _INSIDE = 0, 1

#: What a part looks at in one row, and what it comes to: a result, and names to ask for as bits.
Seen = tuple[Any, ...]
Found = tuple[Any, int]


class _Part:
    """What one part comes to, by view. ``unusual`` are views that the whole answer has to be asked about; ``instead``
    stands in their place until then."""

    def __init__(self, view: View, instead: Any = None) -> None:
        self.view, self.instead = view, instead
        self.found: dict[Seen, Found] = {}
        self.unusual: set[Seen] = set()


class _Segment(_Part):
    """A segment: a state for every way in which it is unknown, and the names that decide it, by state."""

    def __init__(self, view: View) -> None:
        super().__init__(view, _OUTSIDE)
        self.ways: dict[Hashable, int] = {}
        self.asks: dict[int, int] = {}


class Remembered:
    """What all parts come to, by view."""

    def __init__(self, parts: Parts) -> None:
        self.segments = [_Segment(part.view) for part in parts.segments]
        self.documents = [
            (_Part(part.view), [_Part(term.view, NONE) for term in part.terms]) for part in parts.documents
        ]
        #: By the states of all segments and the documents that apply: segments, those that might be, and what to ask.
        self.memberships: dict[Seen, tuple[tuple[str, ...], tuple[str, ...], int]] = {}
        self._names: dict[str, int] = {}

    def size(self) -> int:
        """The number of views of the part that has most."""
        parts = [*self.segments, *(part for one, terms in self.documents for part in (one, *terms))]
        return max([len(self.memberships), *(len(part.found) for part in parts)])

    def bits(self, names: Iterable[str]) -> int:
        """Names to ask for, as bits."""
        out = 0
        for name in names:
            out |= 1 << self._names.setdefault(name, len(self._names))
        return out

    def names(self, bits: int) -> tuple[str, ...]:
        """The inverse of :meth:`bits`, in order."""
        return tuple(sorted(name for name, place in self._names.items() if bits >> place & 1))


class Columns:
    """Some signatures. ``attributes`` are those of somebody in a row; ``unusual`` are rows that have to be answered as
    a whole, to which others are added on the way."""

    def __init__(
        self,
        question: Question,
        parts: Parts,
        remembered: Remembered,
        codes: Sequence[Sequence[Any]],
        size: int,
        attributes: Callable[[int], Mapping[str, Value]],
        unusual: set[int],
    ) -> None:
        self._question, self._parts, self._remembered = question, parts, remembered
        self._codes, self._size, self._attributes, self.unusual = codes, size, attributes, unusual
        self._situations: dict[int, Situation] = {}
        #: The state of every segment, in columns.
        self._states: list[list[int]] = []

    def numbers(self, number: Sequence[Callable[[Hashable], int]]) -> list[list[int]]:
        """The cells of every part in numbers, a column each: segments, those that might be, what to ask, terms."""
        for place, segment in enumerate(self._remembered.segments):
            self._states.append([state for state, _ in self._look_up(segment, self._membership(place))])
        self._situations.clear()  # they do not know of segments yet
        ask = [0] * self._size
        terms = [[NONE] * self._size for _ in self._question.refs]
        applies: list[list[bool]] = []
        for document, (part, term_parts) in zip(self._parts.documents, self._remembered.documents, strict=True):
            verdicts = self._look_up(part, self._applicability(document))
            applies.append([verdict is not False for verdict, _ in verdicts])
            ask = [bits | more for bits, (_, more) in zip(ask, verdicts, strict=True)]
            for term, term_part in zip(document.terms, term_parts, strict=True):
                found = self._look_up(term_part, self._term(document, term))
                ask = [bits | more for bits, (_, more) in zip(ask, found, strict=True)]
                terms[term.column] = [
                    cells if applied else kept
                    for (cells, _), applied, kept in zip(found, applies[-1], terms[term.column], strict=True)
                ]
        memberships = self._memberships(applies)
        ask = [bits | more for bits, (_, _, more) in zip(ask, memberships, strict=True)]
        names = {bits: self._remembered.names(bits) for bits in set(ask)}
        cells: list[list[Any]] = [
            [inside for inside, _, _ in memberships],
            [might_be for _, might_be, _ in memberships],
            [names[bits] for bits in ask],
            *terms,
        ]
        return [list(map(one, column)) for one, column in zip(number, cells, strict=True)]

    def _look_up(self, part: _Part, find: Callable[[int, Seen], Found]) -> list[Found]:
        """What a part comes to in every row."""
        columns = [self._codes[place] for place in part.view.attributes]
        columns += [self._states[place] for place in part.view.segments]
        views: list[Seen] = list(zip(*columns, strict=True)) if columns else [()] * self._size
        missing = set(views).difference(part.found)
        if missing:
            rows = dict(zip(views, range(self._size), strict=True))
            for view in missing:
                try:
                    part.found[view] = find(rows[view], view)
                except Incomparable:
                    part.found[view] = (part.instead, 0)
                    part.unusual.add(view)
        if part.unusual:
            self.unusual.update(row for row, view in enumerate(views) if view in part.unusual)
        return [part.found[view] for view in views]

    def _membership(self, place: int) -> Callable[[int, Seen], Found]:
        segment, part = self._remembered.segments[place], self._parts.segments[place]

        def find(row: int, view: Seen) -> Found:
            verdict, names, rest = self._situation(row).membership(part)
            if verdict is not None:
                return (_INSIDE if verdict else _OUTSIDE), 0
            state = segment.ways.setdefault(rest or view, len(segment.ways) + _INSIDE + 1)
            segment.asks[state] = self._remembered.bits(names)
            return state, 0

        return find

    def _applicability(self, document: DocumentPart) -> Callable[[int, Seen], Found]:
        def find(row: int, _: Seen) -> Found:
            verdict, names = self._situation(row).applicability(document)
            return verdict, self._remembered.bits(names)

        return find

    def _term(self, document: DocumentPart, term: TermPart) -> Callable[[int, Seen], tuple[TermCells, int]]:
        def find(row: int, _: Seen) -> tuple[TermCells, int]:
            cells, names = self._situation(row).term(document, term)
            return cells, self._remembered.bits(names)

        return find

    def _memberships(self, applies: Sequence[Sequence[bool]]) -> list[tuple[tuple[str, ...], tuple[str, ...], int]]:
        """In every row: the segments, those that might be, and what has to be asked because of them."""
        columns = [*self._states, *applies]
        rows: list[Seen] = list(zip(*columns, strict=True)) if columns else [()] * self._size
        known, count = self._remembered.memberships, len(self._states)
        for row in set(rows).difference(known):
            known[row] = self._member(row[:count], row[count:])
        return [known[row] for row in rows]

    def _member(self, states: Seen, applies: Seen) -> tuple[tuple[str, ...], tuple[str, ...], int]:
        ids, relevant, bits = self._parts.ids, set(self._parts.told), 0
        for document, applied in zip(self._parts.documents, applies, strict=True):
            relevant |= document.named if applied else frozenset()
        unknown = [place for place, state in enumerate(states) if state > _INSIDE]
        for place in unknown:
            if place in relevant:
                bits |= self._remembered.segments[place].asks[states[place]]
        inside = tuple([id_ for id_, state in zip(ids, states, strict=True) if state == _INSIDE])
        return inside, tuple([ids[place] for place in unknown]), bits

    def _situation(self, row: int) -> Situation:
        found = self._situations.get(row)
        if found is None:
            found = self._situations[row] = Situation(self._question, self._parts, self._attributes(row))
            found.verdicts = [None if column[row] > _INSIDE else column[row] == _INSIDE for column in self._states]
        return found
