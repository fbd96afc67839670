"""Days as somebody types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ValueProblem
from servkit.desk.field_error import FieldError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def day_on(text: str | None, today: date, words: Mapping[str, str] | None = None) -> date:
    """The day that ``--on`` names, such as 2026-03-01 or tomorrow; today where it names none.

    ``words`` are those of another language (:mod:`servkit.languages.typed_words`).

    Raises FieldError for anything else."""
    return today if text is None else typed_day(text, today, "--on", words)


def typed_day(text: str, today: date, field: str, words: Mapping[str, str] | None = None) -> date:
    """The day that was typed into a field. Raises FieldError, which names it."""
    from servkit.book.typed_values import read_typed_day  # most lookups are about today, and type nothing

    try:
        return read_typed_day(text, today, words)
    except ValueProblem as bad:
        raise FieldError(field, bad.said or str(bad)) from None
