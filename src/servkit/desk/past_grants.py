"""A grant of the journal, asked about again: would the book, or an edited one, have covered it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from servkit.answer.case import Case
from servkit.answer.resolver import resolve
from servkit.book.literals import read_as
from servkit.book.problems import UnknownNameError, ValueProblem
from servkit.journal.customer_view import went_beyond
from servkit.journal.proposal import Granted

if TYPE_CHECKING:
    from servkit.answer.result import TermAnswer
    from servkit.book.library import Library
    from servkit.book.terms import Term
    from servkit.book.values import Value
    from servkit.desk.session import Desk
    from servkit.journal.entry import JournalEntry


def granted(desk: Desk, entry: JournalEntry, term: Term) -> Granted | None:
    """A grant as its proposal needs it; None where it no longer fits the term."""
    body = entry.body or {}
    role = entry.text("role")
    try:
        value = read_as(term.type, entry.text("value"), term.of, desk.settings.clocks, desk.settings.currency)
    except ValueProblem:
        return None
    if role not in desk.settings.roles:
        return None
    customer = desk.directory.exact(entry.customer) if entry.customer else None
    case = Case(
        on=entry.day(ZoneInfo(desk.settings.timezone)),
        customer=customer,
        about=(term.ref.partition(".")[0],),
        given=_facts(desk, body.get("facts")),
        role=role,
        channel=entry.text("channel") or None,
        office=entry.text("office") or None,
    )

    def answered(library: Library) -> TermAnswer | None:
        try:
            return resolve(library, case).terms.get(term.ref)
        except (UnknownNameError, ValueProblem):
            return None

    return Granted(value, role, went_beyond(entry), answered)


def _facts(desk: Desk, raw: Any) -> dict[str, Value]:
    """The facts of the case, as they were recorded; what the book no longer has is left out."""
    out = {}
    for name, text in raw.items() if isinstance(raw, dict) else ():
        variable = desk.settings.names.get(name)
        if variable is not None and isinstance(text, str):
            try:
                out[name] = read_as(variable.type, text, variable.of, desk.settings.clocks, desk.settings.currency)
            except ValueProblem:
                continue
    return out
