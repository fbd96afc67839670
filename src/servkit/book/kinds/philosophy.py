"""A philosophy: what the company believes about serving, and how it is carried out every day."""

from pydantic import Field

from servkit.book.shape import Document, Prose, Proses, Whole


class Philosophy(Document):
    """What the company believes about serving, and how it is carried out every day."""

    statement: Prose | None = None
    """The belief, in a sentence or two."""
    rank: Whole | None = None
    """Where two beliefs pull apart, the one with rank 1 wins, then 2, and so on."""
    in_practice: Proses = Field(default_factory=list)
    """How it is carried out every day."""
    stories: Proses = Field(default_factory=list)
    """What one of us once did."""
