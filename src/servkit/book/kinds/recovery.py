"""A recovery: what to do when things went wrong, which is what is remembered."""

from pydantic import Field

from servkit.book.kinds.shape import Applicable, Ids, Prose, Steps, TermRefs, Text


class Recovery(Applicable):
    """``may_offer`` are term references; ``follow_up`` a duration."""

    trigger: Prose | None = None
    steps: Steps = Field(default_factory=list)
    say: Ids = Field(default_factory=list)
    may_offer: TermRefs = Field(default_factory=list)
    follow_up: Text | None = None
