"""Connecting to PostgreSQL: the address comes from the environment, and no message ever holds a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.customers.cells import Typed
from servkit.customers.sql_source import SourceError
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from psycopg import Connection, Error
    from psycopg.abc import Buffer

_SETTINGS = "-c default_transaction_read_only=on -c statement_timeout=60000 -c datestyle=ISO -c intervalstyle=postgres"
_SETTINGS += " -c synchronize_seqscans=off"  # rows in one order: of two with one id, the first counts
#: What the server or its library says, and what is wrong. Their own words may hold parts of the address.
_REASONS = {
    "password authentication failed": "The database refuses the user or the password in {name}.",
    "no password supplied": "The database wants a password, and {name} has none.",
    "could not translate host name": "The computer that {name} names can't be found.",
    "name or service not known": "The computer that {name} names can't be found.",
    "connection refused": "No database answers at the address in {name}.",
    "timeout expired": "The database at the address in {name} doesn't answer in time.",
    "no such file": "No database answers at the address in {name}.",
    "does not exist": "There is no such database or user as {name} names.",
    "no pg_hba.conf entry": "The database refuses connections from this computer.",
    "ssl": "The database can't be reached over an encrypted connection.",
}


def connect(name: str, environment: Mapping[str, str], *, read_only: bool = True) -> Connection:
    """A connection to the address in a variable of the environment. Raises SourceError."""
    address = environment.get(name)
    if not address:
        raise SourceError(
            f"The environment variable {name} isn't set. It holds the address: postgresql://host/database."
        )
    if not address.startswith(("postgresql://", "postgres://")):
        raise SourceError(f"{name} holds no address. Write it as postgresql://user@host/database.")
    try:
        import psycopg
    except ImportError:
        raise SourceError("PostgreSQL needs psycopg. Install it with: pip install 'servkit[postgres]'") from None
    options = _SETTINGS if read_only else _SETTINGS.partition("on ")[2]
    try:
        connection = psycopg.connect(address, connect_timeout=5, autocommit=True, options=options)
    except psycopg.Error as fault:
        raise SourceError(_why_not(str(fault), name)) from None
    for type_ in ("date", "timestamp", "timestamptz", "time", "timetz", "interval"):
        connection.adapters.register_loader(type_, _loader())
    return connection


def _loader() -> type:
    """Days and times as text: Python has no days before 1 or after 9999, and no infinity."""
    from psycopg.adapt import Loader

    class TypedLoader(Loader):
        def load(self, data: Buffer) -> Typed:
            return Typed(bytes(data).decode().removesuffix(" 00:00:00"))

    return TypedLoader


def _why_not(message: str, name: str) -> str:
    low = message.lower()
    found = next((reason for words, reason in _REASONS.items() if words in low), None)
    return (found or "The database at the address in {name} can't be reached.").format(name=name)


def reason(fault: Error) -> str:
    """Why a query failed, in one line. What the server says of a query holds no address."""
    if fault.sqlstate is None:
        return "The connection to the database broke off. Try again."
    if fault.sqlstate == "57014":
        return "The database took longer than a minute. Is the column of the ids indexed?"
    primary = fault.diag.message_primary or "no reason given"
    return f"The database refuses the query: {quoted(primary, 200)}."
