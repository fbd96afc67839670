"""The answer, as values. Text, JSON and paper are views of it; nothing here is formatted yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from servkit.answer.condition_reasons import Reasons
from servkit.book.conditions import Record
from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from servkit.answer.case import Case
    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.intervals import Amount
    from servkit.book.problems import Problem
    from servkit.book.settings import Settings
    from servkit.book.terms import Term
    from servkit.book.values import Value


class Origin(NamedTuple):
    """Where a value comes from: ``kind`` is standard, policy, segment or customer; the line is the value's own.

    ``journal`` is the id of an entry of the journal, which has no file."""

    kind: str
    id: str
    file: str
    line: int
    journal: str | None = None


class MightBe(NamedTuple):
    """A segment that the customer might be in, and the unknowns that decide it."""

    entry: Entry
    ask: tuple[str, ...]


class Ask(NamedTuple):
    """An unknown that matters: its question (prose, or None), and what it decides."""

    name: str
    question: object
    decides: tuple[str, ...]


#: Why a document does not apply: one of servkit's own texts, or what decided its condition.
Because: TypeAlias = Message | Reasons


class LeftOut(NamedTuple):
    """A document that does not apply. ``unknown`` names what would have to be known, where it might."""

    entry: Entry
    because: Because
    unknown: tuple[str, ...] = ()


class Further(NamedTuple):
    """The next role that may go further, and how far."""

    role: str
    may: Value


class TermAnswer(NamedTuple):
    """What a term comes to. ``state`` is settled, open or conflict; see CLI.md for the rest."""

    term: Term
    owner: Entry
    state: str
    value: Value | None = None
    origin: Origin | None = None
    default: Value | None = None
    may_be: tuple[Amount | None, ...] = ()
    between: tuple[tuple[Amount, Origin], ...] = ()
    you_may: Value | None = None
    then: Further | None = None
    limit: Value | None = None
    clipped: Value | None = None
    #: How far the role may go, where an unknown decides that; and the unknowns that do.
    you_may_be: tuple[Amount | None, ...] = ()
    ends_depend: tuple[str, ...] = ()
    #: The first role that may go further where it turns out so, and how far it may go then.
    perhaps: tuple[str, tuple[Amount | None, ...]] | None = None
    due: datetime | None = None


class Answer(NamedTuple):
    """What applies to a customer in a case (BOOK.md 6), in the orders of BOOK.md 9."""

    settings: Settings
    case: Case
    segments: Sequence[Entry]
    might_be: Sequence[MightBe]
    ask: Sequence[Ask]
    terms: Mapping[str, TermAnswer]
    documents: Mapping[str, Sequence[Entry]]
    left_out: Sequence[LeftOut]
    uncovered: Sequence[str]
    problems: Sequence[Problem]
    #: The segments whose `do` is for what was asked, by id.
    told: frozenset[str]
    trace: Trace

    @property
    def covered(self) -> bool:
        """Whether any standard or policy of what was asked applies."""
        return any(self.documents[kind] for kind in self.settings.owners)

    @property
    def terms_as_written(self) -> list[TermAnswer]:
        """The terms by document, and within one in its author's order, as people read them."""
        order = {ref: list(found.owner.terms).index(ref.partition(".")[2]) for ref, found in self.terms.items()}
        return [self.terms[ref] for ref in sorted(self.terms, key=lambda ref: (ref.partition(".")[0], order[ref]))]

    @property
    def questions(self) -> list[Ask]:
        """The unknowns that matter in the order in which ``servkit.yaml`` declares them, as people are asked."""
        order = list(self.settings.variables)
        return sorted(self.ask, key=lambda ask: order.index(ask.name))


class Trace(NamedTuple):
    """What is needed to explain every part afterwards (:mod:`servkit.answer.explanation`): what was known, who is in
    which segment, what was promised, typed by its term where that is possible, and what those terms are called."""

    values: Mapping[str, Value]
    verdicts: Mapping[str, bool | None]
    all_segments: Mapping[str, Entry]
    promised: Mapping[str, Expression]
    promised_titles: Mapping[str, Any] = {}

    def record(self, case: Case) -> Record:
        """What was known, as conditions are asked about it."""
        return Record(self.values, case.on.toordinal(), self.verdicts)
