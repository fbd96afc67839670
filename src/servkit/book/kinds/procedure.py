"""A procedure: ordered steps that carry out standards and policies."""

from pydantic import Field

from servkit.book.kinds.shape import Applicable, Ids, Prose, Steps


class Procedure(Applicable):
    """``standards`` and ``policies`` are the ids it carries out."""

    statement: Prose | None = None
    steps: Steps = Field(default_factory=list)
    standards: Ids = Field(default_factory=list)
    policies: Ids = Field(default_factory=list)
