"""Moments to look back to, as people at a desk name them: last Monday, the first of the month, somebody's sign-off."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.problems import ServkitError
from servkit.desk.day import typed_day
from servkit.desk.entries import entries_at_hand
from servkit.git import commit_before
from servkit.languages.catalogue import Message
from servkit.languages.typed_words import typed_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.desk.session import Desk

#: So many sign-offs are offered, the newest.
_MOST_SIGN_OFFS = 12


class StartingPoint(NamedTuple):
    """A moment, what people call it, and the commit that was the book then. ``id`` names it in an address: the day, or
    for a sign-off the revision."""

    id: str
    name: Message
    day: date
    commit: str


def starting_points(desk: Desk) -> list[StartingPoint]:
    """Days that people remember, as far as the book was in git then, and sign-offs: one's own, and those of others for
    roles that may read of colleagues (``report_to``). Nothing where the book is not in git."""
    if desk.book.revision[0] is None:
        return []
    return [*_days(desk), *_sign_offs(desk)]


def _days(desk: Desk) -> Iterator[StartingPoint]:
    today = desk.today()
    monday = today - timedelta(days=today.weekday() or 7)
    first = today.replace(day=1)
    days = (
        (Message("last Monday ({day})"), monday),
        (Message("Monday a week before ({day})"), monday - timedelta(days=7)),
        (Message("the first of this month ({day})"), first),
        (Message("the first of last month ({day})"), (first - timedelta(days=1)).replace(day=1)),
        (Message("three months ago ({day})"), today - timedelta(days=91)),
        (Message("a year ago ({day})"), today - timedelta(days=365)),
    )
    for name, day in days:
        commit = _commit_on(desk, day)
        if commit is not None:
            yield StartingPoint(day.isoformat(), name._replace(blanks={"day": day}), day, commit)


def _commit_on(desk: Desk, day: date) -> str | None:
    """What was the book when a day began."""
    return commit_before(desk.book.root, datetime.combine(day, time(0, 0), desk.zone))


def _sign_offs(desk: Desk) -> Iterator[StartingPoint]:
    me, may_read = (desk.person.agent or "").casefold(), desk.person.role in desk.settings.report_to
    found = [
        entry
        for entry in entries_at_hand(desk, kinds=("signoff",))
        if entry.body is not None and entry.text("revision") and not entry.body.get("dirty")
        and (may_read or entry.text("colleague").casefold() == me)
    ]  # fmt: skip
    for entry in reversed(found[-_MOST_SIGN_OFFS:]):
        area = desk.settings.areas.get(entry.text("area"), {})
        what = desk.settings.pick(area.get("title"), desk.person.language) or entry.text("area") or entry.text("sheet")
        day, revision = entry.day(desk.zone), entry.text("revision")
        blanks = {"name": entry.text("colleague"), "what": what, "day": day}
        yield StartingPoint(revision, Message("{name} was signed off: {what} ({day})", blanks), day, revision)


def find_starting_point(desk: Desk, text: str) -> StartingPoint:
    """A starting point by its id, or any day as somebody types it.

    Raises FieldError for what is none, and ServkitError where the book was not in git then."""
    for point in starting_points(desk):
        if point.id == text:
            return point
    day = typed_day(text, desk.today(), "--since", typed_words(desk.words()))
    commit = _commit_on(desk, day)
    if commit is None:
        raise ServkitError(
            Message("the book was not in git before {day}; choose a later day", {"day": day.isoformat()})
        )
    return StartingPoint(day.isoformat(), Message("{day}", {"day": day}), day, commit)
