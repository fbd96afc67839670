"""A recovery: what to do when things went wrong, which is what is remembered."""

from typing import Annotated, ClassVar

from pydantic import Field

from servkit.book.shape import Applicable, Duration, Ids, Prose, RefersTo, Steps, TermRefs


class Recovery(Applicable):
    """What to do when something went wrong, which is what people remember."""

    order: ClassVar[int] = 4

    trigger: Prose | None = None
    """What has happened when this recovery begins."""
    steps: Steps = Field(default_factory=list)
    """What to do, in order: each a text, or `{do, role, within, say}`."""
    say: Annotated[Ids, RefersTo("script")] = Field(default_factory=list)
    """Ids of the scripts that go with it."""
    may_offer: TermRefs = Field(default_factory=list)
    """Terms that may be offered to make up for it, such as `goodwill.credit`."""
    follow_up: Duration | None = None
    """How long after it somebody asks whether all is well, such as `2 days`."""
