"""A site: what all requests share while a server runs."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Self

from servkit.book.problems import ServkitError
from servkit.languages.catalogue import Catalogue, catalogue
from servkit.web.gate import Gate
from servkit.web.library import Library
from servkit.web.metrics import Metrics
from servkit.web.opened_log import OpenedLog
from servkit.web.people import People
from servkit.web.sessions import Sessions

if TYPE_CHECKING:
    from servkit.web.settings import WebSettings


class Site:
    """The open book, the sessions, the people and the logs; use it in a ``with``.

    Raises ServkitError where the book or the file of people cannot be used."""

    def __init__(self, settings: WebSettings) -> None:
        self.settings = settings
        self.people = People(settings.users, self.today) if settings.users is not None else None
        self.opened_log = OpenedLog(settings.opened_log, settings.opened_days, self.clock)
        self.library = Library(settings.root, settings.environment, settings.cache, settings.customers)
        self.library.read_customers()
        self.sessions = Sessions(time.monotonic)
        self.gate = Gate(settings, self.sessions, self.people)
        self.metrics = Metrics(self.library, self.sessions)
        self.threads = ThreadPoolExecutor(settings.threads, "desk")
        #: What takes seconds, or a lot of memory (a password takes 64 MiB).
        self.slow_threads = ThreadPoolExecutor(2, "slow")
        #: One thread looks whether the book has changed.
        self.looking = ThreadPoolExecutor(1, "book")

    def clock(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Today in UTC, by which tokens expire."""
        return self.clock().date()

    def words(self, language: str | None = None) -> Catalogue:
        """servkit's own words in a language, else in the book's."""
        chosen = language or self.library.language
        try:
            return catalogue(chosen, self.settings.root)
        except ServkitError:  # what is wrong with the company's words is a finding of `servkit lint`
            return catalogue(chosen)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End all threads, and close the book."""
        for threads in (self.threads, self.slow_threads, self.looking):
            threads.shutdown(cancel_futures=True)
        self.library.close()
