"""Where a journal of the tests lives: a file, or a database of a real server."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psycopg

from servkit.journal.postgres_engine import PostgresEngine
from servkit.journal.sqlite_engine import SqliteEngine
from servkit.journal.store import Journal

if TYPE_CHECKING:
    from postgres import PostgresCluster

#: A desk that writes as many entries as it is told, and prints the id of each once it is kept.
_WRITER = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from servkit.journal.entry import new_draft
from servkit.journal.location import Location
from servkit.journal.sqlite_engine import SqliteEngine
where, name, count, desks = sys.argv[1:]
server = where.startswith("postgresql:")
if server:
    import psycopg  # once, and not in every desk
location = Location(None if server else Path(where), where if server else "", False, Path("/nowhere"))
def tell(line):
    os.write(1, f"{line}\\n".encode())  # at once: whoever is killed in between leaves no half line
def write():
    with location.open(create=True) as journal:
        for number in range(int(count)):
            draft = new_draft("note", {"by": name, "say": f"number {number}"}, "C-1", now=datetime.now(UTC))
            journal.append([draft])
            tell(draft.id)
for _ in range(int(desks)):
    desk = os.fork()
    if desk == 0:
        tell(f"desk {os.getpid()}")
        write()
        os._exit(0)
    os.waitpid(desk, 0)
write() if int(desks) == 0 else None
"""


class Place(NamedTuple):
    """A path, or the address of a database."""

    where: str

    @property
    def on_server(self) -> bool:
        return self.where.startswith("postgresql:")

    def open(self, *, create: bool = False) -> Journal:
        """The journal there."""
        return Journal(PostgresEngine(self.where) if self.on_server else SqliteEngine(Path(self.where), create=create))

    def change(self, statement: str) -> None:
        """What somebody does who goes around servkit."""
        if self.on_server:
            with psycopg.connect(self.where, autocommit=True) as server:
                server.execute(statement)
        else:
            with closing(sqlite3.connect(self.where)) as file, file:
                file.execute(statement)

    def raw(self) -> bytes:
        """All that the database holds of the entries, deleted or not."""
        if not self.on_server:
            files = Path(self.where).parent.glob(Path(self.where).name + "*")
            return b"".join(file.read_bytes() for file in files)
        with psycopg.connect(self.where, autocommit=True) as server:
            server.execute("CHECKPOINT")
            query = (
                "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class WHERE relkind IN ('r', 'i', 't')"
                " AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'pg_toast'))"
                " AND pg_relation_filepath(oid) IS NOT NULL"
            )
            return b"".join(bytes(content) for (content,) in server.execute(query))

    def writer(self, name: str, count: int) -> list[str]:
        """The command of a desk of its own."""
        return [sys.executable, "-c", _WRITER, self.where, name, str(count), "0"]

    def writers(self, name: str, desks: int) -> list[str]:
        """The command of desks that write without end, each once the one before has ended. A desk first prints the
        word ``desk`` and its process."""
        return [sys.executable, "-c", _WRITER, self.where, name, "1000000", str(desks)]


def new_database(cluster: PostgresCluster, name: str) -> Place:
    """An empty database."""
    with psycopg.connect(cluster.address(), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
    return Place(cluster.address(name))
