"""What the kinds of document share: the shapes an author may write, checked by Pydantic before anything is typed.

Leaves are text (BOOK.md 1); what a text *means* depends on the book and is settled by :mod:`servkit.book.bind`.
Every validator raises with a message an author can act on; places come from the reader.
"""

from __future__ import annotations

import re
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
Condition = Annotated[dict[str, Any], Field(description="A condition (BOOK.md 5)")]
AnyValue = Annotated[Any, Field(description="A value: plain, dated or counted (BOOK.md 4)")]


class Part(BaseModel):
    """A part of a document: unknown keys are faults."""

    model_config = ConfigDict(extra="forbid", strict=False, frozen=True, defer_build=True)


class Period(Part):
    """When a document is in force; both days included."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None


class Document(Part):
    """What every document may say (BOOK.md 3). ``title`` and ``why`` are asked for by the checks, not by the reader:
    a standard without a reason is still a standard."""

    #: Whether the kind may be out of force.
    dated: ClassVar[bool] = True

    kind: Text
    id: Id
    title: Prose | None = None
    why: Prose | None = None
    owner: Text | None = None
    review_by: Day | None = None
    effective: Period | None = None
    tags: Texts = Field(default_factory=list)


class Applicable(Document):
    """A document that applies to some and not to others. What is left out is no restriction."""

    area: Ids = Field(default_factory=list)
    channels: Names = Field(default_factory=list)
    roles: Names = Field(default_factory=list)
    segments: Ids = Field(default_factory=list)
    when: Condition | None = None


class Case(Part):
    """A row of a decision table; the first that holds wins."""

    when: Condition
    value: AnyValue = None
    limit: AnyValue = None
    grant: dict[str, AnyValue] | None = None


Cases = Annotated[list[Case], BeforeValidator(_as_list)]


class Term(Part):
    """A named value that a standard or policy owns (BOOK.md 4)."""

    title: Prose | None = None
    why: Prose | None = None
    value: AnyValue = None
    type: Text | None = None
    of: Texts | None = None
    better: Text | None = None
    limit: AnyValue = None
    grant: dict[str, AnyValue] | None = None
    cases: Cases = Field(default_factory=list)


def _term(value: Any) -> Any:
    """The short form of a term is just its value."""
    if value is None:
        raise fault("this is empty; write a value")
    return value if isinstance(value, dict) else {"value": value}


Terms = dict[Id, Annotated[Term, BeforeValidator(_term)]]


class Note(Part):
    """Something a customer said or somebody saw, with the day and the person where they are known."""

    say: Prose
    noted: Day | None = None
    by: Text | None = None


def _note(value: Any) -> Any:
    if isinstance(value, dict) and "say" in value:
        return value
    return {"say": value}


Notes = Annotated[list[Annotated[Note, BeforeValidator(_note)]], BeforeValidator(_as_list)]


class StepAway(Part):
    """When leaving a standard serves better, and what to do then."""

    if_: Annotated[Prose, Field(alias="if")]
    then: Prose


StepAways = Annotated[list[StepAway], BeforeValidator(_as_list)]


class Step(Part):
    """One step of a procedure."""

    do: Prose
    role: Text | None = None
    within: Text | None = None
    say: Ids = Field(default_factory=list)


def _step(value: Any) -> Any:
    if isinstance(value, dict) and "do" in value:
        return value
    return {"do": value}


Steps = Annotated[list[Annotated[Step, BeforeValidator(_step)]], BeforeValidator(_as_list)]
