"""A philosophy: what the company believes about serving, and how it is carried out every day."""

from pydantic import Field

from servkit.book.kinds.shape import Document, Prose, Proses, Whole


class Philosophy(Document):
    """``rank`` 1 wins when two pull apart."""

    statement: Prose | None = None
    rank: Whole | None = None
    in_practice: Proses = Field(default_factory=list)
    stories: Proses = Field(default_factory=list)
