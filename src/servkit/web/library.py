"""The open book of a server: read again when its files change, whole or not at all."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problems import ServkitError
from servkit.desk.error_text import error_sentences
from servkit.desk.open_book import OpenBook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


#: The files are looked at when somebody asks, and at most this often.
LOOK_SECONDS = 1.0
#: Git is asked for the revision when files have changed, or after so many seconds.
REVISION_SECONDS = 10.0
#: Somebody who saves many files (or git, which writes them one after the other) is done when nothing has changed for
#: this long. Whoever never ends is taken as they are after so many looks.
QUIET_SECONDS, MOST_LOOKS = 0.2, 25
#: At the end, a thread that reads customers is given so long to finish. What it has begun then counts for nothing.
END_SECONDS = 1.0


class BookFault(NamedTuple):
    """Why the last good book is still in use: where in the new one, and what is wrong there."""

    where: str
    message: str
    more: int = 0


class _State:
    """A book in memory as it was at one time. Threads share what was read of it and made of it; it is closed when it is
    no longer in use, and has come back from everybody."""

    def __init__(self, book: OpenBook) -> None:
        self.book = book
        self._idle: list[OpenBook] = []
        self._is_over, self._lent = False, 0

    def borrow(self) -> OpenBook:
        self._lent += 1
        return self._idle.pop() if self._idle else self.book.share()

    def give_back(self, share: OpenBook) -> None:
        self._lent -= 1
        self._idle.append(share)
        self._close_if_over()

    def end(self) -> None:
        """Nobody borrows it any more."""
        self._is_over = True
        self._close_if_over()

    def _close_if_over(self) -> None:
        if self._is_over and not self._lent:
            self.book.close()


class Library:
    """One book, which each request borrows.

    When its files change, the new state takes its place, unless it has faults that the one in use does not have: then
    the one in use stays, and ``fault`` says why. Raises ServkitError where the book cannot be opened at the start.
    """

    def __init__(
        self, root: Path, environment: Mapping[str, str], cache: Path | None, customers: Path | None = None
    ) -> None:
        self._arguments = (root, environment, cache, customers)
        self.fault: BookFault | None = None
        self._lock, self._looking = Lock(), Lock()
        self._looked = time.monotonic()
        self._state = _in_memory(self._open())
        self._reading: Thread | None = None

    @contextmanager
    def lend(self) -> Iterator[OpenBook]:
        """The book for one thread, in the state that is in use now."""
        with self._lock:
            state = self._state
            share = state.borrow()
        try:
            yield share
        finally:
            share.close_customers()  # the next request sees files of customers as they are then
            with self._lock:
                state.give_back(share)

    def read_customers(self) -> None:
        """Read files of customers that have changed, in a thread of its own: in a file of a million rows that takes a
        while. Whoever asks meanwhile waits a little, and is then told to ask again. Does nothing while it runs."""
        has_cache = self._arguments[2] is not None
        if has_cache and (self._reading is None or not self._reading.is_alive()):
            self._reading = Thread(target=self._prepare, name="customers", daemon=True)
            self._reading.start()

    def _prepare(self) -> None:
        with suppress(ServkitError), self.lend() as copy:  # whoever asks for customers is told what is wrong
            copy.directory.prepare()

    def close(self) -> None:
        """Close the book, once it has come back from everybody."""
        if self._reading is not None:
            self._reading.join(END_SECONDS)
        with self._lock:
            self._state.end()

    @property
    def language(self) -> str:
        """The language of the book."""
        return self._state.book.settings.language

    @property
    def is_due(self) -> bool:
        """Whether it is time to look at the files again."""
        return time.monotonic() - self._looked >= LOOK_SECONDS and not self._looking.locked()

    def look(self) -> None:
        """Look at the files, and take over what changed. Does nothing while another thread looks."""
        if not self._looking.acquire(blocking=False):
            return
        try:
            self._renew()
            self.read_customers()
        finally:
            self._looked = time.monotonic()
            self._looking.release()

    def _open(self) -> OpenBook:
        opened = OpenBook(*self._arguments)
        self._newest, self._opened = opened.book, time.monotonic()
        return opened

    def _renew(self) -> None:
        is_fresh = time.monotonic() - self._opened < REVISION_SECONDS
        if is_fresh and self.fault is None and not self._newest.may_have_changed:
            return
        try:
            new = self._settled()
        except ServkitError as fault:
            path = os.path.relpath(fault.path, self._arguments[0]) if fault.path else ""
            where = ":".join(str(part) for part in (path, fault.line) if part)
            self.fault = BookFault(where, fault.message if where else error_sentences(fault))
            return
        old = self._state.book
        if _state_of(new) == _state_of(old):
            self.fault = None
            new.close()
            return
        if new_faults := sorted(_faults(new) - _faults(old)):
            path, message, line = new_faults[0]
            self.fault = BookFault(f"{path}:{line}" if line else path, message, len(new_faults) - 1)
            new.close()
            return
        state = _in_memory(new)
        with self._lock:
            before, self._state, self.fault = self._state, state, None
            before.end()

    def _settled(self) -> OpenBook:
        """The book as its files are now; if they are being changed, once nobody has changed them for a while."""
        new = self._open()
        seen = _state_of(self._state.book)
        for _ in range(MOST_LOOKS):
            state = _state_of(new)
            if state == seen:
                break
            seen = state
            new.close()
            time.sleep(QUIET_SECONDS)
            new = self._open()
        return new


def _in_memory(book: OpenBook) -> _State:
    """A book that has just been opened, taken into memory."""
    with book:
        return _State(book.copy())


def _state_of(copy: OpenBook) -> tuple[Any, ...]:
    """What tells one state of a book from another: what its files hold, and the revision."""
    return copy.settings.data, copy.book.revision, copy.book.contents()


def _faults(copy: OpenBook) -> set[tuple[str, str, int]]:
    """What is wrong with the documents of a book: they are left out of every answer."""
    return {(problem.path, problem.message, problem.line) for problem in copy.book.problems}
