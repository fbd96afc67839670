"""Lists of what a book holds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from servkit.cache.search_text import name_of
from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.book.settings import Attribute
    from servkit.cli.shared.desk import Desk
    from servkit.terminal.desk_phrases import DeskPhrases

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


def lines(found: list[ListItem], phrases: DeskPhrases) -> dict[str, list[tuple[str, str]]]:
    """By kind: the ids, each with a title and a note, as a person reads them."""
    out: dict[str, list[tuple[str, str]]] = {}
    for item in found:
        title = " ".join(item.title.split()) if item.title != item.id else ""
        note = "" if item.note is None else f"({phrases.say(item.note)})"
        out.setdefault(item.kind, []).append((item.id, " ".join(part for part in (title, note) if part)))
    return out
