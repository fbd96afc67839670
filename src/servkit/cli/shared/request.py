"""From what was typed at the desk to a case: every name and value checked, with the nearest names where it is wrong."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.case import Case
from servkit.answer.resolver import resolve
from servkit.book.problems import UnknownNameError, ValueProblem
from servkit.book.settings import LEVELS
from servkit.clocks.today import today_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.case import Customer
    from servkit.answer.result import Answer
    from servkit.book.settings import Settings
    from servkit.book.values import Value
    from servkit.cli.shared.desk import DeskBook
    from servkit.customers.directory import Match

#: No customer, script or document is called more than this.
LONGEST_NAME = 200
_TIME = r"(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:?\d{2})?"


class Typed(NamedTuple):
    """What was typed: flags that were left out are None, and the desk's settings stand in."""

    customer: str | None = None
    about: Sequence[str] = ()
    facts: Sequence[str] = ()
    role: str | None = None
    channel: str | None = None
    office: str | None = None
    level: str | None = None
    language: str | None = None
    on: str | None = None
    start: str | None = None


def whose(book: DeskBook, wanted: str | None) -> Customer | list[Match] | None:
    """The customer who is meant, several who may be, or nobody where nobody was named.

    Raises UnknownNameError where there is no such customer; what somebody pasted by mistake is not even looked for.
    """
    if wanted is None:
        return None
    if len(wanted) > LONGEST_NAME:
        raise UnknownNameError("customer", wanted, (), "an id, or part of a name")
    return book.directory.one(wanted)


def make_case(book: DeskBook, typed: Typed, customer: Customer | None = None, *, blanks: bool = False) -> Case:
    """The case. Raises UnknownNameError or ValueProblem, one line each. With ``blanks``, names that the book does not
    declare are left to the script that is filled."""
    settings, desk = book.settings, book.desk
    start = _start(typed.start, typed.on, book) if typed.start else None
    language = typed.language or (customer.language if customer else None) or desk.language
    clock = None
    if start is not None:
        from servkit.clocks.service import ServiceClock

        clock = ServiceClock(settings)
    return Case(
        on=_day(typed.on, book) if typed.on or start is None else start.date(),
        customer=customer,
        about=tuple(dict.fromkeys(typed.about)),
        given=dict(fact for fact in map(lambda text: _fact(text, settings, blanks=blanks), typed.facts) if fact),  # noqa: C417
        role=_known("role", typed.role or desk.role, settings.roles),
        channel=_known("channel", typed.channel or desk.channel, settings.channels),
        office=typed.office or desk.office,
        level=_known("level", typed.level or desk.level, LEVELS),
        language=_language(language, settings),
        start=start,
        clock=clock,
    )


def ask(book: DeskBook, case: Case) -> Answer:
    """The answer; an area or id that the book does not have is told with the nearest there are."""
    try:
        return resolve(book.shelf, case)
    except UnknownNameError as unknown:
        if unknown.known or unknown.what != "area or document":
            raise
        owner = unknown.name.partition(".")[0]
        known: tuple[str, ...] = (
            *book.settings.areas,
            *book.ids(("standard", "policy", "procedure", "recovery", "script")),
        )
        if owner in known:  # a term is looked up by its document
            known = (owner,)
        areas = f"the areas are {', '.join(book.settings.areas)}" if book.settings.areas else ""
        raise UnknownNameError(unknown.what, unknown.name, known, areas) from None


def split_fact(text: str) -> tuple[str, str]:
    """``NAME=VALUE`` as two."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise ValueProblem(f"--set takes NAME=VALUE, not {text!r}")
    return name.strip(), value.strip()


def _fact(text: str, settings: Settings, *, blanks: bool) -> tuple[str, Value | None] | None:
    name, value = split_fact(text)
    variable = settings.names.get(name)
    if variable is None:
        if blanks:
            return None
        raise UnknownNameError("attribute or fact", name, tuple(settings.names), "servkit list attribute lists them")
    if not value:
        return name, None
    try:
        from servkit.book.literals import read_as

        return name, read_as(variable.type, value, variable.of, settings.clocks, settings.currency)
    except ValueProblem as bad:
        raise ValueProblem(f"--set {name}: {bad}") from None


def _known(what: str, name: str | None, known: Sequence[str]) -> str | None:
    if name is not None and name not in known:
        hint = f"there are {', '.join(known)}" if known else "the book names none"
        raise UnknownNameError(what, name, tuple(known), hint)
    return name


def _language(language: str | None, settings: Settings) -> str | None:
    if language is None or language in settings.languages or language.partition("-")[0] in settings.languages:
        return language
    raise UnknownNameError("language", language, settings.languages, f"there are {', '.join(settings.languages)}")


def _day(text: str | None, book: DeskBook) -> date:
    if text is None or text == "today":
        return today_in(book.settings.timezone)
    try:
        if len(text) == 10 and text.isascii():
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueProblem(f"--on takes a day such as 2026-03-01, not {text!r}")


def _start(text: str, on: str | None, book: DeskBook) -> datetime:
    """The moment from which promises run: ``now``, ``09:30``, or ``2026-03-01T09:30``; in the book's time zone."""
    import re
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(book.settings.timezone)
    if text == "now":
        return datetime.now(zone).replace(tzinfo=None, second=0, microsecond=0)
    found = re.fullmatch(_TIME, text, re.ASCII)
    try:
        if found:
            day = date.fromisoformat(found[1]) if found[1] else _day(on, book)
            moment = datetime.combine(day, time.fromisoformat(found[2]))
            if not found[3]:
                return moment
            return datetime.fromisoformat(moment.isoformat() + found[3]).astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        pass
    raise ValueProblem(f"--from takes a time such as 2026-03-01T09:30, 09:30 or now, not {text!r}")
