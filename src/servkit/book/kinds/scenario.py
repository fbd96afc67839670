"""A scenario: a test in CI and a role-play card in training, from one source (BOOK.md 8)."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from servkit.book.shape import Day, Document, Format, Part, Prose, Proses, RefersTo, Text, Texts, Who


class Given(Part):
    """The circumstances. `today` is required, so that a scenario means the same on any day."""

    today: Day
    """The day it happens on."""
    from_: Annotated[Text | None, Field(alias="from")] = None
    """The moment it begins, such as `2026-03-01T09:30`: what is `due` is counted from there."""
    channel: Text | None = None
    """How the customer comes to you: one of the channels of servkit.yaml."""
    role: Text | None = None
    """Who serves them: one of the roles of servkit.yaml."""
    office: Text | None = None
    """The office they are served from."""
    level: Annotated[Text | None, Format("level")] = None
    """The level at which staff serve: scripts above it are not offered."""
    facts: Annotated[dict[str, Any], Format("attributes")] = Field(default_factory=dict)
    """What is known of the case, by the names under `facts` in servkit.yaml; attributes may be set here too."""


class Expect(Part):
    """What the answer has to be. What is left out is not checked; an empty list is."""

    segments: Annotated[Texts | None, RefersTo("segment")] = None
    """Exactly the segments that the customer is in."""
    might_be: Annotated[Texts | None, RefersTo("segment")] = None
    """Exactly the segments that the customer might be in."""
    terms: Annotated[dict[Text, Any], Format("expected"), RefersTo("term")] = Field(default_factory=dict)
    """Values by term: `returns.window: 60 days`; `open`, `conflict` or `none` where there is no one value."""
    you_may: Annotated[dict[Text, Any], Format("expected"), RefersTo("term")] = Field(default_factory=dict)
    """How far the role may go, by term; `none` where it may not be said."""
    may_be: Annotated[dict[Text, Any], Format("possible"), RefersTo("term")] = Field(default_factory=dict)
    """What an open term may come to, by term: `[30 days, 60 days]`; `{at_least: 0 USD}` for a range, `null` for
    nothing."""
    you_may_be: Annotated[dict[Text, Any], Format("possible"), RefersTo("term")] = Field(default_factory=dict)
    """How far the role may go where a question decides that, by term: `[0 USD, 30 USD]`; `[]` where none does."""
    ask: Texts | None = None
    """Exactly the unknowns that matter, by name."""
    applies: Annotated[Texts, RefersTo("applicable", "philosophy", prefixed=True)] = Field(default_factory=list)
    """At least these documents apply: an id, or `kind:id`."""
    does_not_apply: Annotated[Texts, RefersTo("applicable", "philosophy", prefixed=True)] = Field(default_factory=list)
    """These documents do not apply: an id, or `kind:id`."""
    uncovered: Annotated[Texts | None, RefersTo("area")] = None
    """Exactly the areas that nothing covers."""
    due: Annotated[dict[Text, Text], RefersTo("term")] = Field(default_factory=dict)
    """When a term is due, counted from `given: from`: `reply.within: 2026-03-02T11:00`."""
    say: Annotated[Texts, RefersTo("script")] = Field(default_factory=list)
    """At least these scripts are offered, by id."""


class Scenario(Document):
    """Somebody comes, and this is what has to be answered: a test for the book and a card for role-play."""

    dated: ClassVar[bool] = False
    expected: ClassVar[tuple[str, ...]] = ("title",)

    story: Prose | None = None
    """What has happened, as a trainer tells it."""
    customer: Annotated[Who, RefersTo("customer")] = None
    """The id of a customer, or one in place: `{name, attributes, …}`. Left out: somebody unknown."""
    given: Given
    """The circumstances: day, channel, role, facts."""
    about: Annotated[Texts, RefersTo("area", "applicable")] = Field(default_factory=list)
    """What it is about: an area, or the id of a standard or policy. Left out: everything."""
    expect: Expect = Expect()
    """What the answer has to be."""
    debrief: Proses = Field(default_factory=list)
    """Questions to talk over afterwards."""
