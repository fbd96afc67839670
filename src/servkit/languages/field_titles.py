"""What the parts of a document are called on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from servkit.languages.catalogue import Catalogue

_TITLES = {
    "about": Message("What it is about"),
    "area": Message("Area"),
    "ask": Message("Ask"),
    "attributes": Message("Known of them"),
    "basis": Message("Basis"),
    "channels": Message("Channels"),
    "customer": Message("Customer"),
    "debrief": Message("Debrief"),
    "do": Message("Checklist"),
    "effective": Message("In force"),
    "expect": Message("What the book says"),
    "expectation": Message("Tell them up front"),
    "expectations": Message("Expects"),
    "follow_up": Message("Check back after"),
    "given": Message("The case"),
    "go_beyond": Message("You are trusted to"),
    "in_practice": Message("Every day"),
    "instead": Message("Offer instead"),
    "language": Message("Language"),
    "level": Message("Level"),
    "listen_for": Message("Listen for"),
    "may_offer": Message("You may offer"),
    "name": Message("Name"),
    "origin": Message("Origin"),
    "owner": Message("Owner"),
    "pace": Message("Pace"),
    "philosophies": Message("Behind it"),
    "policies": Message("Policies"),
    "priorities": Message("What matters"),
    "priority": Message("Priority"),
    "promised": Message("Promised"),
    "rank": Message("Rank"),
    "recovery": Message("If it went wrong"),
    "review_by": Message("Review by"),
    "roles": Message("Roles"),
    "rule": Message("Rule"),
    "say": Message("Say"),
    "segments": Message("Segments"),
    "sets": Message("Sets"),
    "short": Message("Shortcode"),
    "signals": Message("Signals"),
    "standards": Message("Standards"),
    "statement": Message("In short"),
    "step_away": Message("When to step away"),
    "steps": Message("Steps"),
    "stories": Message("Stories"),
    "story": Message("Story"),
    "tags": Message("Tags"),
    "target": Message("Target"),
    "terms": Message("Terms"),
    "title": Message("Title"),
    "trigger": Message("When it is needed"),
    "when": Message("When"),
    "why": Message("Why"),
    "wording": Message("Not this, but that"),
}


def field_title(key: str, words: Catalogue) -> str:
    """The title of a part; its key where it is one of somebody's own."""
    return words.gettext(_TITLES[key].text) if key in _TITLES else key.replace("_", " ").capitalize()


def place_title(path: str, words: Catalogue) -> str:
    """The title of a part and of what is in it: ``Sets: returns.window`` for ``sets.returns.window``."""
    key, _, inside = path.partition(".")
    title = field_title(key, words)
    if not inside or key == "expect":
        return title
    return words.gettext("{name}: {value}", name=title, value=inside)
