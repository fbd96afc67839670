"""Why an answer is what it is: for every term and every document left out the rule, the condition and the place.

Made on demand from an answer alone; values, not text (``lookup --why`` and JSON are views of it).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from servkit.answer.case_context import CaseContext
from servkit.answer.condition_trace import Check, checked
from servkit.answer.documents import exclusion, restriction
from servkit.answer.known_amounts import RecordFacts, known_amount
from servkit.answer.overrides import typed
from servkit.answer.rule_wording import rule_words
from servkit.answer.verdicts import verdict_on
from servkit.book.amounts import Dated, Expression
from servkit.book.conditions import Incomparable
from servkit.book.problems import ValueProblem

if TYPE_CHECKING:
    from servkit.answer.result import Answer, Because, LeftOut, TermAnswer
    from servkit.book.conditions import Condition, Record
    from servkit.book.entries import Entry
    from servkit.book.intervals import Amount
    from servkit.book.terms import Grants, Row


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the book."""

    kind: str
    id: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """A value as the book writes it, what it comes to here (None: nothing, or not known), and its place."""

    written: Expression
    amount: Amount | None
    place: Place

    @property
    def rule(self) -> str:
        """The value as a rule in English words."""
        return rule_words(self.written)


@dataclass(frozen=True, slots=True)
class RowWhy:
    """A row of a decision table, counted from 1. ``decides``: it holds, and none before it does or might."""

    number: int
    when: Check
    decides: bool
    value: WrittenValue | None
    limit: WrittenValue | None
    grants: tuple[tuple[str, WrittenValue], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class SetterWhy:
    """A segment that sets the term. ``state`` is ``held``, ``might``, ``not in``, ``outranked`` (by those named), or
    ``ignored``."""

    value: WrittenValue
    priority: Decimal
    when: Check
    state: str
    outranked_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PromiseWhy:
    """What was promised: ``kept``, ``not kinder`` than what resolves anyway, ``open``, or ``ignored``."""

    value: WrittenValue
    state: str


@dataclass(frozen=True, slots=True)
class TermWhy:
    """Why a term is what it is: base value, rows in order, segments, promise, limit and grants."""

    answer: TermAnswer
    place: Place
    rule: str
    value: WrittenValue | None
    rows: tuple[RowWhy, ...]
    segments: tuple[SetterWhy, ...]
    promise: PromiseWhy | None
    limit: WrittenValue | None
    grants: tuple[tuple[str, WrittenValue], ...]


@dataclass(frozen=True, slots=True)
class DocumentWhy:
    """Why a document was left out: in a word, and the condition where one decided it."""

    place: Place
    because: Because
    unknown: tuple[str, ...]
    when: Check | None


@dataclass(frozen=True, slots=True)
class SegmentWhy:
    """Why the customer is, might be (None) or is not in a segment."""

    place: Place
    verdict: bool | None
    when: Check


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons for a whole answer, each list in the answer's order."""

    answer: Answer
    segments: tuple[SegmentWhy, ...]
    terms: tuple[TermWhy, ...]
    left_out: tuple[DocumentWhy, ...]


def explain(answer: Answer) -> Explanation:
    """The reasons for every segment, every term and every document left out."""
    record = answer.trace.record(answer.case)
    segments = [
        SegmentWhy(_place(entry), record.segments[id_], checked(entry.when, record, record.segments[id_]))
        for id_, entry in answer.trace.all_segments.items()
        if entry.when is not None
    ]
    terms = [_TermExplainer(answer, record, term).explain() for term in answer.terms.values()]
    left_out = [_left_out(answer, record, left) for left in answer.left_out]
    return Explanation(answer, tuple(segments), tuple(terms), tuple(left_out))


def _place(entry: Entry, line: int | None = None) -> Place:
    return Place(entry.kind, entry.id, entry.path, entry.line if line is None else line)


def _left_out(answer: Answer, record: Record, left: LeftOut) -> DocumentWhy:
    entry = left.entry
    certain = exclusion(entry, answer.case) is not None or not entry.in_force(record.today)
    condition = None if certain else restriction(entry)
    verdict = None if left.unknown else False
    when = None if condition is None else checked(condition, record, verdict)
    return DocumentWhy(_place(entry), left.because, left.unknown, when)


class _TermExplainer:
    def __init__(self, answer: Answer, record: Record, found: TermAnswer) -> None:
        self.answer, self.record, self.found = answer, record, found
        self.term, self.owner = found.term, found.owner
        conditions = {id_: entry.when for id_, entry in answer.trace.all_segments.items() if entry.when is not None}
        self.context = CaseContext(record, answer.settings.variables, conditions)

    def explain(self) -> TermWhy:
        term = self.term
        return TermWhy(
            self.found,
            _place(self.owner, term.line),
            "fixed" if term.fixed else "flexible",
            self._given(term.value, self.owner),
            tuple(self._rows()),
            self._segments(),
            self._promise(),
            self._given(term.limit, self.owner),
            self._grants(term.grant),
        )

    def _given(self, amount: Expression | None, entry: Entry) -> WrittenValue | None:
        return None if amount is None else self._given_amount(amount, entry)

    def _given_amount(self, amount: Expression, entry: Entry) -> WrittenValue:
        line = amount.line
        if isinstance(amount, Dated) and (amount.by is None or amount.by in self.record.values):
            step = amount.first(RecordFacts(self.record))
            line = step.line if step is not None else line
        try:
            found = known_amount(amount, self.record)
        except Incomparable:  # of a segment that the customer is not in, so it was never compared
            found = None
        return WrittenValue(amount, found, _place(entry, line))

    def _grants(self, grants: Grants | None) -> tuple[tuple[str, WrittenValue], ...]:
        roles = self.answer.settings.roles
        return tuple(
            (role, self._given_amount(grants[role], self.owner)) for role in roles if grants and role in grants
        )

    def _rows(self) -> list[RowWhy]:
        out: list[RowWhy] = []
        open_ = True
        for number, row in enumerate(self.term.rows, 1):
            when = checked(row.when, self.record, self._verdict(row.when))
            out.append(self._row(number, row, when, decides=open_ and when.verdict is True))
            open_ = open_ and when.verdict is False
        return out

    def _verdict(self, condition: Condition) -> bool | None:
        try:
            return verdict_on(self.context, condition).verdict
        except Incomparable:  # of a row that nobody had to look at
            return None

    def _row(self, number: int, row: Row, when: Check, *, decides: bool) -> RowWhy:
        value, limit = self._given(row.value, self.owner), self._given(row.limit, self.owner)
        return RowWhy(number, when, decides, value, limit, self._grants(row.grant), _place(self.owner, row.line))

    def _segments(self) -> tuple[SetterWhy, ...]:
        """Highest priority first, then by id."""
        found = []
        for entry in self.answer.trace.all_segments.values():
            amount = entry.overrides.get(self.term.ref)
            if amount is None or entry.when is None:
                continue
            verdict = self.record.segments[entry.id]
            state = {True: "held", None: "might", False: "not in"}[verdict]
            try:
                amount = typed(amount, self.term, self.answer.settings)
            except ValueProblem:
                state = "ignored"
            priority = Decimal(entry.logic.get("priority", "0"))
            when = checked(entry.when, self.record, verdict)
            state = "ignored" if self.term.fixed else state
            found.append(SetterWhy(self._given_amount(amount, entry), priority, when, state))
        found.sort(key=lambda setter: (-setter.priority, setter.value.place.id))
        held = [setter for setter in found if setter.state == "held" and setter.value.amount is not None]
        return tuple(self._ranked(setter, held) for setter in found)

    def _ranked(self, setter: SetterWhy, held: list[SetterWhy]) -> SetterWhy:
        """A segment is outranked by those held of a higher priority."""
        above = tuple(other.value.place.id for other in held if other.priority > setter.priority)
        if setter.state in ("held", "might") and above:
            return SetterWhy(setter.value, setter.priority, setter.when, "outranked", above)
        return setter

    def _promise(self) -> PromiseWhy | None:
        customer, amount = self.answer.case.customer, self.answer.trace.promised.get(self.term.ref)
        if customer is None or customer.entry is None or amount is None:
            return None
        value = self._given_amount(amount, customer.entry)
        if self.term.fixed:
            return PromiseWhy(value, "ignored")
        if self.found.state != "settled":
            return PromiseWhy(value, "open")
        is_promise = self.found.origin is not None and self.found.origin.kind == "customer"
        return PromiseWhy(value, "kept" if is_promise else "not kinder")
