"""A recovery: what to do when things went wrong, which is what is remembered."""

from servkit.book.kinds.shape import Applicable, Ids, Prose, Steps, TermRefs, Text


class Recovery(Applicable):
    """``may_offer`` are term references; ``follow_up`` a duration."""

    trigger: Prose | None = None
    steps: Steps = []
    say: Ids = []
    may_offer: TermRefs = []
    follow_up: Text | None = None
