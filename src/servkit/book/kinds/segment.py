"""A segment: customers who are served differently on purpose."""

from decimal import Decimal

from pydantic import Field

from servkit.book.shape import AnyValue, Condition, Document, Number, Proses, TermRef


class Segment(Document):
    """Customers who are served differently on purpose."""

    when: Condition
    """Who is in it."""
    priority: Number = Decimal(0)
    """Where two segments set one term, the higher number wins."""
    sets: dict[TermRef, AnyValue] = Field(default_factory=dict)
    """What they get, by term: `returns.window: 60 days`. Only flexible terms can be set."""
    do: Proses = Field(default_factory=list)
    """What to do for them."""
