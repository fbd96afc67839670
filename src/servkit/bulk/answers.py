"""The desk's answer for every signature.

An answer is made of parts: who is in a segment, whether a document applies, what a term comes to. Each part looks at a
few attributes only. So each is worked out by the desk's own resolution once for every different view of *its*
attributes, and signatures that agree there share it. Where anything is unusual, the whole signature is answered.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.case import Customer
from servkit.answer.case_context import CaseContext
from servkit.answer.documents import SortedDocuments, exclusion, restriction
from servkit.answer.membership import segments_in_force
from servkit.answer.overrides import CaseOverrides, find_term
from servkit.answer.resolution import Resolution
from servkit.answer.resolver import resolve
from servkit.answer.scope import Scope, in_force, select
from servkit.answer.signatures import answer_for
from servkit.answer.term_selection import TermSelection
from servkit.book.conditions import All, AnyOf, Condition, Incomparable, InSegment, Record
from servkit.bulk.assignment import NONE, Assignment, TermCells, assignment_of, term_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.terms import Term
    from servkit.book.values import Value
    from servkit.bulk.codes import AttributeCodes
    from servkit.bulk.question import Question
    from servkit.bulk.reading import Coded

#: What a segment comes to: yes, no, or (where it is unknown) how its attributes look.
State = bool | tuple["Coded", ...]


#: Names that are no attribute of a customer.
_NEVER_ALONE = frozenset({"segment"})


class _Segment(NamedTuple):
    """A segment in force, and the attributes it looks at."""

    entry: Entry
    condition: Condition
    view: Callable[[Sequence[Coded]], tuple[Coded, ...]]
    known: dict[tuple[Coded, ...], tuple[State, frozenset[str]]]


class _Part(NamedTuple):
    """A document or a term: its view of the attributes and of the segments, and what has been found for each view."""

    attributes: Callable[[Sequence[Coded]], tuple[Coded, ...]]
    segments: Callable[[Sequence[State]], tuple[State, ...]]
    known: dict[tuple[Any, ...], Any]


class _Document(NamedTuple):
    """A document asked about. ``named`` are the segments that it names or whose values its terms take."""

    entry: Entry
    condition: Condition | None
    part: _Part
    terms: Sequence[_Term]
    named: frozenset[int]


class _Term(NamedTuple):
    """A term of a document asked about; ``column`` is its place among the columns."""

    term: Term
    column: int
    part: _Part


class Answers:
    """Answers by signature. ``codes`` are the attributes in the order of a signature."""

    def __init__(self, question: Question, codes: Sequence[AttributeCodes]) -> None:
        self.question, self._codes = question, codes
        self._library, self._case = question.library, question.case
        self._day = question.case.on.toordinal()
        self._places = {one.name: place for place, one in enumerate(codes)}
        self._variables = question.settings.variables
        self._in_force = segments_in_force(question.library, self._day)
        self._ids = list(self._in_force.conditions)
        self._numbers = {id_: number for number, id_ in enumerate(self._ids)}
        self._segments = [self._segment(id_) for id_ in self._ids]
        self._scope = select(self._library, self._case.about, self._day)
        self._told = frozenset(
            number for number, segment in enumerate(self._segments) if self._scope.tells(segment.entry)
        )
        self._documents = self._find_documents()
        self._is_simple = not self._has_offers()

    # --- questions ----------------------------------------------------------------------------------------------------

    def of(self, coded: Sequence[Coded], attributes: Mapping[str, Value]) -> Assignment:
        """The row for a signature, and somebody's attributes who has it."""
        if self._is_simple and not self._is_odd(coded):
            try:
                return self._of_parts(coded, attributes)
            except Incomparable:
                pass
        answer = answer_for(self._library, self._case, attributes)
        return assignment_of(answer, self.question.refs, with_role=self.question.with_role)

    def of_person(self, customer: Customer) -> Assignment:
        """The row for somebody with promises of their own."""
        answer = resolve(self._library, self._case._replace(customer=customer))
        return assignment_of(answer, self.question.refs, with_role=self.question.with_role)

    def _is_odd(self, coded: Sequence[Coded]) -> bool:
        """Whether a value does not compare with what it would be held against: then it counts as unknown everywhere."""
        return any(isinstance(code, int) and one.is_odd(code) for one, code in zip(self._codes, coded, strict=True))

    def _of_parts(self, coded: Sequence[Coded], attributes: Mapping[str, Value]) -> Assignment:
        situation = _Situation(self, attributes)
        states: list[State] = []
        asked_by: dict[int, frozenset[str]] = {}
        for number, segment in enumerate(self._segments):
            view = segment.view(coded)
            found = segment.known.get(view)
            if found is None:
                found = segment.known[view] = situation.membership(segment, view)
            states.append(found[0])
            if found[1]:
                asked_by[number] = found[1]
        situation.states = states
        relevant = set(self._told)
        ask: set[str] = set()
        terms: list[TermCells] = [NONE] * len(self.question.refs)
        for document in self._documents:
            verdict, names = self._look_up(document.part, coded, states, situation.applicability, document)
            if verdict is False:
                continue
            ask |= names
            relevant |= document.named
            for term in document.terms:
                cells, names = self._look_up(term.part, coded, states, situation.term, document, term)
                terms[term.column] = cells
                ask |= names
        for number, names in asked_by.items():
            if number in relevant:
                ask |= names
        return Assignment(
            tuple([id_ for id_, state in zip(self._ids, states, strict=True) if state is True]),
            tuple([self._ids[number] for number in asked_by]),
            tuple(sorted(ask)),
            tuple(terms),
        )

    def _look_up(
        self, part: _Part, coded: Sequence[Coded], states: Sequence[State], find: Callable[..., Any], *what: Any
    ) -> Any:
        view = (part.attributes(coded), part.segments(states))
        found = part.known.get(view)
        if found is None:
            found = part.known[view] = find(*what)
        return found

    # --- what situations need -----------------------------------------------------------------------------------------

    @property
    def scope(self) -> Scope:
        """The documents asked about."""
        return self._scope

    @property
    def conditions(self) -> Mapping[str, Condition]:
        """The conditions of the segments in force."""
        return self._in_force.conditions

    def verdicts(self, states: Sequence[State]) -> dict[str, bool | None]:
        """The states of all segments, as conditions ask for them."""
        return {id_: state if isinstance(state, bool) else None for id_, state in zip(self._ids, states, strict=True)}

    def possible(self, states: Sequence[State]) -> list[Entry]:
        """The segments that somebody is or might be in."""
        pairs = zip(self._segments, states, strict=True)
        return [segment.entry for segment, state in pairs if state is not False]

    # --- what each part looks at --------------------------------------------------------------------------------------

    def _segment(self, id_: str) -> _Segment:
        condition = self._in_force.conditions[id_]
        attributes, _ = self._looks_at([condition])
        return _Segment(self._in_force.entries[id_], condition, _getter(attributes), {})

    def _find_documents(self) -> list[_Document]:
        refs = {ref: column for column, ref in enumerate(self.question.refs)}
        out = []
        for version in in_force(self._scope.entries, self._day)[0]:
            entry = version.entry
            if not version.speaks or exclusion(entry, self._case) is not None:
                continue
            condition = restriction(entry)
            own = [condition] if condition is not None else []
            terms, named = [], set(self._looks_at(own)[1])
            for term in entry.terms.values():
                setting = self._setting(term)
                amounts = [*term.amounts(), *(self._segments[number].entry.overrides[term.ref] for number in setting)]
                conditions = [*own, *term.conditions()]
                named |= {*self._looks_at(conditions)[1], *setting}
                terms.append(_Term(term, refs[term.ref], self._part(conditions, amounts, setting)))
            out.append(_Document(entry, condition, self._part(own, (), ()), terms, frozenset(named)))
        return out

    def _setting(self, term: Term) -> list[int]:
        """The segments that set a term."""
        overriding = (number for number, segment in enumerate(self._segments) if _sets(segment.entry, term.ref))
        return [] if term.fixed else list(overriding)

    def _part(self, conditions: Sequence[Condition], amounts: Iterable[Expression], setting: Iterable[int]) -> _Part:
        attributes, segments = self._looks_at(conditions)
        named = {name for amount in amounts for name in amount.names()}
        attributes |= {self._places[name] for name in named if name in self._places}
        return _Part(_getter(attributes), _getter({*segments, *setting}), {})

    def _looks_at(self, conditions: Iterable[Condition]) -> tuple[set[int], set[int]]:
        """The attributes and the segments that some conditions ask about."""
        attributes: set[int] = set()
        segments: set[int] = set()
        for condition in conditions:
            for atom in condition.atoms():
                if isinstance(atom, InSegment):
                    segments |= {self._numbers[id_] for id_ in atom.items if id_ in self._numbers}
                elif atom.name in self._places:
                    attributes.add(self._places[atom.name])
        return attributes, segments

    def _has_offers(self) -> bool:
        """Whether a recovery may offer a term of a document that is not asked about itself."""
        here = {(document.entry.path, document.entry.line) for document in self._documents}
        for document in self._documents:
            for ref in document.entry.list("may_offer") if document.entry.kind == "recovery" else ():
                found = find_term(self._library, ref, self._day)
                if found is not None and (found[1].path, found[1].line) not in here:
                    return True
        return False


