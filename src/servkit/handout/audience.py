"""For whom a handout is, and of what day and revision it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Audience:
    """For whom a handout is. What is left out is no restriction."""

    area: str | None = None
    role: str | None = None
    level: str | None = None
    segment: str | None = None
    channel: str | None = None
    office: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Edition:
    """What every page bears: the day, and the revision of the book."""

    day: date
    revision: str | None = None
    dirty: bool = False
