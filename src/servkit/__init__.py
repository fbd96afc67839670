"""servkit: service standards as text.

The library's face: ``open_book`` reads a book, ``look_up`` answers from it, ``lint_book`` checks it, ``compare`` tells
what differs between two, ``render`` prints it. What a caller did wrong is a ServkitError or ValueProblem
(:mod:`servkit.book.problems`); what is wrong with a book is in the results.

>>> book = open_book("standards")
>>> answer = look_up(book, "AS-1007", about=["returns"], role="technician", on="2026-11-23")
>>> str(answer.terms["returns.window"].value)
'45 days'
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from servkit.version import __version__ as __version__

__all__ = ["compare", "lint_book", "look_up", "open_book", "render"]

# Each function imports what it needs: whoever only looks up a book does not load the checks, or what prints.

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.answer.result import Answer
    from servkit.book.library import Book
    from servkit.handout.renderer import File
    from servkit.history.changes import Comparison
    from servkit.lint.report import Report


def open_book(folder: str | Path) -> Book:
    """Read the book in a folder, every place kept. What could not be read is in its ``problems``.

    Raises BookError where there is none, or its ``servkit.yaml`` cannot be used.
    """
    from servkit.book.reader import read_book

    return read_book(folder)


def look_up(
    book: Book,
    customer: str | None = None,
    *,
    about: Sequence[str] = (),
    facts: Mapping[str, str] | None = None,
    role: str | None = None,
    channel: str | None = None,
    office: str | None = None,
    level: str | None = None,
    language: str | None = None,
    on: date | str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Answer:
    """What applies to a customer (by id) in a case (BOOK.md 6); ``on`` is today in the book's time zone unless given.

    ``facts`` are texts as they would be typed, by name; an empty one makes an attribute unknown. ``environment`` holds
    the addresses of databases that the book names, such as ``os.environ``; without it, none of them is asked. Raises
    UnknownNameError for a customer, area, document or name that the book does not have, and ValueProblem for a value
    that does not fit.
    """
    from servkit.answer.case import Case
    from servkit.answer.resolver import resolve
    from servkit.answer.scenario import fact_value
    from servkit.book.problems import UnknownNameError
    from servkit.clocks.today import today_in
    from servkit.customers.directory import Directory

    who = None
    if customer is not None:
        with Directory(book, book.root, environment=environment) as directory:
            who = directory.exact(customer)
        if who is None:
            raise UnknownNameError("customer", customer)
    case = Case(
        on=date.fromisoformat(on) if isinstance(on, str) else on or today_in(book.settings.timezone),
        customer=who,
        about=tuple(about),
        given={name: fact_value(name, text or None, book.settings) for name, text in (facts or {}).items()},
        role=role,
        channel=channel,
        office=office,
        level=level,
        language=language or (who.language if who is not None else None),
    )
    return resolve(book, case)


def compare(
    before: str | Path,
    after: str | Path,
    *,
    on: date | str | None = None,
    until: date | str | None = None,
    about: Sequence[str] = (),
    role: str | None = None,
    count: bool = True,
) -> Comparison:
    """What differs in meaning between the books in two folders, from a day to a day (today, and a year later).

    Every class is exact and has a case that both books answer; with ``count`` it has the number of ``after``'s
    customers, too. Raises UnknownNameError for an area, document or role that neither book has.
    """
    from servkit.cache.compiled_book import CompiledBook
    from servkit.clocks.service import ServiceClock
    from servkit.clocks.today import today_in
    from servkit.customers.directory import Directory
    from servkit.history.comparison import request_for
    from servkit.history.full_comparison import compare_fully, people_of

    with (
        CompiledBook(Path(before).resolve()) as old,
        CompiledBook(Path(after).resolve()) as new,
        Directory(old, old.root) as others,
        Directory(new, new.root) as directory,
    ):
        first = date.fromisoformat(on) if isinstance(on, str) else on or today_in(new.settings.timezone)
        last = date.fromisoformat(until) if isinstance(until, str) else until
        people = people_of(others, directory, {})
        request = request_for(first, last, about, role)
        return compare_fully(old, new, request, people, lambda one: ServiceClock(one.settings), count=count)


def lint_book(
    folder: str | Path, *, select: Sequence[str] = (), ignore: Sequence[str] = (), on: date | None = None
) -> Report:
    """Check the book in a folder with every rule; ``select`` and ``ignore`` are codes or their beginnings."""
    from servkit.clocks.today import today_in
    from servkit.lint.code_filter import code_filter
    from servkit.lint.engine import lint
    from servkit.lint.loader import load

    loaded = load(Path(folder))
    return lint(loaded, on or today_in(loaded.timezone), code_filter(select, ignore))


def render(
    folder: str | Path,
    sheet: str,
    format: str = "html",  # noqa: A002 - the word of the command line
    *,
    area: str | Sequence[str] = (),
    document: str | Sequence[str] = (),
    **filters: str,
) -> list[File]:
    """A handout of the book in a folder, as files with names and bytes; nothing is written.

    ``sheet`` is handbook, card, roleplay, quiz, checklist or all. Areas and documents (ids, or ``kind:id``) are
    printed in the order given; ``filters`` are role, level, segment, channel, office and language. Raises
    UnknownNameError for a sheet, format or filter that is not there.
    """
    from servkit.cache.compiled_book import CompiledBook
    from servkit.clocks.service import ServiceClock
    from servkit.clocks.today import today_in
    from servkit.customers.directory import Directory
    from servkit.handout.audience import Audience, Edition
    from servkit.handout.material import Material
    from servkit.handout.renderer import render as render_sheet
    from servkit.handout.theme import read_theme

    with CompiledBook(Path(folder).resolve()) as book, Directory(book, book.root, environment=None) as directory:
        material = Material(
            book,
            book.all(),
            Audience(_several(area), _several(document), **filters),
            Edition(today_in(book.settings.timezone), *book.revision),
            read_theme(book.root),
            directory.exact,
            lambda: ServiceClock(book.settings),
        )
        return render_sheet(sheet, material, format)


def _several(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
