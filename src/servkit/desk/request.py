"""From what was typed at the desk to a case and its answer: every name and value is checked."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.case import Case
from servkit.answer.resolver import resolve
from servkit.book.problems import UnknownNameError, ValueProblem
from servkit.book.settings import LEVELS
from servkit.desk.day import day_on
from servkit.desk.error_text import choose_from
from servkit.desk.field_error import FieldError
from servkit.desk.suggestions import same_name, taken
from servkit.message import Message
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.case import Customer
    from servkit.answer.result import Answer
    from servkit.book.settings import Attribute, Settings
    from servkit.book.values import Value
    from servkit.customers.directory import Match
    from servkit.desk.session import Desk

#: No customer, script or document has a longer name.
LONGEST_NAME = 200
_TIME = r"(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{1,2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:?\d{2})?"


class DeskRequest(NamedTuple):
    """What was requested, as it was typed. What is None here is as the person at the desk has it."""

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
        raise UnknownNameError("customer", name, (), Message("type an id, or part of a name"))
    try:
        return desk.directory.one(name)
    except UnknownNameError as unknown:
        return desk.directory.one(taken(unknown, desk.notice))


def understood(desk: Desk, request: DeskRequest, *, blanks: bool = False) -> DeskRequest:
    """The request with every name as the book has it: an area by its title, any case, and where only one name is near
    a mistyped one, that one (a notice says so).

    Raises UnknownNameError, with similar names, for one that there is not. With ``blanks``, a name behind ``--set`` may
    be one of a script."""
    settings, person = desk.settings, desk.person
    return request._replace(
        about=tuple(_subject(desk, name) for name in request.about),
        facts=tuple(_named_fact(desk, text, blanks=blanks) for text in request.facts),
        role=_name(desk, "role", request.role or person.role, settings.roles),
        channel=_name(desk, "channel", request.channel or person.channel, settings.channels),
        level=_name(desk, "level", request.level or person.level, LEVELS),
    )


def _name(desk: Desk, what: str, name: str | None, known: Sequence[str]) -> str | None:
    """One of the known names, as it is written there."""
    if name is None or name in known:
        return name
    hint = choose_from(known) if known else f"the book has no {what}s"
    return same_name(name, known) or taken(UnknownNameError(what, name, tuple(known), hint), desk.notice)


def _subject(desk: Desk, name: str) -> str:
    """An area or a document, by its id or (an area) by its title."""
    areas, ids = desk.settings.areas, desk.book.ids(desk.settings.applicable)
    if name in areas or name in ids:
        return name
    titles: dict[str, set[str]] = {}
    for area, about in areas.items():
        title = about.get("title")
        for text in title.values() if isinstance(title, dict) else [title]:
            titles.setdefault(fold(str(text or area)), set()).add(area)
    titled = titles.get(fold(name.strip()), set())
    if len(titled) == 1:
        return titled.pop()
    if found := same_name(name, (*areas, *ids)):
        return found
    owner = name.partition(".")[0]
    known = (owner,) if owner in (*areas, *ids) else (*areas, *ids)  # a term is looked up by its document
    hint = choose_from(tuple(areas)) if areas else ""
    return taken(UnknownNameError("area or document", name, known, hint), desk.notice)


def _named_fact(desk: Desk, text: str, *, blanks: bool) -> str:
    """``NAME=VALUE`` with the name of an attribute or a fact as it is declared."""
    (name, value), names = split_fact(text), desk.settings.names
    if name in names:
        return text
    known = same_name(name, names)
    if known is None and blanks:
        return text
    unknown = UnknownNameError("attribute or fact", name, tuple(names), "servkit list attribute lists them")
    return f"{known or taken(unknown, desk.notice)}={value}"


def make_case(desk: Desk, request: DeskRequest, customer: Customer | None = None, *, blanks: bool = False) -> Case:
    """The case. Raises UnknownNameError or FieldError, one line each.

    With ``blanks``, names that the book does not declare are left to the script that is filled.
    """
    settings, person = desk.settings, desk.person
    start = _start(request.start, request, desk) if request.start else None
    day = _day(request, desk) if request.on or start is None else start.date()
    if customer is not None:
        customer = desk.open_book.with_journal(customer, day)
    own = customer.language if customer is not None else None
    language = _requested(request.language, settings) or _spoken(own, settings) or _spoken(person.language, settings)
    clock = None
    if start is not None:
        from servkit.clocks.service import ServiceClock

        clock = ServiceClock(settings)
    return Case(
        on=day,
        customer=customer,
        about=tuple(dict.fromkeys(request.about)),
        given=_given(desk, request, blanks=blanks),
        role=_known("role", request.role or person.role, settings.roles),
        channel=_known("channel", request.channel or person.channel, settings.channels),
        office=request.office or person.office,
        level=_known("level", request.level or person.level, LEVELS),
        language=language,
        start=start,
        clock=clock,
    )


def answer_case(desk: Desk, case: Case) -> Answer:
    """The answer. Raises UnknownNameError, with similar names, for an area or id that the book does not have."""
    return resolve(desk.book, case._replace(about=tuple(_subject(desk, name) for name in case.about)))


def split_fact(text: str) -> tuple[str, str]:
    """``NAME=VALUE`` as name and value."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise FieldError("--set", f"{text!r} is not of the form NAME=VALUE")
    return name.strip(), value.strip()


