"""A journal in PostgreSQL, for many desks. Needs the extra ``servkit[postgres]``."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from servkit.journal.errors import JournalError, UnreachableError

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
        with self._errors():
            self.connection = psycopg.connect(address, autocommit=True, connect_timeout=CONNECT_SECONDS)
            self.connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")

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
                raise UnreachableError(f"the journal {self.shown} does not answer") from fault
            raise JournalError(f"the journal {self.shown}: {_reason(fault)}") from fault


def _placed(statement: str) -> Any:
    """The statement with the placeholders of psycopg."""
    return statement.replace("?", "%s")


def _reason(fault: Any) -> str:
    reasons = {
        "28": "the server refuses the name or the password.",
        "3D": "there is no such database.",
        "42": "you may not use its tables. Ask whoever runs the server.",
        "53": "the server is out of space or connections. Nothing was recorded.",
        "55": "another desk is writing, and didn't stop in time. Try again.",
        "25": "the server only lets you read. Nothing was recorded.",
    }
    return reasons.get((fault.sqlstate or "")[:2], "the server refuses. Nothing was recorded.")
