"""Whom a handout is for, and which day and revision of the book it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Audience:
    """Whom a handout is for. None means everybody, and an empty tuple everything.

    ``areas`` and ``documents`` (each an id, or ``kind:id``) are printed in this order.
    """

    areas: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    role: str | None = None
    level: str | None = None
    segment: str | None = None
    channel: str | None = None
    office: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Edition:
    """What every page shows: the day, and the revision of the book; ``dirty`` where it has uncommitted changes."""

    day: date
    revision: str | None = None
    dirty: bool = False
