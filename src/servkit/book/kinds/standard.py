"""A service standard: what every customer can count on, and how staff of each level live up to it."""

from pydantic import Field

from servkit.book.kinds.shape import Applicable, Id, Ids, Prose, Proses, StepAways, Terms, Text


class Standard(Applicable):
    """Owns terms; its terms are flexible (BOOK.md 9)."""

    statement: Prose | None = None
    philosophies: Ids = Field(default_factory=list)
    terms: Terms = Field(default_factory=dict)
    target: Text | None = None
    do: Proses = Field(default_factory=list)
    say: Ids = Field(default_factory=list)
    ask: Proses = Field(default_factory=list)
    listen_for: Proses = Field(default_factory=list)
    go_beyond: Proses = Field(default_factory=list)
    step_away: StepAways = Field(default_factory=list)
    wording: dict[str, Prose] = Field(default_factory=dict)
    stories: Proses = Field(default_factory=list)
    recovery: Id | None = None
