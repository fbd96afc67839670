"""A desk: somebody at an open book."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from servkit.book.problems import ServkitError
from servkit.desk.open_book import OpenBook
from servkit.languages.catalogue import Catalogue, Message, catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from servkit.book.settings import Settings
    from servkit.cache.compiled_book import CompiledBook
    from servkit.customers.directory import Directory
    from servkit.desk.person import Person
    from servkit.journal.location import Location


class Desk:
    """A ``person`` at an ``open_book``. To make one costs nothing: a server that keeps books open makes one a request.

    ``clock`` gives the present moment, with an offset. ``notice`` is called with each remark that is no part of an
    answer, such as that a mistyped name was taken for another: plain text, one line. ``with`` closes the book."""

    def __init__(
        self,
        open_book: OpenBook,
        person: Person,
        clock: Callable[[], datetime],
        notice: Callable[[str], None],
    ) -> None:
        self.open_book, self.person, self.clock, self._notice = open_book, person, clock, notice

    def of(self, person: Person) -> Desk:
        """A desk at the same book, of somebody else."""
        return Desk(self.open_book, person, self.clock, self._notice)

    def notice(self, remark: str | Message) -> None:
        """Remark something that is no part of an answer, in the language of the person."""
        self._notice(self.words().say(remark) if isinstance(remark, Message) else remark)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.open_book.close()

    @property
    def book(self) -> CompiledBook:
        return self.open_book.book

    @property
    def settings(self) -> Settings:
        return self.open_book.settings

    @property
    def directory(self) -> Directory:
        """All customers."""
        return self.open_book.directory

    @property
    def journal_location(self) -> Location:
        """Where the journal of the book lives."""
        return self.open_book.journal_location

    @property
    def zone(self) -> ZoneInfo:
        """The book's time zone."""
        return ZoneInfo(self.settings.timezone)

    def now(self) -> datetime:
        """The present moment in the book's time zone, without an offset."""
        return self.clock().astimezone(self.zone).replace(tzinfo=None)

    def moment(self) -> datetime:
        """The present moment, in UTC."""
        return self.clock().astimezone(UTC)

    def today(self) -> date:
        """Today in the book's time zone."""
        return self.now().date()

    def words(self, language: str | None = None) -> Catalogue:
        """servkit's own words in a language, else in that of the person, else in the book's.

        What is wrong with the company's words is a notice, and stops nothing."""
        chosen = language or self.person.language or self.settings.language
        try:
            return catalogue(chosen, self.book.root)
        except ServkitError as fault:
            self.notice(str(fault))
            return catalogue(chosen)


def open_desk(
    root: Path,
    person: Person,
    *,
    environment: Mapping[str, str],
    cache: Path | None,
    clock: Callable[[], datetime],
    notice: Callable[[str], None],
    customers: Path | None = None,
    at: str | None = None,
) -> Desk:
    """Open a book for one person (:class:`OpenBook` has the arguments); use it in a ``with``."""
    return Desk(OpenBook(root, environment, cache, customers, at), person, clock, notice)
