"""What a journal needs of a database. SQLite and PostgreSQL each have one module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager


class Engine(Protocol):
    """A connection to the database of a journal. Statements have ``?`` for their parameters.

    Everything raises :class:`~servkit.journal.errors.JournalError` with one line where the database cannot do it.
    """

    #: The journal as a person names it; never with a password.
    shown: str

    def tables(self) -> set[str]:
        """The tables there are."""

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> Iterator[Sequence[Any]]:
        """The rows of a query, as they come."""

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """Run a statement."""

    def writing(self) -> AbstractContextManager[None]:
        """A transaction that nobody else can write beside: all of it is kept at its end, or nothing."""

    def clear_traces(self) -> None:
        """Overwrite what deleted rows left in the files of the database."""

    def close(self) -> None:
        """Close the connection."""
