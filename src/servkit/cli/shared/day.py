"""The day that ``--on`` names."""

from __future__ import annotations

from datetime import date

from servkit.book.problems import ServkitError


def read_day(text: str | None) -> date | None:
    """A day written as 2026-03-01. None for ``today`` and for no text: which day that is depends on the book's time
    zone. Raises ServkitError for anything else."""
    if text is None or text == "today":
        return None
    try:
        if len(text) == 10 and text.isascii():
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ServkitError(f"--on: {text!r} is not a day; write one such as 2026-03-01")
