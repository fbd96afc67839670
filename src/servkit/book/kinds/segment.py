"""A segment: customers who are served differently on purpose."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from servkit.book.shape import AnyValue, Condition, Document, Ids, Number, Proses, RefersTo, TermRef


class Segment(Document):
    """Customers who are served differently on purpose."""

    area: Annotated[Ids, RefersTo("area")] = Field(default_factory=list)
    """The area or areas whose questions its `do` is for. Left out: all. What it sets, it sets everywhere."""
    when: Condition
    """Who is in it."""
    priority: Number = Decimal(0)
    """Where two segments set one term, the higher number wins."""
    sets: dict[TermRef, AnyValue] = Field(default_factory=dict)
    """What they get, by term: `returns.window: 60 days`. Only flexible terms can be set."""
    do: Proses = Field(default_factory=list)
    """What to do for them."""
