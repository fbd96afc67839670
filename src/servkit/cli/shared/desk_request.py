"""From what was typed at the desk to a case and its answer: every name and value is checked."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.case import Case
from servkit.answer.resolver import resolve
from servkit.book.literals import read_as
from servkit.book.problems import UnknownNameError, ValueProblem
from servkit.book.settings import LEVELS
from servkit.cli.shared.day import read_day
from servkit.clocks.today import today_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.case import Customer
    from servkit.answer.result import Answer
    from servkit.book.settings import Settings
    from servkit.book.values import Value
    from servkit.cli.shared.desk import Desk
    from servkit.customers.directory import Match

#: No customer, script or document has a longer name.
LONGEST_NAME = 200
_TIME = r"(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:?\d{2})?"


class DeskRequest(NamedTuple):
    """What was requested. For flags that are None, the desk's settings are used."""

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


def find_customer(desk: Desk, name: str | None) -> Customer | list[Match] | None:
    """The customer, several whose names match, or None where nobody was named.

    Raises UnknownNameError where there is no such customer.
    """
    if name is None:
        return None
    if len(name) > LONGEST_NAME:  # pasted by mistake
        raise UnknownNameError("customer", name, (), "type an id, or part of a name")
    return desk.directory.one(name)


def make_case(desk: Desk, request: DeskRequest, customer: Customer | None = None, *, blanks: bool = False) -> Case:
    """The case. Raises UnknownNameError or ValueProblem, one line each.

    With ``blanks``, names that the book does not declare are left to the script that is filled.
    """
    settings, defaults = desk.settings, desk.defaults
    start = _start(request.start, request.on, desk) if request.start else None
    day = _day(request.on, desk) if request.on or start is None else start.date()
    if customer is not None:
        customer = desk.with_journal(customer, day)
    language = request.language or (customer.language if customer else None) or defaults.language
    clock = None
    if start is not None:
        from servkit.clocks.service import ServiceClock

        clock = ServiceClock(settings)
    return Case(
        on=day,
        customer=customer,
        about=tuple(dict.fromkeys(request.about)),
        given=dict(fact for fact in map(lambda text: _fact(text, settings, blanks=blanks), request.facts) if fact),  # noqa: C417
        role=_known("role", request.role or defaults.role, settings.roles),
        channel=_known("channel", request.channel or defaults.channel, settings.channels),
        office=request.office or defaults.office,
        level=_known("level", request.level or defaults.level, LEVELS),
        language=_language(language, settings),
        start=start,
        clock=clock,
    )


def answer_case(desk: Desk, case: Case) -> Answer:
    """The answer. Raises UnknownNameError, with similar names, for an area or id that the book does not have."""
    try:
        return resolve(desk.book, case)
    except UnknownNameError as unknown:
        if unknown.known or unknown.what != "area or document":
            raise
        owner = unknown.name.partition(".")[0]
        known: tuple[str, ...] = (
            *desk.settings.areas,
            *desk.book.ids(desk.settings.applicable),
        )
        if owner in known:  # a term is looked up by its document
            known = (owner,)
        areas = f"choose from {', '.join(desk.settings.areas)}" if desk.settings.areas else ""
        raise UnknownNameError(unknown.what, unknown.name, known, areas) from None


def split_fact(text: str) -> tuple[str, str]:
    """``NAME=VALUE`` as name and value."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise ValueProblem(f"--set: {text!r} is not of the form NAME=VALUE")
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
        return name, read_as(variable.type, value, variable.of, settings.vocabulary, settings.currency)
    except ValueProblem as bad:
        raise ValueProblem(f"--set {name}: {bad}") from None


def _known(what: str, name: str | None, known: Sequence[str]) -> str | None:
    if name is not None and name not in known:
        hint = f"choose from {', '.join(known)}" if known else f"the book has no {what}s"
        raise UnknownNameError(what, name, tuple(known), hint)
    return name


def _language(language: str | None, settings: Settings) -> str | None:
    if language is None or language in settings.languages or language.partition("-")[0] in settings.languages:
        return language
    raise UnknownNameError("language", language, settings.languages, f"choose from {', '.join(settings.languages)}")


def _day(on: str | None, desk: Desk) -> date:
    return read_day(on) or today_in(desk.settings.timezone)


def _start(text: str, on: str | None, desk: Desk) -> datetime:
    """When promises start to run, in the book's time zone: ``now``, ``09:30``, or ``2026-03-01T09:30``."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(desk.settings.timezone)
    if text == "now":
        return datetime.now(zone).replace(tzinfo=None, second=0, microsecond=0)
    found = re.fullmatch(_TIME, text, re.ASCII)
    try:
        if found:
            day = date.fromisoformat(found[1]) if found[1] else _day(on, desk)
            moment = datetime.combine(day, time.fromisoformat(found[2]))
            if not found[3]:
                return moment
            return datetime.fromisoformat(moment.isoformat() + found[3]).astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        pass
    raise ValueProblem(f"--from: {text!r} is not a time; write one such as 2026-03-01T09:30, 09:30 or now")
