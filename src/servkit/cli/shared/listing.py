"""Lists of what a book holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.cache.search_text import name_of

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.book.settings import Attribute
    from servkit.cli.shared.desk import Desk

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
    note: str = ""


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


def lines(found: list[ListItem]) -> dict[str, list[tuple[str, str]]]:
    """By kind: the ids, each with a title and a note, as a person reads them."""
    out: dict[str, list[tuple[str, str]]] = {}
    for item in found:
        title = " ".join(item.title.split()) if item.title != item.id else ""
        note = f"({item.note})" if item.note else ""
        out.setdefault(item.kind, []).append((item.id, " ".join(part for part in (title, note) if part)))
    return out
