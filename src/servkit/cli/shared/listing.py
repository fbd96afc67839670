"""Lists of what a book holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.cache.search_text import name_of
from servkit.terminal.layout import flat
from servkit.text import width

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.book.settings import Attribute
    from servkit.cli.shared.desk import DeskBook
    from servkit.terminal.layout import Screen

#: Beside the kinds of document, what a book can list.
ALSO = ("area", "attribute", "fact", "role", "channel")


class Item(NamedTuple):
    """One thing of a book: what sort, its id, what a person calls it, where it stands, and what else there is to say:
    when a document is in force, or what an attribute may be."""

    kind: str
    id: str
    title: str
    path: str
    line: int
    note: str = ""


def items(book: DeskBook, kind: str | None) -> list[Item]:
    """Everything of a kind, or everything; in the order of kind and id."""
    settings = book.settings
    out = [
        Item(entry.kind, entry.id, name_of(entry, settings), entry.path, entry.line, _period(entry))
        for entry in book.shelf.all(kind if kind not in ALSO else "-")
    ]
    if kind in (None, "customer"):
        documents = {item.id for item in out if item.kind == "customer"}
        out += [
            Item("customer", match.id, match.name or match.id, match.path, match.line)
            for file in book.directory.sources
            for match in file.everybody()
            if match.id not in documents
        ]
    if kind in ("role", "channel"):  # in the order of the book: least authority first
        names = settings.roles if kind == "role" else settings.channels
        return [Item(kind, name, name, "servkit.yaml", 1) for name in names]
    if kind == "area":
        areas = settings.areas.items()
        return [Item("area", id_, settings.pick(area.get("title")) or id_, "servkit.yaml", 1) for id_, area in areas]
    if kind in ("attribute", "fact"):
        out = [
            Item(
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


def _period(entry: Entry) -> str:
    """When a document is in force, where it says so."""
    if entry.period == (None, None):
        return ""
    period = entry.prose.get("effective")
    return (
        " ".join(f"{key} {period[key]}" for key in ("from", "until") if period.get(key))
        if isinstance(period, dict)
        else ""
    )


def _sort(found: Attribute) -> str:
    return ", ".join(found.of) if found.of else "yes or no" if found.type == "flag" else found.type


def draw_items(found: list[Item], screen: Screen, *, grouped: bool) -> None:
    """A line each: the id and what a person calls it."""
    last = ""
    column = min(max((width(flat(item.id)) for item in found), default=8) + 4, 34)
    for item in found:
        if grouped and item.kind != last:
            last = item.kind
            screen.heading(f"{last} ({sum(other.kind == last for other in found)})")
        note = f"({item.note})" if item.note else ""
        screen.pair(
            item.id,
            " ".join(part for part in (flat(item.title) if item.title != item.id else "", note) if part),
            column=column,
        )
