"""What can go wrong with a journal: one line each, which says what is still whole."""

from __future__ import annotations

from servkit.book.problems import ServkitError


class JournalError(ServkitError):
    """The journal cannot be read or written."""


class UnreachableError(JournalError):
    """The server that holds the journal does not answer; what is recorded waits in a queue."""
