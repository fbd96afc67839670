"""What an edit of the book changes in meaning, for whom, and for how many of the customers there are."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.signatures import partition_by
from servkit.bulk.groups import group_customers
from servkit.history.comparison import Request, compare_books
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

#: So far ahead is looked for what an edit changes.
_DAYS = 366
_DIRECTIONS = {"kinder": Message("kinder"), "stricter": Message("stricter"), "other": Message("other")}


class Touched(NamedTuple):
    """A change, and how many of the customers it is for."""

    change: Message
    weight: Weight


class EditEffect(NamedTuple):
    """What an edit changes, a line for each edited place, for how many of ``customers`` any of them surely or perhaps
    is. Nothing where only words change."""

    lines: tuple[Touched, ...]
    touched: int
    customers: int


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
    partition = partition_by(desk.settings, today.toordinal(), scales.conditions)
    for group in group_customers(desk.directory, partition, 0, desk.open_book.environment):
        scales.put(group)
    weights = scales.weights(_no_names)
    weighed = [replace(change, customers=weight) for change, weight in zip(changes, weights, strict=True)]
    lines = tuple(
        Touched(_line(desk, place), place.lead.customers)
        for place in edited_places(weighed)
        if place.lead.customers is not None
    )
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
    return Request(today, today + timedelta(days=_DAYS), about)


def _changes(desk: Desk, path: str, text: str, request: Request) -> Sequence[Change]:
    edited = edited_book(desk.book, path, text)
    return () if edited is None else compare_books(desk.book, edited, request).changes


def _line(desk: Desk, place: EditedPlace) -> Message:
    """What changes in a place, whether kinder or stricter, and for whom."""
    blanks = {"direction": _DIRECTIONS[place.lead.direction], "change": place.message(desk.settings)}
    return Message("{direction}: {change}", blanks)
