"""A script: words to say, filled for the customer at hand."""

from typing import ClassVar, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from servkit.book.shape import Applicable, Prose, Proses, Text


class Script(Applicable):
    """Words to say, filled for the customer at hand."""

    order: ClassVar[int] = 5

    say: Prose
    """The words; `{{ customer.first_name | default: "there" }}`, `{{ terms.returns.window }}` and so on are filled."""
    short: Text | None = None
    """A short code that finds it at once: `servkit say ry`."""
    level: Literal["synthetic", "genuine"] | SkipJsonSchema[Literal["super"]] = "synthetic"
    """`synthetic`: said as written; `genuine`: a guide for words of one's own. Beyond that nothing is scripted."""
    ask: Proses = Field(default_factory=list)
    """Open questions that go with it."""
    origin: dict[Text, Text] = Field(default_factory=dict)
    """Where it came from: the program, and its name there (`zendesk: "360012345678"`). `servkit import` writes it."""
