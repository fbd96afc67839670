"""A procedure: ordered steps that carry out standards and policies."""

from pydantic import Field

from servkit.book.shape import Applicable, Ids, Prose, Steps


class Procedure(Applicable):
    """Steps, in their order, that carry out standards and policies."""

    statement: Prose | None = None
    """What the steps come to, in a sentence."""
    steps: Steps = Field(default_factory=list)
    """What to do, in order: each a text, or `{do, role, within, say}`."""
    standards: Ids = Field(default_factory=list)
    """Ids of the standards it carries out."""
    policies: Ids = Field(default_factory=list)
    """Ids of the policies it carries out."""
