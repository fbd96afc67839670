"""What a book holds, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from servkit.languages.catalogue import ENGLISH
from servkit.languages.kind_names import kind_name
from servkit.terminal.screen import Screen, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.desk.listing import ListItem
    from servkit.desk.phrases import DeskPhrases
    from servkit.languages.catalogue import Catalogue

#: A longer id gets a line of its own.
_WIDEST = 34


def list_screen(
    things: Mapping[str, Sequence[tuple[str, str]]], kind: str | None, words: Catalogue = ENGLISH
) -> Screen:
    """Ids and titles by kind; with a heading for each where no one ``kind`` was asked for."""
    screen = Screen()
    widths = [cell_len(one_line(id_)) for pairs in things.values() for id_, _ in pairs]
    column = min(max(widths, default=8) + 4, _WIDEST)
    for name, pairs in things.items():
        if kind is None:
            screen.heading(f"{kind_name(name, words)} ({len(pairs)})")
        for id_, title in pairs:
            screen.pair(id_, title, column=column)
    if not things:
        nothing = words.gettext("The book has no documents.")
        if kind is not None:
            nothing = words.gettext("The book has no {kind}.", kind=kind_name(kind, words))
        screen.put(nothing)
    return screen


def list_lines(found: list[ListItem], phrases: DeskPhrases) -> dict[str, list[tuple[str, str]]]:
    """By kind: the ids, each with a title and a note, as a person reads them."""
    out: dict[str, list[tuple[str, str]]] = {}
    for item in found:
        title = " ".join(item.title.split()) if item.title != item.id else ""
        note = "" if item.note is None else f"({phrases.say(item.note)})"
        out.setdefault(item.kind, []).append((item.id, " ".join(part for part in (title, note) if part)))
    return out
