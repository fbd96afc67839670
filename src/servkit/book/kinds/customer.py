"""A customer: what is known of a person, and what matters to them."""

from typing import Any, ClassVar

from servkit.book.kinds.shape import AnyValue, CustomerId, Document, Notes, TermRef, Text


class Customer(Document):
    """``attributes`` are values by name; an empty one is unknown. ``promised`` is a term reference to a value."""

    dated: ClassVar[bool] = False

    id: CustomerId
    name: Text | None = None
    attributes: dict[str, Any] = {}
    priorities: Notes = []
    expectations: Notes = []
    pace: Notes = []
    signals: Notes = []
    promised: dict[TermRef, AnyValue] = {}
    language: Text | None = None
