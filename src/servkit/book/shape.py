"""What the kinds of document share: the shapes an author may write, which Pydantic checks and converts.

Leaves are text (BOOK.md 1); what a text *means* depends on the book (:mod:`servkit.book.document_parser`). Problems get
their words and places in :mod:`servkit.book.shape_errors`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from servkit.book import identifiers
from servkit.book.values import nfc
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable


def fault(message: str) -> PydanticCustomError:
    """A shape fault of our own; the author reads the message as it is."""
    return PydanticCustomError("shape", "{message}", {"message": message})


@dataclass(frozen=True)
class Format:
    """What is written in a place, where its type alone does not say: the name of a part in :mod:`servkit.schema.parts`.
    Checks nothing itself."""

    name: str


class RefersTo:
    """A text, or the keys of a mapping, that stand for something else in the book: documents of these ``kinds``, or a
    ``term`` or ``area``. ``applicable`` means every kind that may be restricted. With ``prefixed``, the kind may be
    written in front: ``policy:returns``."""

    def __init__(self, *kinds: str, prefixed: bool = False) -> None:
        self.kinds, self.prefixed = kinds, prefixed


class ShortForm:
    """Validates one value written in place of a mapping, as the value of its main key.

    ``keys`` are those that tell the mapping from text in several languages; without any, every mapping is one.
    """

    def __init__(self, key: str, *keys: str) -> None:
        self.key, self.keys = key, keys

    def __call__(self, value: Any) -> Any:
        if value is None or (isinstance(value, dict) and (not self.keys or any(key in value for key in self.keys))):
            return value
        return {self.key: value}


def as_list(value: Any) -> Any:
    """One item may be written where a list is expected."""
    return value if isinstance(value, list) or value is None else [value]


def _written_as(pattern: str, convert: Callable[[str], Any]) -> BeforeValidator:
    """Converts text, but only what matches a pattern: Pydantic alone would take ``1e3`` for a number."""
    matches = re.compile(pattern).fullmatch

    def validate(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            if len(value) <= _LONGEST and matches(value):
                return convert(value)
        except ValueError:
            pass
        raise fault(f"{quoted(value)} {identifiers.ADVICE[pattern]}")

    return BeforeValidator(validate)


#: No number or day has more characters.
_LONGEST = 20
_LIST = BeforeValidator(as_list)

Text = str
Language = Annotated[str, StringConstraints(pattern=identifiers.LANGUAGE), Format("language")]
_Translations = Annotated[dict[Language, str], Field(min_length=1)]
#: Text for people, in one language or in several.
Prose = Annotated[str | _Translations, Field(union_mode="left_to_right"), Format("prose")]
Id = Annotated[str, StringConstraints(pattern=identifiers.ID), Format("id")]
CustomerId = Annotated[str, StringConstraints(pattern=identifiers.CUSTOMER_ID), Format("customer-id")]
TermRef = Annotated[str, StringConstraints(pattern=identifiers.TERM), Format("term"), RefersTo("term")]
Day = Annotated[date, _written_as(identifiers.DAY, date.fromisoformat), Format("day")]
Whole = Annotated[int, _written_as(identifiers.WHOLE, int), Format("whole")]
Number = Annotated[Decimal, _written_as(identifiers.NUMBER, Decimal), Format("number")]
Texts = Annotated[list[Text], _LIST]
#: Names of channels, roles and choices, which compare after normalisation.
Names = Annotated[list[Annotated[str, AfterValidator(nfc)]], _LIST]
Proses = Annotated[list[Prose], _LIST]
Ids = Annotated[list[Id], _LIST]
TermRefs = Annotated[list[TermRef], _LIST]
Duration = Annotated[Text, Format("duration")]
#: A condition (BOOK.md 5).
Condition = Annotated[dict[str, Any], Format("condition")]
#: A value: plain, dated or counted (BOOK.md 4).
AnyValue = Annotated[Any, Format("value")]


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

    #: Whether the kind may have a period in which it is in force.
    dated: ClassVar[bool] = True
    #: Where documents of several kinds are listed, those of a lower number come first.
    order: ClassVar[int] = 100
    #: The keys that every document of the kind should have, which the checks ask for.
    expected: ClassVar[tuple[str, ...]] = ("title", "why", "owner", "review_by")

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

    area: Annotated[Ids, RefersTo("area")] = Field(default_factory=list)
    """The area or areas of servkit.yaml that it belongs to. Left out: it is told about everything."""
    channels: Names = Field(default_factory=list)
    """Only on these channels."""
    roles: Names = Field(default_factory=list)
    """Only for these roles."""
    segments: Annotated[Ids, RefersTo("segment")] = Field(default_factory=list)
    """Only for customers in any of these segments."""
    when: Condition | None = None
    """Only where this holds."""


class CaseFile(Part):
    """A row of a decision table; the first that holds wins."""

    when: Condition
    """When this row holds."""
    value: AnyValue = None
    """The value where it does."""
    limit: AnyValue = None
    """How far anybody may go in this row."""
    grant: dict[str, AnyValue] | None = None
    """How far each role may go unasked in this row; replaces the grants of the term."""


Cases = Annotated[list[CaseFile], _LIST]


class TermFile(Part):
    """A named value that a standard or policy owns (BOOK.md 4)."""

    title: Prose | None = None
    """What staff call it."""
    why: Prose | None = None
    """The reason for this value."""
    value: AnyValue = None
    """What everybody gets: `30 days`, `25 USD`, `10 %`, `3 rings`, `yes`; or dated, or counted."""
    type: Annotated[Text | None, Format("type")] = None
    """Its type, where that cannot be seen from the value."""
    of: Texts | None = None
    """The values of a choice, least first."""
    better: Annotated[Text | None, Format("better")] = None
    """Which of two values is kinder to the customer."""
    limit: AnyValue = None
    """Nobody goes past this."""
    grant: dict[str, AnyValue] | None = None
    """How far each role may go unasked: `{agent: 45 days}`."""
    cases: Cases = Field(default_factory=list)
    """A decision table: the first row that holds wins, `value` where none does."""


Terms = dict[Id, Annotated[TermFile, BeforeValidator(ShortForm("value"))]]


class Note(Part):
    """Something a customer said or somebody saw, with the day and the person where they are known."""

    say: Prose
    """What was said or seen."""
    noted: Day | None = None
    """The day it was written down."""
    by: Text | None = None
    """Who wrote it down."""


Notes = Annotated[list[Annotated[Note, BeforeValidator(ShortForm("say", "say", "noted", "by"))]], _LIST]


class StepAway(Part):
    """When leaving a standard serves better, and what to do then."""

    if_: Annotated[Prose, Field(alias="if")]
    """What is the case."""
    then: Prose
    """What serves better."""


StepAways = Annotated[list[StepAway], _LIST]


#: What not to say, to what to say; one mapping, or several in a list.
Wording = Annotated[list[Annotated[dict[str, Proses], Field(min_length=1)]], _LIST]


class Step(Part):
    """One step of a procedure."""

    do: Annotated[Proses, Field(min_length=1)]
    """What to do."""
    role: Text | None = None
    """Who does it: one of the roles of servkit.yaml."""
    within: Duration | None = None
    """How soon, such as `30 minutes`."""
    say: Annotated[Ids, RefersTo("script")] = Field(default_factory=list)
    """Ids of the scripts that go with it."""


Steps = Annotated[list[Annotated[Step, BeforeValidator(ShortForm("do", "do", "role", "within"))]], _LIST]


class Person(Part):
    """What there is to say of somebody who is served."""

    name: Text | None = None
    """Their name, as they are called."""
    attributes: Annotated[dict[str, Any], Format("attributes")] = Field(default_factory=dict)
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


def _somebody(value: Any) -> Any:
    if value is None or isinstance(value, dict):
        return value
    if isinstance(value, str):
        return {"id": value}
    raise fault("A customer is an id, or a mapping such as `{name: Ada, attributes: {…}}`, not a list.")


#: The customer of a scenario: somebody in the book by their id, or somebody described.
Who = Annotated[Somebody | None, BeforeValidator(_somebody), Format("who")]
