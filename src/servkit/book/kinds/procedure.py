"""A procedure: ordered steps that carry out standards and policies."""

from servkit.book.kinds.shape import Applicable, Ids, Prose, Steps


class Procedure(Applicable):
    """``standards`` and ``policies`` are the ids it carries out."""

    statement: Prose | None = None
    steps: Steps = []
    standards: Ids = []
    policies: Ids = []
