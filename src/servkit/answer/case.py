"""The case in hand: who asks, about whom, about what, on which day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from servkit.book.entries import Entry
    from servkit.book.problem import Problem
    from servkit.book.values import Value


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody on record. ``entry`` is their document, where they have one; ``problems`` what could not be read."""

    id: str
    name: str | None
    attributes: Mapping[str, Value]
    path: str = ""
    line: int = 0
    entry: Entry | None = None
    problems: tuple[Problem, ...] = ()
    language: str | None = None

    @property
    def notes(self) -> Mapping[str, Any]:
        """What the author wrote about them: priorities, expectations, pace, signals."""
        return self.entry.prose if self.entry is not None else {}


class DueClock(Protocol):
    """Turns a duration into the moment it is due."""

    def due(self, duration: Value, start: datetime, zone: str | None) -> datetime | None: ...

    def zone_attribute(self, duration: Value) -> str | None:
        """The attribute that holds the time zone of the duration's clock, if one does."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question. ``given`` are facts and overriding attributes typed for this case; None in it makes one unknown."""

    on: date
    customer: Customer | None = None
    about: tuple[str, ...] = ()
    given: Mapping[str, Value | None] = field(default_factory=dict)
    role: str | None = None
    channel: str | None = None
    office: str | None = None
    level: str | None = None
    language: str | None = None
    start: datetime | None = None
    clock: DueClock | None = None
