"""What an edit of the book changes in meaning, and for whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from servkit.history.comparison import Request, compare_books
from servkit.history.edited_places import edited_places
from servkit.journal.proposal import edited_book
from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from datetime import date

    from servkit.desk.session import Desk

#: So far ahead is looked for what an edit changes.
_DAYS = 366
_DIRECTIONS = {"kinder": Message("kinder"), "stricter": Message("stricter"), "other": Message("other")}


def effect_of_edit(desk: Desk, path: str, text: str, about: tuple[str, ...], today: date) -> tuple[Message, ...]:
    """What another text in a file changes, about some documents or all: a line for each edited place. Nothing where
    only words change."""
    edited = edited_book(desk.book, path, text)
    if edited is None:
        return ()
    compared = compare_books(desk.book, edited, Request(today, today + timedelta(days=_DAYS), about))
    return tuple(
        Message(
            "{direction}: {change}",
            {"direction": _DIRECTIONS[place.lead.direction], "change": place.message(desk.settings)},
        )
        for place in edited_places(compared.changes)
    )
