"""A policy: fixed (no discretion, and the reason known to all) or flexible (room to move, and how much)."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from servkit.book.shape import Applicable, Ids, Prose, Proses, RefersTo, Terms


class Policy(Applicable):
    """A rule. Fixed: no discretion, and everybody knows why. Flexible: room to move, and how much for whom."""

    order: ClassVar[int] = 2

    rule: Literal["fixed", "flexible"]
    """`fixed` leaves no discretion; `flexible` has terms that may be moved, inside limits."""
    statement: Prose | None = None
    """The rule in a sentence or two, as staff should know it."""
    terms: Terms = Field(default_factory=dict)
    """The named values of the rule, such as `window: 30 days`; elsewhere they are `returns.window`."""
    say: Annotated[Ids, RefersTo("script")] = Field(default_factory=list)
    """Ids of the scripts that go with it."""
    expectation: Proses | None = None
    """What to tell the customer beforehand, so that nobody is surprised: a text, or a list of them."""
    basis: Literal["law", "safety", "contract", "company"] | None = None
    """Where a fixed rule comes from: law, safety, contract, or the company's own decision."""
    instead: Proses | None = None
    """What may be offered in place of a no (fixed rules): a text, or a list of them."""
