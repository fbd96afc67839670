"""The context in which a question is evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.book.conditions import Condition, Record
    from servkit.book.settings import Attribute


class CaseContext(NamedTuple):
    """What is known in a case, the names there are, and the conditions of the segments."""

    record: Record
    variables: Mapping[str, Attribute]
    segment_conditions: Mapping[str, Condition]