def _given(desk: Desk, request: DeskRequest, *, blanks: bool) -> dict[str, Value | None]:
    """The facts that were typed, by name; None makes one unknown."""
    settings = desk.settings
    given: dict[str, Value | None] = {}
    for name, value in map(split_fact, request.facts):
        variable = settings.names.get(name)
        if variable is None:
            if not blanks:
                hint = "servkit list attribute lists them"
                raise UnknownNameError("attribute or fact", name, tuple(settings.names), hint)
            continue
        try:
            given[name] = _typed(desk, request, variable, value) if value else None
        except ValueProblem as bad:
            raise FieldError(f"--set {name}", bad.said or str(bad)) from None
    return given


def _typed(desk: Desk, request: DeskRequest, variable: Attribute, value: str) -> Value:
    """A value as the person at this desk types it, in the book's form or in the language of the desk."""
    # Most lookups type no value; these read what people type in several languages.
    from servkit.book.typed_values import read_typed
    from servkit.languages.typed_words import typed_words

    words = typed_words(desk.words(request.language))
    return variable.checked(read_typed(value, variable, desk.settings, desk.today(), words))


def _known(what: str, name: str | None, known: Sequence[str]) -> str | None:
    if name is not None and name not in known:
        hint = choose_from(known) if known else f"the book has no {what}s"
        raise UnknownNameError(what, name, tuple(known), hint)
    return name


def _requested(language: str | None, settings: Settings) -> str | None:
    if language is not None and _spoken(language, settings) is None:
        known = settings.languages
        raise UnknownNameError("language", language, known, choose_from(known))
    return language


def _spoken(language: str | None, settings: Settings) -> str | None:
    """A language, if the book has it. Somebody may speak another one: then they get the book's."""
    known = language is not None and {language, language.partition("-")[0]} & set(settings.languages)
    return language if known else None


def _day(request: DeskRequest, desk: Desk) -> date:
    if not request.on:
        return desk.today()
    from servkit.languages.typed_words import typed_words  # as above

    return day_on(request.on, desk.today(), typed_words(desk.words(request.language)))


def _start(text: str, request: DeskRequest, desk: Desk) -> datetime:
    """When promises start to run, in the book's time zone: ``now``, ``09:30``, or ``2026-03-01T09:30``."""
    if text == "now":
        return desk.now().replace(second=0, microsecond=0)
    found = re.fullmatch(_TIME, text, re.ASCII)
    try:
        if found:
            day = date.fromisoformat(found[1]) if found[1] else _day(request, desk)
            moment = datetime.combine(day, time.fromisoformat(found[2] if found[2][2] == ":" else f"0{found[2]}"))
            if not found[3]:
                return moment
            return datetime.fromisoformat(moment.isoformat() + found[3]).astimezone(desk.zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        pass
    blanks = {"text": repr(text)}
    raise FieldError(
        "--from", Message("{text} is not a time; write one such as 2026-03-01T09:30, 09:30 or now", blanks)
    )
