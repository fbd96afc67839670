"""What the kinds of document share: the shapes an author may write, checked by Pydantic before anything is typed.

Leaves are text (BOOK.md 1); what a text *means* depends on the book (:mod:`servkit.book.document_parser`).
Every validator raises with a message an author can act on; places come from the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from servkit.book import shape_fields as leaves
from servkit.book.shape_fields import ShapeFault

if TYPE_CHECKING:
    from collections.abc import Callable


def fault(message: str, *steps: str, at_key: bool = False) -> PydanticCustomError:
    """A shape fault; the message is shown to the author as it is, at the part (or its key) that ``steps`` lead to."""
    return PydanticCustomError("shape", "{message}", {"message": message, "steps": steps, "at_key": at_key})


class OneOf:
    """Validates one of a few words; ``also`` are read and left to the checks."""

    def __init__(self, *allowed: str, also: tuple[str, ...] = ()) -> None:
        self.allowed, self.also = allowed, also

    def __call__(self, value: Any) -> str:
        if value is None:
            raise fault(f"this is empty; write one of {', '.join(self.allowed)}")
        if value not in (*self.allowed, *self.also):
            raise fault(f"{value!r} is none of {', '.join(self.allowed)}")
        return str(value)


@dataclass(frozen=True)
class Means:
    """What is written in a place, where its shape alone does not tell. Validates nothing: the meaning is settled by
    :mod:`servkit.book.document_parser`, and :mod:`servkit.schema` says as much of it as it can."""

    what: str


def _leaf(check: Callable[[Any], Any]) -> BeforeValidator:
    """A leaf or short form of :mod:`servkit.book.shape_fields` as a validator, which keeps its name for outlines."""

    def validate(value: Any) -> Any:
        try:
            return check(value)
        except ShapeFault as bad:
            raise fault(bad.message, *bad.steps, at_key=bad.at_key) from None

    vars(validate)["leaf"] = check.__name__
    return BeforeValidator(validate)


Text = Annotated[str, _leaf(leaves.text)]
Prose = Annotated[str | dict[str, str], _leaf(leaves.prose)]
Id = Annotated[str, _leaf(leaves.id_)]
CustomerId = Annotated[str, _leaf(leaves.customer_id)]
TermRef = Annotated[str, _leaf(leaves.ref)]
Day = Annotated[date, _leaf(leaves.day)]
Whole = Annotated[int, _leaf(leaves.whole)]
Number = Annotated[Decimal, _leaf(leaves.number)]
Texts = Annotated[list[Text], _leaf(leaves.as_list)]
#: Names of channels, roles and choices, which compare after normalisation.
Names = Annotated[list[Annotated[str, _leaf(leaves.name)]], _leaf(leaves.as_list)]
Proses = Annotated[list[Prose], _leaf(leaves.as_list)]
Ids = Annotated[list[Id], _leaf(leaves.as_list)]
TermRefs = Annotated[list[TermRef], _leaf(leaves.as_list)]
Duration = Annotated[Text, Means("duration")]
#: A condition (BOOK.md 5).
Condition = Annotated[dict[str, Any], Means("condition")]
#: A value: plain, dated or counted (BOOK.md 4).
AnyValue = Annotated[Any, Means("value")]


class Part(BaseModel):
    """A part of a document: unknown keys are faults."""

    model_config = ConfigDict(extra="forbid", strict=False, frozen=True, defer_build=True)


class Period(Part):
    """When a document is in force; both days included."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    """The first day."""
    until: Day | None = None
    """The last day."""


class Document(Part):
    """What every document may say (BOOK.md 3). ``title`` and ``why`` are asked for by the checks, not by the reader:
    a standard without a reason is still a standard."""

    #: Whether the kind may be out of force.
    dated: ClassVar[bool] = True

    kind: Text
    """Which sort of document this is."""
    id: Id
    """Its name for other documents: lower-case words and digits parted by hyphens, unique within its kind."""
    title: Prose | None = None
    """Its name for people."""
    why: Prose | None = None
    """The reason, as staff should hear it."""
    owner: Text | None = None
    """The person or role who answers for it."""
    review_by: Day | None = None
    """The day by which somebody reads it again."""
    effective: Period | None = None
    """When it is in force; both days are included."""
    tags: Texts = Field(default_factory=list)
    """Words to find it by."""


class Applicable(Document):
    """A document that applies to some and not to others. What is left out is no restriction."""

    area: Ids = Field(default_factory=list)
    """The area or areas of servkit.yaml that it belongs to. Left out: it is told about everything."""
    channels: Names = Field(default_factory=list)
    """Only on these channels."""
    roles: Names = Field(default_factory=list)
    """Only for these roles."""
    segments: Ids = Field(default_factory=list)
    """Only for customers in any of these segments."""
    when: Condition | None = None
    """Only where this holds."""


class Case(Part):
    """A row of a decision table; the first that holds wins."""

    when: Condition
    """When this row holds."""
    value: AnyValue = None
    """The value where it does."""
    limit: AnyValue = None
    """How far anybody may go in this row."""
    grant: dict[str, AnyValue] | None = None
    """How far each role may go unasked in this row; replaces the grants of the term."""


Cases = Annotated[list[Case], _leaf(leaves.as_list)]


class Term(Part):
    """A named value that a standard or policy owns (BOOK.md 4)."""

    title: Prose | None = None
    """What staff call it."""
    why: Prose | None = None
    """The reason for this value."""
    value: AnyValue = None
    """What everybody gets: `30 days`, `25 USD`, `10 %`, `3 rings`, `yes`; or dated, or counted."""
    type: Annotated[Text | None, Means("type")] = None
    """Its type, where that cannot be seen from the value."""
    of: Texts | None = None
    """The values of a choice, least first."""
    better: Annotated[Text | None, Means("better")] = None
    """Which of two values is kinder to the customer."""
    limit: AnyValue = None
    """Nobody goes past this."""
    grant: dict[str, AnyValue] | None = None
    """How far each role may go unasked: `{agent: 45 days}`."""
    cases: Cases = Field(default_factory=list)
    """A decision table: the first row that holds wins, `value` where none does."""


Terms = dict[Id, Annotated[Term, _leaf(leaves.as_term)]]


class Note(Part):
    """Something a customer said or somebody saw, with the day and the person where they are known."""

    say: Prose
    """What was said or seen."""
    noted: Day | None = None
    """The day it was written down."""
    by: Text | None = None
    """Who wrote it down."""


Notes = Annotated[list[Annotated[Note, _leaf(leaves.as_note)]], _leaf(leaves.as_list)]


class StepAway(Part):
    """When leaving a standard serves better, and what to do then."""

    if_: Annotated[Prose, Field(alias="if")]
    """What is the case."""
    then: Prose
    """What serves better."""


StepAways = Annotated[list[StepAway], _leaf(leaves.as_list)]


class Step(Part):
    """One step of a procedure."""

    do: Prose
    """What to do."""
    role: Text | None = None
    """Who does it: one of the roles of servkit.yaml."""
    within: Duration | None = None
    """How soon, such as `30 minutes`."""
    say: Ids = Field(default_factory=list)
    """Ids of the scripts that go with it."""


Steps = Annotated[list[Annotated[Step, _leaf(leaves.as_step)]], _leaf(leaves.as_list)]


class Person(Part):
    """What there is to say of somebody who is served."""

    name: Text | None = None
    """Their name, as they are called."""
    attributes: Annotated[dict[str, Any], Means("attributes")] = Field(default_factory=dict)
    """What is known of them, by the names under `attributes` in servkit.yaml. One left empty is unknown."""
    priorities: Notes = Field(default_factory=list)
    """What matters most to them: a text, or `{say, noted, by}` with the day and who wrote it down."""
    expectations: Notes = Field(default_factory=list)
    """What they count on without saying so every time."""
    pace: Notes = Field(default_factory=list)
    """How fast they like things to go, and when."""
    signals: Notes = Field(default_factory=list)
    """How to tell that something is the matter before they say it."""
    promised: dict[TermRef, AnyValue] = Field(default_factory=dict)
    """What was promised to them, by term: `returns.window: 90 days`. It never makes their answer worse."""
    language: Text | None = None
    """The language they are served in, such as en or es."""


class Somebody(Person):
    """A customer described in a scenario."""

    id: Text | None = None
    """Their account number, where it matters."""


Who = Annotated[Somebody | None, _leaf(leaves.who)]
