"""When a duration that is written in a text is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.literals import read_as
from servkit.book.problems import ValueProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from servkit.answer.case import Case
    from servkit.book.settings import Settings
    from servkit.book.values import Value


def due_moment(text: Any, case: Case, settings: Settings, values: Mapping[str, Value]) -> datetime | None:
    """The moment, in the book's time zone, counted from the start of a case. None without a start, for anything that
    is no duration, and where the time zone that its clock needs is not among the ``values``."""
    if case.clock is None or case.start is None or not isinstance(text, str):
        return None
    try:
        duration = read_as("duration", text, (), settings.clocks)
        name = case.clock.zone_attribute(duration)
        zone = values.get(name) if name else None
        if name and zone is None:
            return None
        return case.clock.due(duration, case.start, zone.amount if zone else None)
    except ValueProblem:
        return None
