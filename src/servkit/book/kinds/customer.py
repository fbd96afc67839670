"""A customer: what is known of a person, and what matters to them."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from servkit.book.kinds.shape import AnyValue, CustomerId, Document, Means, Notes, TermRef, Text


class Customer(Document):
    """Somebody you serve: what is known of them, what matters to them, and what they were promised."""

    dated: ClassVar[bool] = False

    id: CustomerId
    """The account number, or whatever the company goes by, without spaces."""
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
