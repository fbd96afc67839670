"""Lists of what a book holds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from servkit.book import kinds
from servkit.book.problems import UnknownNameError
from servkit.cache.search_text import name_of
from servkit.desk.suggestions import taken
from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Attribute
    from servkit.desk.session import Desk

#: What a book can list beside its kinds of document.
ALSO = ("area", "attribute", "fact", "role", "channel")


class ListItem(NamedTuple):
    """One thing in a book, and where it is written. ``note`` says when a document is in force, or what an attribute may
    be."""

    kind: str
    id: str
    title: str
    path: str
    line: int
    note: Message | None = None

    def as_json(self) -> dict[str, object]:
        """The item as data."""
        return self._asdict() | {"note": "" if self.note is None else str(self.note)}


def list_data(items: Sequence[ListItem]) -> dict[str, object]:
    """A list as data."""
    return {"schema": "servkit/list/1", "items": [item.as_json() for item in items]}


def find_kind(name: str, notice: Callable[[Message], None]) -> str:
    """A kind by its name, or its plural. Raises UnknownNameError."""
    known = (*kinds.names(), *ALSO)
    for kind in known:
        if name in (kind, f"{kind}s", f"{kind[:-1]}ies"):
            return kind
    return taken(UnknownNameError("kind", name, known, f"choose from {', '.join(known)}"), notice)


def items(desk: Desk, kind: str | None) -> list[ListItem]:
    """Everything of a kind, or all documents and customers, sorted by kind and id."""
    settings = desk.settings
    out = [
        ListItem(entry.kind, entry.id, name_of(entry, settings), entry.path, entry.line, _period(entry))
        for entry in desk.book.all(kind if kind not in ALSO else "-")
    ]
    if kind in (None, "customer"):
        documents = {item.id for item in out if item.kind == "customer"}
        out += [
            ListItem("customer", match.id, match.name or match.id, match.path, match.line)
            for match in desk.directory.everybody()
            if match.id not in documents
        ]
    if kind in ("role", "channel"):  # in the order of the book: least authority first
        names = settings.roles if kind == "role" else settings.channels
        return [ListItem(kind, name, name, "servkit.yaml", 1) for name in names]
    if kind == "area":
        areas = settings.areas.items()
        return [
            ListItem("area", id_, settings.pick(area.get("title")) or id_, "servkit.yaml", 1) for id_, area in areas
        ]
    if kind in ("attribute", "fact"):
        out = [
            ListItem(
                kind,
                name,
                settings.pick(found.title) or settings.pick(found.ask) or name,
                "servkit.yaml",
                1,
                _sort(found),
            )
            for name, found in settings.names.items()
            if found.fact is (kind == "fact")
        ]
    return sorted(out, key=lambda item: (item.kind, item.id, item.path, item.line))


def _period(entry: Entry) -> Message | None:
    """When a document is in force, where it says so."""
    start, end = (None if day is None else date.fromordinal(day) for day in entry.period)
    if start is not None and end is not None:
        return Message("from {day} until {last}", {"day": start, "last": end})
    if start is not None:
        return Message("from {day}", {"day": start})
    return None if end is None else Message("until {last}", {"last": end})


_TYPES = {
    "text": Message("text"),
    "flag": Message("yes or no"),
    "number": Message("number"),
    "money": Message("money"),
    "percent": Message("percent"),
    "duration": Message("duration"),
    "date": Message("date"),
    "time": Message("time"),
    "list": Message("list"),
}


def _sort(found: Attribute) -> Message | None:
    return Message("{choices}", {"choices": ", ".join(found.of)}) if found.of else _TYPES.get(found.type)
