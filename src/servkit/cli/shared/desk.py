"""A desk: the compiled book, its customers, and the settings of whoever sits there."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from servkit.book.literals import read_as
from servkit.book.location import find_root
from servkit.book.problems import Problem, ServkitError, ValueProblem
from servkit.cache.book_files import FolderFiles
from servkit.cache.compiled_book import CompiledBook
from servkit.cache.folder import cache_folder
from servkit.cli.shared.desk_settings import DeskSettings, read_desk_settings
from servkit.cli.shared.output import print_note
from servkit.customers.directory import Directory
from servkit.journal.errors import JournalError
from servkit.journal.location import find_location
from servkit.languages.catalogue import Catalogue, catalogue
from servkit.text import clean

if TYPE_CHECKING:
    from datetime import date

    from servkit.answer.case import Customer, CustomerJournal
    from servkit.book.settings import Settings
    from servkit.book.values import Value
    from servkit.cache.book_files import BookFiles
    from servkit.journal.location import Location


class Desk:
    """A compiled book, its customers, and the ``defaults`` of this desk for what a command leaves out.

    Use it in a ``with``: it closes the book and the customers."""

    def __init__(self, book: CompiledBook, defaults: DeskSettings, customers: Path | None = None) -> None:
        self.book, self.defaults = book, defaults
        self._customers = customers or (Path(defaults.customers) if defaults.customers else None)

    @cached_property
    def directory(self) -> Directory:
        """All customers; loaded when one is looked for."""
        files, cache = self.book.files, cache_folder(os.environ)
        return Directory(self.book, files.home, self._customers, None if files.slot else cache, os.environ)

    def words(self, language: str | None = None) -> Catalogue:
        """servkit's own words in the language of ``--lang``, else in that of this desk, else in the book's.

        What is wrong with the company's words is reported on stderr, and stops nothing."""
        chosen = language or self.defaults.language or self.settings.language
        try:
            return catalogue(chosen, self.book.root)
        except ServkitError as fault:
            print_note(f"servkit: {clean(str(fault))}")
            return catalogue(chosen)

    @cached_property
    def journal_location(self) -> Location:
        """Where the journal of the book lives."""
        return find_location(self.settings.journal, self.book.files.home, os.environ)

    def with_journal(self, customer: Customer, day: date) -> Customer:
        """The customer, with what the journal says of them at the end of a day. Where it cannot be read, the answer
        comes without it, and a problem says so."""
        try:
            if not self.journal_location.exists:
                return customer
            # Nothing is loaded for the journal where there is none.
            from servkit.journal.customer_view import view_customer
            from servkit.journal.entry import end_of_day
            from servkit.journal.recorder import read_entries

            found = read_entries(self.journal_location, customer.id, before=end_of_day(day, self.settings.timezone))
        except JournalError as fault:
            return _without_journal(customer, fault.message, "alone")
        if found.gone:
            waiting = "and from what waits on this machine" if found.entries else "alone"
            customer = _without_journal(customer, found.gone, waiting)
        view = view_customer(found.entries, day, self.settings.timezone)
        if view is None:
            return customer
        return customer._replace(journal=view, attributes={**self._heard(view), **customer.attributes})

    def _heard(self, view: CustomerJournal) -> dict[str, Value]:
        """Attributes as heard. One that the book no longer has, or declares otherwise, is unknown."""
        heard = {}
        for name, text in view.attributes.items():
            attribute = self.settings.names.get(name)
            if attribute is not None and not attribute.fact:
                with suppress(ValueProblem):
                    clocks, currency = self.settings.clocks, self.settings.currency
                    heard[name] = read_as(attribute.type, text, attribute.of, clocks, currency)
        return heard

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.book.close()
        self.book.files.close()
        if "directory" in self.__dict__:
            self.directory.close()

    @property
    def settings(self) -> Settings:
        return self.book.settings


def _without_journal(customer: Customer, why: str, rest: str) -> Customer:
    """The customer, with a problem that says what the answer comes without."""
    problem = Problem("SK521", "", 0, 0, f"{why.rstrip('.')}; the answer comes from the book {rest}")
    return customer._replace(problems=(*customer.problems, problem))


def book_folder(book: Path | None, defaults: DeskSettings | None = None) -> Path:
    """The folder of the book at hand; that of the desk, where its settings are given. Raises BookError without one."""
    return find_root(book, os.environ.get("SERVKIT_BOOK") or (defaults.book if defaults else None), Path.cwd())


def open_desk(
    book: Path | None = None, customers: Path | None = None, at: str | None = None, *, quiet: bool = False
) -> Desk:
    """Open the book at hand, or as it stood ``at`` a git revision. Raises ServkitError where there is none."""
    defaults = read_desk_settings(quiet=quiet)
    files = book_files(book_folder(book, defaults), at)
    try:
        return Desk(CompiledBook(files.home, cache_folder(os.environ), files=files), defaults, customers)
    except BaseException:
        files.close()
        raise


def book_files(root: Path, at: str | None) -> BookFiles:
    """The files of the book in a folder, or as they were ``at`` a git revision. Raises ServkitError where there is no
    such revision."""
    if at is None:
        return FolderFiles(root)
    from servkit.history.revision import Revision  # only those who look back need it

    return Revision(root, at)
