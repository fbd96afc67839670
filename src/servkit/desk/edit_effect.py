"""What an edit of the book changes in meaning, for whom, and for how many of the customers there are."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from servkit.bulk.groups import Group
from servkit.history.comparison import Request, compare_books, request_for
from servkit.history.edited_places import edited_places
from servkit.history.weighing import Scales
from servkit.journal.proposal import edited_book
from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servkit.desk.session import Desk
    from servkit.history.changes import Change, Weight
    from servkit.history.day_runs import Run
    from servkit.history.edited_places import EditedPlace

#: Somebody waits: so many customers are counted in a second or two, and with more, none.
MOST_COUNTED = 20_000
_DIRECTIONS = {"kinder": Message("kinder"), "stricter": Message("stricter"), "other": Message("other")}


class Touched(NamedTuple):
    """A change, and how many of the customers it is for; None where they were not counted."""

    change: Message
    weight: Weight | None


class EditEffect(NamedTuple):
    """What an edit changes, a line for each edited place, and for how many of ``customers`` any of them surely or
    perhaps is; None where there are too many to count. Nothing where only words change."""

    lines: tuple[Touched, ...]
    touched: int
    customers: int | None


def changes_of_edit(desk: Desk, path: str, text: str, about: tuple[str, ...], today: date) -> tuple[Message, ...]:
    """What another text in a file changes, about some documents or all: a line for each edited place. Nothing where
    only words change."""
    return tuple(_line(desk, place) for place in edited_places(_changes(desk, path, text, _request(about, today))))


def effect_of_edit(desk: Desk, path: str, text: str, about: tuple[str, ...], today: date) -> EditEffect:
    """The same, and for how many of the desk's customers."""
    request = _request(about, today)
    changes = _changes(desk, path, text, request)
    if not changes:
        return EditEffect((), 0, 0)
    scales = Scales([change.when for change in changes], desk.settings, _weighed_on(changes, request), who=0)
    for customer in islice(desk.directory.all(), MOST_COUNTED + 1):
        scales.put(Group(customer, 1, ()))
    if scales.count > MOST_COUNTED:
        return EditEffect(tuple(Touched(_line(desk, place), None) for place in edited_places(changes)), 0, None)
    weights = scales.weights(_no_names)
    weighed = [replace(change, customers=weight) for change, weight in zip(changes, weights, strict=True)]
    lines = tuple(Touched(_line(desk, place), place.lead.customers) for place in edited_places(weighed))
    return EditEffect(lines, scales.distinct, scales.count)


def _weighed_on(changes: Sequence[Change], request: Request) -> Run:
    """The days on which customers are counted: as they are today, or where a change begins or ends later, on any day
    that is looked at."""
    today = request.window[0]
    return request.window if any('"today":' in json.dumps(change.when) for change in changes) else (today, today)


def _no_names(_: object) -> dict[str, str | None]:
    """Nobody is named: who looks at whom is logged, and this is about numbers."""
    return {}


def _request(about: tuple[str, ...], today: date) -> Request:
    return request_for(today, None, about)


def _changes(desk: Desk, path: str, text: str, request: Request) -> Sequence[Change]:
    edited = edited_book(desk.book, path, text)
    return () if edited is None else compare_books(desk.book, edited, request).changes


def _line(desk: Desk, place: EditedPlace) -> Message:
    """What changes in a place, whether kinder or stricter, and for whom."""
    blanks = {"direction": _DIRECTIONS[place.lead.direction], "change": place.message(desk.settings)}
    return Message("{direction}: {change}", blanks)
