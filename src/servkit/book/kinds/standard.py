"""A service standard: what every customer can count on, and how staff of each level live up to it."""

from typing import Any

from servkit.book.kinds.shape import Applicable, Id, Ids, Prose, Proses, StepAways, Terms, Text


class Standard(Applicable):
    """Owns terms; its terms are flexible (BOOK.md 9)."""

    statement: Prose | None = None
    philosophies: Ids = []
    terms: Terms = {}
    target: Text | None = None
    do: Proses = []
    say: Ids = []
    ask: Proses = []
    listen_for: Proses = []
    go_beyond: Proses = []
    step_away: StepAways = []
    wording: dict[str, Any] = {}
    stories: Proses = []
    recovery: Id | None = None
