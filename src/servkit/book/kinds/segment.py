"""A segment: customers who are served differently on purpose."""

from decimal import Decimal

from pydantic import Field

from servkit.book.kinds.shape import AnyValue, Condition, Document, Number, Proses, TermRef


class Segment(Document):
    """``sets`` moves flexible terms; the highest ``priority`` wins."""

    when: Condition
    priority: Number = Decimal(0)
    sets: dict[TermRef, AnyValue] = Field(default_factory=dict)
    do: Proses = Field(default_factory=list)
