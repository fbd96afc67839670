"""A script: words to say, filled for the customer at hand."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from servkit.book.shape import Applicable, OneOf, Prose, Proses, Text


class Script(Applicable):
    """Words to say, filled for the customer at hand."""

    say: Prose
    """The words; `{{ customer.first_name | default: "there" }}`, `{{ terms.returns.window }}` and so on are filled."""
    short: Text | None = None
    """A short code that finds it at once: `servkit say ry`."""
    level: Annotated[str, BeforeValidator(OneOf("synthetic", "genuine", also=("super",)))] = "synthetic"
    """`synthetic`: said as written; `genuine`: a guide for words of one's own. Beyond that nothing is scripted."""
    ask: Proses = Field(default_factory=list)
    """Open questions that go with it."""
