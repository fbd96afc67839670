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
    facts: dict[str, Any] = {}


class Expect(Part):
    """What the answer must be; what is not stated is not checked, ``[]`` is."""

    segments: Texts | None = None
    might_be: Texts | None = None
    terms: dict[Text, Any] = {}
    you_may: dict[Text, Any] = {}
    ask: Texts | None = None
    applies: Texts = []
    does_not_apply: Texts = []
    uncovered: Texts | None = None
    due: dict[Text, Text] = {}
    say: Texts = []


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
    about: Texts = []
    expect: Expect = Expect()
    debrief: Proses = []
