"""A case: who asks, about whom, about what, on which day."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.values import decode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from typing import Protocol

    from servkit.book.entries import Entry
    from servkit.book.problems import Problem
    from servkit.book.values import Value

    class DueClock(Protocol):
        """Turns a duration into the moment it is due."""

        def due(self, duration: Value, start: datetime, zone: str | None) -> datetime | None: ...

        def zone_attribute(self, duration: Value) -> str | None:
            """The attribute that holds the time zone of the duration's clock, if one does."""


class JournalPromise(NamedTuple):
    """What somebody promised a customer: a value of a term, as written, until a day (ISO) or for good."""

    term: str
    value: str
    until: str | None
    by: str
    noted: str
    journal: str


class CustomerJournal(NamedTuple):
    """What the journal says of a customer: ``notes`` by the list of the answer that they join, ``promises``, the last
    grants and recoveries, and attributes as they were heard. All newest first. ``digest`` covers every entry used."""

    notes: Mapping[str, Sequence[Mapping[str, Any]]]
    promises: Sequence[JournalPromise]
    recent: Sequence[Mapping[str, Any]]
    attributes: Mapping[str, str]
    digest: str


class Customer(NamedTuple):
    """A customer on record. ``entry`` is their document, if there is one; ``problems`` is what could not be read;
    ``journal`` is what the desk recorded of them."""

    id: str
    name: str | None
    attributes: Mapping[str, Value]
    path: str = ""
    line: int = 0
    entry: Entry | None = None
    problems: tuple[Problem, ...] = ()
    language: str | None = None
    journal: CustomerJournal | None = None

    @property
    def notes(self) -> Mapping[str, Any]:
        """What the author wrote about them: priorities, expectations, pace, signals."""
        return self.entry.prose if self.entry is not None else {}

    def notes_on(self, key: str) -> list[Any]:
        """The notes of one of these lists, the journal's among the author's, then the newest first."""
        written = self.notes.get(key)
        own: list[Any] = written if isinstance(written, list) else [] if written is None else [written]
        noted = self.journal.notes.get(key, ()) if self.journal is not None else ()
        return sorted([*noted, *own], key=_day_noted, reverse=True) if noted else own


class Case(NamedTuple):
    """One question. ``given`` are facts and overriding attributes typed for this case; None in it makes one unknown."""

    on: date
    customer: Customer | None = None
    about: tuple[str, ...] = ()
    given: Mapping[str, Value | None] = MappingProxyType({})
    role: str | None = None
    channel: str | None = None
    office: str | None = None
    level: str | None = None
    language: str | None = None
    start: datetime | None = None
    clock: DueClock | None = None


def _day_noted(note: Any) -> str:
    return str(note.get("noted") or "") if isinstance(note, dict) else ""


def document_customer(entry: Entry) -> Customer:
    """A customer from their own document."""
    attributes = {name: decode(value) for name, value in entry.logic.get("attributes", {}).items()}
    language = entry.prose.get("language")
    return Customer(entry.id, entry.logic.get("name"), attributes, entry.path, entry.line, entry, (), language)
