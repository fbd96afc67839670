"""A procedure: ordered steps that carry out standards and policies."""

from typing import Annotated, ClassVar

from pydantic import Field

from servkit.book.shape import Applicable, Ids, Prose, RefersTo, Steps


class Procedure(Applicable):
    """Steps, in their order, that carry out standards and policies."""

    order: ClassVar[int] = 3

    statement: Prose | None = None
    """What the steps come to, in a sentence."""
    steps: Steps = Field(default_factory=list)
    """What to do, in order: each a text, or `{do, role, within, say}`."""
    standards: Annotated[Ids, RefersTo("standard")] = Field(default_factory=list)
    """Ids of the standards it carries out."""
    policies: Annotated[Ids, RefersTo("policy")] = Field(default_factory=list)
    """Ids of the policies it carries out."""
