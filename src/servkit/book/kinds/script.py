"""A script: words to say, filled for the customer at hand."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from servkit.book.kinds.shape import Applicable, Prose, Proses, Text, fault


def _level(value: Any) -> str:
    if value not in ("synthetic", "genuine", "super"):
        raise fault(f"{value!r} is none of synthetic, genuine")
    return str(value)


class Script(Applicable):
    """``say`` is Liquid text (BOOK.md 7); ``short`` a unique shortcode."""

    say: Prose
    short: Text | None = None
    level: Annotated[str, BeforeValidator(_level)] = "synthetic"
    ask: Proses = Field(default_factory=list)
