"""What each part of an answer looks at: a segment, a document, a term.

A part looks at a few attributes and segments only. Customers who agree there share what it comes to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.documents import exclusion, restriction
from servkit.answer.membership import segments_in_force
from servkit.answer.overrides import find_term
from servkit.answer.scope import in_force, select
from servkit.book.conditions import InSegment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.terms import Term
    from servkit.bulk.question import Question


class View(NamedTuple):
    """The places of the attributes and of the segments that a part looks at."""

    attributes: Sequence[int]
    segments: Sequence[int] = ()


class SegmentPart(NamedTuple):
    """A segment in force."""

    entry: Entry
    condition: Condition
    view: View


class DocumentPart(NamedTuple):
    """A document asked about. ``named`` are the segments that it names or whose values its terms take."""

    entry: Entry
    condition: Condition | None
    view: View
    terms: Sequence[TermPart]
    named: frozenset[int]


class TermPart(NamedTuple):
    """A term of a document asked about; ``column`` is its place among the terms that are columns."""

    term: Term
    column: int
    view: View


class Parts:
    """The parts of the answer to a question. ``places`` are those of the attributes in a signature."""

    def __init__(self, question: Question, places: Mapping[str, int]) -> None:
        self._question, self._places = question, places
        self._library, self._case = question.library, question.case
        self._day = question.case.on.toordinal()
        in_force_ = segments_in_force(self._library, self._day)
        self.conditions = in_force_.conditions
        #: The ids of the segments in force, in order.
        self.ids = list(self.conditions)
        self._numbers = {id_: number for number, id_ in enumerate(self.ids)}
        self.segments = [
            SegmentPart(in_force_.entries[id_], when, self._view([when])) for id_, when in self.conditions.items()
        ]
        self.scope = select(self._library, self._case.about, self._day)
        #: The segments that tell staff something, whatever documents there are.
        self.told = frozenset(number for number, segment in enumerate(self.segments) if self.scope.tells(segment.entry))
        self.documents = self._find_documents()

    def _find_documents(self) -> list[DocumentPart]:
        refs = {ref: column for column, ref in enumerate(self._question.refs)}
        out = []
        for version in in_force(self.scope.entries, self._day)[0]:
            entry = version.entry
            if not version.speaks or exclusion(entry, self._case) is not None:
                continue
            condition = restriction(entry)
            own = [condition] if condition is not None else []
            terms, named = [], set(self._view(own).segments)
            for term in entry.terms.values():
                setting = self._setting(term)
                amounts = [*term.amounts(), *(self.segments[number].entry.overrides[term.ref] for number in setting)]
                conditions = [*own, *term.conditions()]
                named |= {*self._view(conditions).segments, *setting}
                terms.append(TermPart(term, refs[term.ref], self._view(conditions, amounts, setting)))
            out.append(DocumentPart(entry, condition, self._view(own), terms, frozenset(named)))
        return out

    def _setting(self, term: Term) -> list[int]:
        """The segments that set a term."""
        overriding = (number for number, segment in enumerate(self.segments) if _sets(segment.entry, term.ref))
        return [] if term.fixed else list(overriding)

    def _view(
        self, conditions: Iterable[Condition], amounts: Iterable[Expression] = (), setting: Iterable[int] = ()
    ) -> View:
        attributes = {name for amount in amounts for name in amount.names()}
        segments = set(setting)
        for condition in conditions:
            for atom in condition.atoms():
                if isinstance(atom, InSegment):
                    segments |= {self._numbers[id_] for id_ in atom.items if id_ in self._numbers}
                else:
                    attributes.add(atom.name)
        places = sorted(self._places[name] for name in attributes if name in self._places)
        return View(places, sorted(segments))

    def has_offers(self) -> bool:
        """Whether a recovery may offer a term of a document that is not asked about itself."""
        here = {(document.entry.path, document.entry.line) for document in self.documents}
        for document in self.documents:
            for ref in document.entry.list("may_offer") if document.entry.kind == "recovery" else ():
                found = find_term(self._library, ref, self._day)
                if found is not None and (found[1].path, found[1].line) not in here:
                    return True
        return False


def _sets(segment: Entry, ref: str) -> bool:
    return ref in segment.logic.get("overrides", {})
