"""The day that ``--on`` names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError, ValueProblem
from servkit.book.typed_values import read_typed_day
from servkit.clocks.today import today_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def day_on(text: str | None, timezone: str, words: Mapping[str, str] | None = None) -> date:
    """The day that was typed, such as 2026-03-01 or tomorrow; today in the time zone where none was.

    ``words`` are those of another language (:mod:`servkit.languages.typed_words`).

    Raises ServkitError for anything else."""
    today = today_in(timezone)
    return today if text is None else typed_day(text, today, "--on", words)


def typed_day(text: str, today: date, option: str, words: Mapping[str, str] | None = None) -> date:
    """The day that was typed behind an option. Raises ServkitError, which names the option."""
    try:
        return read_typed_day(text, today, words)
    except ValueProblem as bad:
        raise ServkitError(f"{option}: {bad}") from None