class _Situation:
    """One signature being answered, with the attributes of somebody who has it. Made ready when first needed."""

    def __init__(self, answers: Answers, attributes: Mapping[str, Value]) -> None:
        self._answers, self._attributes = answers, attributes
        self.states: Sequence[State] = ()
        self._resolution: Resolution | None = None
        self._selection: TermSelection | None = None

    @property
    def resolution(self) -> Resolution:
        """What is known."""
        if self._resolution is None:
            answers = self._answers
            case = answers.question.case._replace(customer=Customer("-", None, self._attributes))
            self._resolution = Resolution(answers.question.library, case, {})
        return self._resolution

    def membership(self, segment: _Segment, view: tuple[Coded, ...]) -> tuple[State, frozenset[str]]:
        """Whether somebody is in a segment, and the unknowns that decide it."""
        resolution = self.resolution
        alone = CaseContext(Record(resolution.values, resolution.today), resolution.settings.variables, {})
        verdict, names = resolution.verdict(alone, segment.condition)
        if verdict is not None:
            return verdict, frozenset()
        return (_rest(segment.condition, alone.record) or view), frozenset(names)

    def applicability(self, document: _Document) -> tuple[bool | None, frozenset[str]]:
        """Whether a document applies, and the unknowns that decide it."""
        if document.condition is None:
            return True, frozenset()
        verdict, names = self.resolution.verdict(self._context(), document.condition)
        return verdict, frozenset(names) if verdict is None else frozenset()

    def term(self, document: _Document, term: _Term) -> tuple[TermCells, frozenset[str]]:
        """What a term comes to, and the unknowns that decide it."""
        verdict, _ = self.applicability(document)
        guard = document.condition if verdict is None else None
        found, names = self._terms().one(term.term, document.entry, guard)
        return term_cells(found, with_role=self._answers.question.with_role), names

    def _context(self) -> CaseContext:
        answers, resolution = self._answers, self.resolution
        verdicts = answers.verdicts(self.states)
        record = Record(resolution.values, resolution.today, verdicts)
        return CaseContext(record, resolution.settings.variables, answers.conditions)

    def _terms(self) -> TermSelection:
        if self._selection is None:
            context, answers = self._context(), self._answers
            possible = answers.possible(self.states)
            overrides = CaseOverrides(self.resolution, context, possible)
            self._selection = TermSelection(self.resolution, context, SortedDocuments(), overrides, answers.scope)
        return self._selection


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


def _sets(segment: Entry, ref: str) -> bool:
    return ref in segment.logic.get("overrides", {})


def _getter(places: Iterable[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Takes what is at some places, as a tuple."""
    ordered = sorted(places)
    if not ordered:
        return lambda _: ()
    if len(ordered) == 1:
        (place,) = ordered
        return lambda items: (items[place],)
    return itemgetter(*ordered)
