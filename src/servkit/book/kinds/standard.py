"""A service standard: what every customer can count on, and how staff of each level live up to it."""

from typing import Annotated, ClassVar

from pydantic import Field

from servkit.book.shape import Applicable, Format, Id, Ids, Prose, Proses, RefersTo, StepAways, Terms, Text, Wording


class Standard(Applicable):
    """What every customer can count on, and how staff of each level live up to it."""

    order: ClassVar[int] = 1

    statement: Prose | None = None
    """What the customer can count on, in a sentence or two."""
    philosophies: Annotated[Ids, RefersTo("philosophy")] = Field(default_factory=list)
    """Ids of the philosophies it comes from."""
    terms: Terms = Field(default_factory=dict)
    """Its named values, such as `within: 4 hours`; elsewhere they are `reply.within`."""
    target: Annotated[Text | None, Format("percent")] = None
    """How often its terms have to be met, such as `90 %`."""
    do: Proses = Field(default_factory=list)
    """Level one: the checklist."""
    say: Annotated[Ids, RefersTo("script")] = Field(default_factory=list)
    """Ids of the scripts that go with it."""
    ask: Proses = Field(default_factory=list)
    """Level two: what to ask."""
    listen_for: Proses = Field(default_factory=list)
    """Level two: what to listen for."""
    go_beyond: Proses = Field(default_factory=list)
    """Level three: what you are trusted to do. Never a script."""
    step_away: StepAways = Field(default_factory=list)
    """When leaving this standard serves better: a list of `{if, then}`."""
    wording: Wording = Field(default_factory=list)
    """What not to say, to what to say: one text, or a list of them."""
    stories: Proses = Field(default_factory=list)
    """What one of us once did."""
    recovery: Annotated[Id | None, RefersTo("recovery")] = None
    """Id of the recovery for when it was not met."""
