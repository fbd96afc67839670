"""Where the journal of a book lives: what servkit.yaml or the environment names, else a file of the user's own."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from servkit.files import user_folder
from servkit.journal.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.journal.store import Journal

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SERVER = ("postgresql://", "postgres://")


class Location(NamedTuple):
    """A file or a server (``address``). ``private``: nobody said where, so only this user can see it. ``queue`` is the
    file in which entries wait for a server that is gone."""

    path: Path | None
    address: str
    private: bool
    queue: Path

    @property
    def exists(self) -> bool:
        """Whether there may be anything to read: a server may always have something, and so may a folder that is shut
        to us."""
        if self.path is None:
            return True
        try:
            os.stat(self.path)  # noqa: PTH116 - at every lookup
        except PermissionError:
            return True
        except (OSError, ValueError):
            return False
        return True

    def open(self, *, create: bool = False) -> Journal:
        """The journal. Raises JournalError, or UnreachableError for a server that does not answer."""
        # A desk asks where its journal is at every lookup, and most have none: the database is loaded here.
        from servkit.journal.store import Journal

        if self.path is not None:
            return _open_file(self.path, create=create)
        from servkit.journal.postgres_engine import PostgresEngine

        return Journal(PostgresEngine(self.address))

    def open_queue(self, *, create: bool = False) -> Journal:
        """The entries that wait for the server."""
        return _open_file(self.queue, create=create)


def _open_file(path: Path, *, create: bool) -> Journal:
    from servkit.journal.sqlite_engine import SqliteEngine
    from servkit.journal.store import Journal

    return Journal(SqliteEngine(path, create=create))


def find_location(setting: str | None, root: Path, environ: Mapping[str, str]) -> Location:
    """The journal of the book in ``root``: ``SERVKIT_JOURNAL``, else ``journal:`` of servkit.yaml, else a file in the
    user's data folder. Raises JournalError for a variable that is not set."""
    own = data_folder(environ) / f"{root.resolve().name or 'book'}-{_short_hash(root)}"
    queue = own.with_name(own.name + "-queue.sqlite")
    named = environ.get("SERVKIT_JOURNAL") or setting
    if not named:
        return Location(own.with_name(own.name + ".sqlite"), "", private=True, queue=queue)
    from_environment = _VARIABLE.sub(lambda found: _variable(found[1], environ), named)
    if from_environment.startswith(_SERVER):
        if named == setting and not _VARIABLE.search(setting or ""):
            raise JournalError(
                "journal: an address in servkit.yaml would put its password into git. "
                "Write `journal: ${SERVKIT_JOURNAL_URL}` and set that variable."
            )
        return Location(None, from_environment, private=False, queue=queue)
    if "://" in from_environment:
        raise JournalError("journal: write a file, or an address of PostgreSQL such as postgresql://host/database")
    return Location(root / from_environment, "", private=False, queue=queue)


def data_folder(environ: Mapping[str, str]) -> Path:
    """The folder for the user's journals: ``SERVKIT_DATA``, or else where the platform has the data of programs."""
    if own := environ.get("SERVKIT_DATA"):
        return Path(own)
    return user_folder(environ, "Application Support", "XDG_DATA_HOME", ".local/share")


def _variable(name: str, environ: Mapping[str, str]) -> str:
    try:
        return environ[name]
    except KeyError:
        message = f"journal: the environment variable {name} isn't set; it holds the address of the journal"
        raise JournalError(message) from None


def _short_hash(root: Path) -> str:
    return hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:10]
