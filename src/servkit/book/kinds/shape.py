"""What the kinds of document share: the shapes an author may write, checked by Pydantic before anything is typed.

Leaves are text (BOOK.md 1); what a text *means* depends on the book and is settled by :mod:`servkit.book.bind`.
Every validator raises with a message an author can act on; places come from the reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from servkit.book.values import nfc

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
REF = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*\Z")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")


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
    :mod:`servkit.book.bind`, and the schema for editors (:mod:`servkit.schema`) says as much of it as a schema can."""

    what: str


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise fault("this is text" if value is not None else "this is empty; write a text or take the key away")


def _name(value: Any) -> str:
    return nfc(_text(value))


def _prose(value: Any) -> Any:
    if isinstance(value, dict):
        if not value:
            raise fault("this is empty; write a text")
        for language, text in value.items():
            if not LANGUAGE.match(language):
                message = f"{language!r} is not a language; prose is text, or a mapping of language to text"
                raise fault(message, language, at_key=True)
            if not isinstance(text, str):
                raise fault(f"the text for {language!r} is missing", language)
        return value
    return _text(value)


def _id(value: Any) -> str:
    text = _text(value)
    if not ID.match(text):
        raise fault(f"{text!r} is not an id: lower-case words and digits, parted by single hyphens")
    return text


def _customer_id(value: Any) -> str:
    text = _text(value)
    if not text or any(char.isspace() for char in text):
        raise fault(f"{text!r} is not a customer id: whatever the company uses, but without spaces")
    return text


def _ref(value: Any) -> str:
    text = _text(value)
    if not REF.match(text):
        raise fault(f"{text!r} is not a term reference such as returns.window")
    return text


def _day(value: Any) -> date:
    text = _text(value)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise fault(f"{text!r} is not a day such as 2026-03-01")


def _whole(value: Any) -> int:
    text = _text(value)
    if not re.fullmatch(r"-?(?:0|[1-9][0-9]{0,8})", text):
        raise fault(f"{text!r} is not a whole number")
    return int(text)


def _number(value: Any) -> Decimal:
    text = _text(value)
    if len(text) > 20 or not re.fullmatch(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", text):
        raise fault(f"{text!r} is not a number")
    return Decimal(text)


def _yes_no(value: Any) -> bool:
    text = _text(value)
    if text not in {"yes", "no", "true", "false"}:
        raise fault(f"{text!r} is neither yes nor no")
    return text in {"yes", "true"}


Text = Annotated[str, BeforeValidator(_text)]
Prose = Annotated[str | dict[str, str], BeforeValidator(_prose)]
Id = Annotated[str, BeforeValidator(_id)]
CustomerId = Annotated[str, BeforeValidator(_customer_id)]
TermRef = Annotated[str, BeforeValidator(_ref)]
Day = Annotated[date, BeforeValidator(_day)]
Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[Decimal, BeforeValidator(_number)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Texts = Annotated[list[Text], BeforeValidator(_as_list)]
#: Names of channels, roles and choices, which compare after normalisation.
Names = Annotated[list[Annotated[str, BeforeValidator(_name)]], BeforeValidator(_as_list)]
Proses = Annotated[list[Prose], BeforeValidator(_as_list)]
Ids = Annotated[list[Id], BeforeValidator(_as_list)]
TermRefs = Annotated[list[TermRef], BeforeValidator(_as_list)]
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


Cases = Annotated[list[Case], BeforeValidator(_as_list)]


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


def _term(value: Any) -> Any:
    """The short form of a term is just its value."""
    if value is None:
        raise fault("this is empty; write a value")
    return value if isinstance(value, dict) else {"value": value}


Terms = dict[Id, Annotated[Term, BeforeValidator(_term)]]


class Note(Part):
    """Something a customer said or somebody saw, with the day and the person where they are known."""

    say: Prose
    """What was said or seen."""
    noted: Day | None = None
    """The day it was written down."""
    by: Text | None = None
    """Who wrote it down."""


def _note(value: Any) -> Any:
    if isinstance(value, dict) and "say" in value:
        return value
    return {"say": value}


Notes = Annotated[list[Annotated[Note, BeforeValidator(_note)]], BeforeValidator(_as_list)]


class StepAway(Part):
    """When leaving a standard serves better, and what to do then."""

    if_: Annotated[Prose, Field(alias="if")]
    """What is the case."""
    then: Prose
    """What serves better."""


StepAways = Annotated[list[StepAway], BeforeValidator(_as_list)]


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


def _step(value: Any) -> Any:
    if isinstance(value, dict) and "do" in value:
        return value
    return {"do": value}


Steps = Annotated[list[Annotated[Step, BeforeValidator(_step)]], BeforeValidator(_as_list)]
