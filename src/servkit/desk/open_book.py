"""A book that is open: compiled, with its customers and the place of its journal."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Self

from servkit.book.literals import read_as
from servkit.book.problems import Problem, ValueProblem
from servkit.cache.book_files import FolderFiles
from servkit.cache.compiled_book import CompiledBook
from servkit.customers.directory import Directory
from servkit.journal.errors import JournalError
from servkit.journal.location import find_location

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from servkit.answer.case import Customer, CustomerJournal
    from servkit.book.settings import Settings
    from servkit.book.values import Value
    from servkit.cache.book_files import BookFiles
    from servkit.journal.location import Location


class OpenBook:
    """The book in a folder, or as it stood ``at`` a git revision, for as many people as like, one after the other.

    ``environment`` holds the addresses of databases by name, and where the journal lives; ``cache`` is the folder for
    what is compiled (None: in memory); ``customers`` is a file that takes the place of the book's first source.

    It stays as it was when it was opened: to see what somebody has changed since, open it again. One thread at a time
    may use it: a server makes a :meth:`share` for each of its threads. Use it in a ``with``, or close it. Raises
    ServkitError where there is no such book or revision.
    """

    def __init__(
        self,
        root: Path,
        environment: Mapping[str, str],
        cache: Path | None,
        customers: Path | None = None,
        at: str | None = None,
    ) -> None:
        self.environment, self.cache, self._customers = environment, cache, customers
        files = book_files(root, at)
        try:
            self.book = CompiledBook(files.home, cache, files=files)
        except BaseException:
            files.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the book and the customers."""
        self.book.close()
        self.book.files.close()
        if "directory" in self.__dict__:
            self.directory.close()

    def copy(self) -> OpenBook:
        """The same state of the book once more, in memory. Closing one leaves the other open."""
        return self._with(self.book.copy())

    def share(self) -> OpenBook:
        """The same book for another thread, with customers of its own. It is not closed itself, but for them."""
        return self._with(self.book)

    def _with(self, book: CompiledBook) -> OpenBook:
        other = object.__new__(OpenBook)
        other.environment, other.cache, other._customers, other.book = (
            self.environment,
            self.cache,
            self._customers,
            book,
        )
        return other

    def close_customers(self) -> None:
        """Close the customers; they open again, as they are then, when somebody is looked for."""
        if "directory" in self.__dict__:
            self.__dict__.pop("directory").close()

    @property
    def settings(self) -> Settings:
        return self.book.settings

    @cached_property
    def directory(self) -> Directory:
        """All customers; loaded when one is looked for."""
        files = self.book.files
        return Directory(self.book, files.home, self._customers, None if files.slot else self.cache, self.environment)

    @cached_property
    def journal_location(self) -> Location:
        """Where the journal of the book lives."""
        return find_location(self.settings.journal, self.book.files.home, self.environment)

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


def _without_journal(customer: Customer, why: str, rest: str) -> Customer:
    """The customer, with a problem that says what the answer comes without."""
    problem = Problem("SK521", "", 0, 0, f"{why.rstrip('.')}; the answer comes from the book {rest}")
    return customer._replace(problems=(*customer.problems, problem))


def book_files(root: Path, at: str | None) -> BookFiles:
    """The files of the book in a folder, or as they were ``at`` a git revision. Raises ServkitError where there is no
    such revision."""
    if at is None:
        return FolderFiles(root)
    from servkit.history.revision import Revision  # only those who look back need it

    return Revision(root, at)
