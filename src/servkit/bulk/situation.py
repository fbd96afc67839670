"""One signature being answered, part by part, by the desk's own resolution."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from servkit.answer.case import Customer
from servkit.answer.case_context import CaseContext
from servkit.answer.documents import SortedDocuments
from servkit.answer.overrides import CaseOverrides
from servkit.answer.resolution import Resolution
from servkit.answer.term_selection import TermSelection
from servkit.book.conditions import All, AnyOf, Condition, Record
from servkit.bulk.assignment import NONE, term_cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.book.values import Value
    from servkit.bulk.assignment import TermCells
    from servkit.bulk.parts import DocumentPart, Parts, SegmentPart, TermPart
    from servkit.bulk.question import Question

#: Names that are no attribute of a customer.
_NEVER_ALONE = frozenset({"segment"})


class Situation:
    """Somebody with these attributes. Made ready when first needed."""

    def __init__(self, question: Question, parts: Parts, attributes: Mapping[str, Value]) -> None:
        self._question, self._parts, self.attributes = question, parts, attributes
        #: Whether they are in each segment; None where that is unknown. Put in before documents are asked about.
        self.verdicts: Sequence[bool | None] = ()

    @cached_property
    def _resolution(self) -> Resolution:
        case = self._question.case._replace(customer=Customer("-", None, self.attributes))
        return Resolution(self._question.library, case, {})

    def membership(self, segment: SegmentPart) -> tuple[bool | None, frozenset[str], tuple[str, ...] | None]:
        """Whether they are in a segment, and the unknowns that decide it; where what is left of its condition depends
        on some attributes alone, these."""
        resolution = self._resolution
        alone = CaseContext(Record(resolution.values, resolution.today), resolution.settings.variables, {})
        verdict, names = resolution.verdict(alone, segment.condition)
        if verdict is not None:
            return verdict, frozenset(), None
        return None, frozenset(names), _rest(segment.condition, alone.record)

    def applicability(self, document: DocumentPart) -> tuple[bool | None, frozenset[str]]:
        """Whether a document applies, and the unknowns that decide it."""
        if document.condition is None:
            return True, frozenset()
        verdict, names = self._resolution.verdict(self._context, document.condition)
        return verdict, frozenset(names) if verdict is None else frozenset()

    def term(self, document: DocumentPart, term: TermPart) -> tuple[TermCells, frozenset[str]]:
        """What a term comes to, and the unknowns that decide it."""
        verdict, _ = self.applicability(document)
        if verdict is False:
            return NONE, frozenset()
        guard = document.condition if verdict is None else None
        found, names = self._terms.one(term.term, document.entry, guard)
        return term_cells(found, with_role=self._question.with_role), names

    @cached_property
    def _context(self) -> CaseContext:
        resolution = self._resolution
        verdicts = dict(zip(self._parts.ids, self.verdicts, strict=True))
        record = Record(resolution.values, resolution.today, verdicts)
        return CaseContext(record, resolution.settings.variables, self._parts.conditions)

    @cached_property
    def _terms(self) -> TermSelection:
        pairs = zip(self._parts.segments, self.verdicts, strict=True)
        possible = [segment.entry for segment, verdict in pairs if verdict is not False]
        overrides = CaseOverrides(self._resolution, self._context, possible)
        return TermSelection(self._resolution, self._context, SortedDocuments(), overrides, self._parts.scope)


def _rest(condition: Condition, record: Record) -> tuple[str, ...] | None:
    """Of tests that must all hold, each of one attribute: the attributes that are unknown, where the others hold. What
    is left of the condition depends on nothing else. None for any other condition."""
    rest = []
    for part in condition.parts if isinstance(condition, All) and not isinstance(condition, AnyOf) else (condition,):
        names = {atom.name for atom in part.atoms()}
        if len(names) != 1 or names & _NEVER_ALONE:
            return None
        (name,) = names
        if name in record.values:
            if part.kleene(record) is not True:
                return None
        else:
            rest.append(name)
    return tuple(rest)
