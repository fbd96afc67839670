"""Reading the journal of an open book."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from servkit.answer.case import Customer
from servkit.book.problems import UnknownNameError
from servkit.desk.day import typed_day
from servkit.desk.request import find_customer
from servkit.journal.customer_view import apply_corrections
from servkit.journal.entry import end_of_day
from servkit.journal.recorder import read_entries
from servkit.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from servkit.customers.directory import Match
    from servkit.desk.session import Desk
    from servkit.journal.entry import JournalEntry


def standing_entries(desk: Desk, customer: str | None = None) -> list[JournalEntry]:
    """All entries (of a customer) as they stand: corrected, without those withdrawn. None where there is no journal."""
    return apply_corrections([entry for entry in entries_at_hand(desk, customer) if entry.body is not None])


def entries_at_hand(
    desk: Desk, customer: str | None = None, kinds: Sequence[str] = (), since: str = ""
) -> list[JournalEntry]:
    """Entries from the oldest. Where the server is gone, those that wait for it; a notice says so."""
    found = read_entries(desk.journal_location, customer, kinds, since)
    if found.gone:
        desk.notice(Message("{fault}. This is only what waits on this machine.", {"fault": found.gone}))
    return found.entries


def read_journal(
    desk: Desk, customer: str | None = None, kind: str | None = None, by: str | None = None, since: str | None = None
) -> list[JournalEntry]:
    """Entries of a customer, of a kind, of a colleague, from a day on; from the oldest. Raises FieldError."""
    day = None if since is None else typed_day(since, desk.today(), "--since")
    start = "" if day is None else end_of_day(day.fromordinal(max(day.toordinal() - 1, 1)), desk.zone.key)
    found = entries_at_hand(desk, customer, (kind,) if kind else (), start)
    return [one for one in found if by is None or one.by.casefold() == by.casefold()]


def journal_data(entries: Sequence[JournalEntry]) -> dict[str, Any]:
    """Entries as data; of one that is forgotten, only that."""
    return {"schema": "servkit/journal/1", "entries": [_data(entry) for entry in entries]}


def _data(entry: JournalEntry) -> dict[str, Any]:
    fixed = {"id": entry.id, "time": entry.time, "kind": entry.kind, "customer": entry.customer}
    return fixed | ({"forgotten": True} if entry.body is None else dict(entry.body))


def find_entry(entries: Sequence[JournalEntry], id_: str, hint: str = "servkit journal lists them") -> JournalEntry:
    """An entry by its id, or by the beginning of it. Raises UnknownNameError, with a ``hint`` where there is none."""
    found = [entry for entry in entries if entry.id == id_] or [e for e in entries if id_ and e.id.startswith(id_)]
    if len(found) != 1:
        hint = f"{len(found)} begin so" if found else hint
        raise UnknownNameError("entry", id_, tuple(entry.id for entry in entries), hint)
    return found[0]


def find_anybody(desk: Desk, name: str) -> Customer | list[Match] | None:
    """The customer, or several who match; also one of whom only the journal knows, by id.

    Raises UnknownNameError where nobody is found."""
    try:
        return find_customer(desk, name)
    except UnknownNameError:
        if not standing_entries(desk, name):
            raise
        return Customer(name, None, {})


def name_reader(desk: Desk) -> Callable[[str], str]:
    """A function from a customer's id to their name; to the id again where nobody knows it."""

    @cache
    def name_of(id_: str) -> str:
        found = desk.directory.exact(id_)
        return (found.name if found is not None else None) or id_

    return name_of
