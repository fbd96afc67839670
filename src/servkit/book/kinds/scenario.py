"""A scenario: a test in CI and a role-play card in training, from one source (BOOK.md 8)."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from servkit.book.kinds.shape import Day, Document, Part, Prose, Proses, Text, Texts, fault


class Given(Part):
    """The circumstances: ``today`` is required, so that a scenario means the same on any day."""

    today: Day
    from_: Annotated[Text | None, Field(alias="from")] = None
    channel: Text | None = None
    role: Text | None = None
    office: Text | None = None
    level: Text | None = None
    facts: dict[str, Any] = Field(default_factory=dict)


class Expect(Part):
    """What the answer must be; what is not stated is not checked, ``[]`` is."""

    segments: Texts | None = None
    might_be: Texts | None = None
    terms: dict[Text, Any] = Field(default_factory=dict)
    you_may: dict[Text, Any] = Field(default_factory=dict)
    ask: Texts | None = None
    applies: Texts = Field(default_factory=list)
    does_not_apply: Texts = Field(default_factory=list)
    uncovered: Texts | None = None
    due: dict[Text, Text] = Field(default_factory=dict)
    say: Texts = Field(default_factory=list)


def _who(value: Any) -> Any:
    if value is None or isinstance(value, (str, dict)):
        return value
    raise fault("a customer is an id, or a mapping of name, attributes … in place")


class Scenario(Document):
    """``customer`` is an id, or a customer in place; ``about`` an area, or the id of a standard or policy."""

    dated: ClassVar[bool] = False

    story: Prose | None = None
    customer: Annotated[Any, BeforeValidator(_who)] = None
    given: Given
    about: Texts = Field(default_factory=list)
    expect: Expect = Expect()
    debrief: Proses = Field(default_factory=list)
