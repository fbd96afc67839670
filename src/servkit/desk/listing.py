"""Lists of what a book holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.store.searching import name_of

if TYPE_CHECKING:
    from servkit.desk.layout import Screen
    from servkit.desk.opening import DeskBook

#: Beside the kinds of document, what a book can list.
ALSO = ("area", "attribute")


class Item(NamedTuple):
    """One thing of a book: what sort, its id, what a person calls it, and where it stands."""

    kind: str
    id: str
    title: str
    path: str
    line: int


def items(book: DeskBook, kind: str | None) -> list[Item]:
    """Everything of a kind, or everything; in the order of kind and id."""
    settings = book.settings
    out = [Item(entry.kind, entry.id, name_of(entry, settings), entry.path, entry.line)
           for entry in book.shelf.all(kind if kind not in ALSO else "-")]  # fmt: skip
    if kind in (None, "customer"):
        documents = {item.id for item in out if item.kind == "customer"}
        out += [Item("customer", match.id, match.name or match.id, match.path, match.line)
                for file in book.directory.files for match in file.everybody() if match.id not in documents]  # fmt: skip
    if kind == "area":
        out += [Item("area", id_, settings.pick(area.get("title")) or id_, "servkit.yaml", 1) for id_, area in settings.areas.items()]
    if kind == "attribute":
        out += [Item("fact" if found.fact else "attribute", name, settings.pick(found.title) or found.type, "servkit.yaml", 1)
                for name, found in settings.names.items()]  # fmt: skip
    return sorted(out, key=lambda item: (item.kind, item.id, item.path, item.line))


def draw_items(found: list[Item], screen: Screen, *, grouped: bool) -> None:
    """A line each: the id and what a person calls it."""
    last = ""
    column = min(max((len(item.id) for item in found), default=8) + 4, 34)
    for item in found:
        if grouped and item.kind != last:
            last = item.kind
            screen.heading(f"{last} ({sum(other.kind == last for other in found)})")
        screen.pair(item.id, item.title if item.title != item.id else "", column=column)
