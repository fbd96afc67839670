"""A journal in PostgreSQL, for many desks. Needs the extra ``servkit[postgres]``."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from servkit.journal.errors import JournalError, UnreachableError
from servkit.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: How long to wait for a server before the desk goes on without it, and for a lock that another desk holds.
CONNECT_SECONDS, LOCK_SECONDS = 3, 20
#: The name of the lock under which entries are added: any number that nothing else of servkit uses.
_LOCK = 7_305_221_101


class PostgresEngine:
    """A connection to a server. Raises UnreachableError where it does not answer."""

    def __init__(self, address: str) -> None:
        try:
            import psycopg  # heavy, and only journals on a server need it
        except ModuleNotFoundError:
            raise JournalError(
                "a journal on PostgreSQL needs one more package: pip install 'servkit[postgres]'"
            ) from None
        self.faults = psycopg.Error
        self.gone = (psycopg.OperationalError, psycopg.InterfaceError)
        self.shown = "on PostgreSQL"
        try:
            parts = psycopg.conninfo.conninfo_to_dict(address)
        except psycopg.Error:
            raise JournalError(
                "the address of the journal is not one of PostgreSQL (postgresql://host/database)"
            ) from None
        self.shown = f"on {parts.get('host') or 'this machine'}, database {parts.get('dbname') or 'of your name'}"
        try:
            self.connection = psycopg.connect(address, autocommit=True, connect_timeout=CONNECT_SECONDS,
                                              tcp_user_timeout=1000 * LOCK_SECONDS)  # fmt: skip
        except psycopg.Error as fault:
            # A failed connection has no SQLSTATE; only a ping tells a server that refuses from one that is gone.
            ping = psycopg.pq.PGconn.ping(psycopg.conninfo.make_conninfo(address, connect_timeout=2).encode())
            if ping == psycopg.pq.Ping.OK:
                raise self._error(_refusal(str(fault))) from None
            raise self._unreachable() from None
        self.run(f"SET lock_timeout = '{LOCK_SECONDS}s'")

    def tables(self) -> set[str]:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        found = {str(name) for (name,) in self.rows(query)}
        return found if "journal_version" in found else set()  # other tables of the database are not ours to judge

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> Iterator[Sequence[Any]]:
        with self._errors():
            yield from self.connection.execute(_placed(statement), parameters)

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        with self._errors():
            self.connection.execute(_placed(statement), parameters)

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._errors(), self.connection.transaction():
            self.connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            yield

    def clear_traces(self) -> None:
        self.run("VACUUM FULL entries")

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except self.faults as fault:
            if isinstance(fault, self.gone) and (fault.sqlstate or "08")[:2] in ("08", "57"):
                raise self._unreachable() from fault
            raise self._error(_reason(fault)) from fault
        except UnicodeError as fault:
            raise self._error(Message("a name holds characters that it can't keep")) from fault

    def _error(self, reason: Message) -> JournalError:
        return JournalError(Message("the journal {name}: {reason}", {"name": self.shown, "reason": reason}))

    def _unreachable(self) -> UnreachableError:
        return UnreachableError(Message("the journal {name} doesn't answer", {"name": self.shown}))


def _placed(statement: str) -> Any:
    """The statement with the placeholders of psycopg."""
    return statement.replace("?", "%s")


def _refusal(message: str) -> Message:
    """Why a server that answers lets nobody in. Its own words may hold parts of the address, so they stay out."""
    reasons = {
        "password": Message("the server refuses the name or the password."),
        "does not exist": Message("the server has no such database, or no such user."),
        "pg_hba.conf": Message("the server refuses connections from this computer."),
        "too many": Message("the server has too many connections. Try again."),
    }
    found = next((reason for words, reason in reasons.items() if words in message), None)
    return found or Message("the server refuses the connection. Check the address.")


def _reason(fault: Any) -> Message:
    if fault.sqlstate == "42P07":
        return Message(
            "the database has a table of that name from another program. Give the journal a database of its own."
        )
    reasons = {
        "42": Message("you may not use its tables. Ask whoever runs the server."),
        "53": Message("the server is out of space or connections. Nothing was recorded."),
        "55": Message("another desk is writing, and didn't stop in time. Try again."),
        "25": Message("the server only lets you read. Nothing was recorded."),
    }
    return reasons.get((fault.sqlstate or "")[:2], Message("the server refuses. Nothing was recorded."))
