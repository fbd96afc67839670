"""``what_changed``: what an edit of the book changed in meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from servkit.assistant.arguments import About, Arguments, On, Text

if TYPE_CHECKING:
    from servkit.desk.session import Desk

TITLE, RECORDS = "See what changed", False


class Shape(Arguments):
    """What the book says otherwise than at an earlier git revision: what anybody gets now, and for whom, each with an
    example. Customers are neither counted nor named. The result is the JSON of `servkit diff REVISION --no-customers
    --format json`."""

    revision: Annotated[Text, Field(description="The revision before, such as HEAD~1, v2 or main.")] = "HEAD"
    about: About = Field(default_factory=list)
    on: On = None


def call(desk: Desk, arguments: Shape) -> dict[str, Any]:
    """The changes."""
    from servkit.desk.changes import changes_since  # loads the comparison of books, which nothing else needs

    return changes_since(desk, arguments.revision, arguments.about, arguments.on)
