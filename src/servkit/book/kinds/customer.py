"""A customer: what is known of a person, and what matters to them."""

from typing import Any, ClassVar

from pydantic import Field

from servkit.book.kinds.shape import AnyValue, CustomerId, Document, Notes, TermRef, Text


class Customer(Document):
    """``attributes`` are values by name; an empty one is unknown. ``promised`` is a term reference to a value."""

    dated: ClassVar[bool] = False

    id: CustomerId
    name: Text | None = None
    attributes: dict[str, Any] = Field(default_factory=dict)
    priorities: Notes = Field(default_factory=list)
    expectations: Notes = Field(default_factory=list)
    pace: Notes = Field(default_factory=list)
    signals: Notes = Field(default_factory=list)
    promised: dict[TermRef, AnyValue] = Field(default_factory=dict)
    language: Text | None = None
