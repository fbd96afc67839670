"""The database of a compiled book: where it is, and whether it is current. Opening it reads no document.

Its cache key is what the file system says of every file of the book: path, inode, size and times. A file that changed a
moment ago could change again within the same tick of its time, so it is compared by content ("racy", as git calls it).
"""

from __future__ import annotations

import os
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from servkit.book.problems import BookError, BusyError
from servkit.cache.digests import digest, stamp_of
from servkit.cache.encoding import name_of_path
from servkit.cache.file_states import read_state
from servkit.cache.stored_database import PATIENCE, open_database
from servkit.message import Message
from servkit.version import __version__

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from servkit.cache.book_files import BookFiles
    from servkit.cache.stored_database import Database, Origin

#: Change this whenever the tables change.
LAYOUT = 8


def note_path(root: Path, folder: Path | None, slot: str = "") -> Path | None:
    """Where it is noted how the book in ``root`` is compiled; None, in memory, where there is no cache folder.

    Without a ``slot`` it is the form of the files as they are now; a slot is for one revision of git after another.
    """
    return None if folder is None else folder / f"book-{digest(os.fsencode(root))}{slot}.json"


def connect(files: BookFiles, folder: Path | None, progress: Callable[[int, int], None] | None = None) -> Database:
    """The compiled form of a book, brought up to date. Raises BookError where ``servkit.yaml`` cannot be used.
    ``progress`` is called with how many of how many files have been looked at."""

    def renew(connection: sqlite3.Connection, origin: Origin) -> Origin:
        from servkit.cache.compiler import renew  # it loads libyaml and Pydantic, which most lookups don't need

        return _when_quiet(files, origin, lambda last: renew(connection, last, files, version(), progress))

    note = note_path(files.home, folder, files.slot)
    # Most documents of a revision are as they are now.
    like = note_path(files.home, folder) if files.slot else None
    return open_database(note, lambda origin: _checked(origin, files), renew, like)


def _when_quiet(files: BookFiles, origin: Origin, renew: Callable[[Origin], Origin]) -> Origin:
    """Renew until no file changed meanwhile: a file that is being written may be read by half, and of two files that
    are changed together, one. Raises BusyError where the changes go on for long."""
    seen, give_up = "", None
    while True:
        try:
            origin = renew(origin)
            seen = origin["stamp"]
        except BookError:
            if seen == (seen := stamp_of(files.stamps())):
                raise
        else:
            if seen == stamp_of(files.stamps()):
                return origin
        give_up = give_up or time.monotonic() + PATIENCE
        if time.monotonic() > give_up:
            raise BusyError(Message("The files of the book keep changing while they are read. Try again in a moment."))


def may_have_changed(origin: Origin, files: BookFiles) -> bool:
    """Whether a book may no longer be what its origin says, by what the file system says of its files alone. Git isn't
    asked: a commit changes none of them."""
    return bool(origin["racy"]) or origin["stamp"] != stamp_of(files.stamps())


def _checked(origin: Origin, files: BookFiles) -> Origin | None:
    """The origin, if the book still is what it was compiled from. Nothing outside the book is read for it."""
    if origin.get("version") != version():
        return None
    now, stamps = time.time_ns(), files.stamps()
    if origin["stamp"] != stamp_of(stamps) or origin["head"] != (files.commit() or ""):
        return None
    hashes = origin["racy"]
    if not hashes:
        return origin
    states = [read_state(files, stamp, now) for stamp in stamps if name_of_path(stamp[0]) in hashes]
    if any(state.hash != hashes[state.name] for state in states):
        return None
    return {**origin, "racy": {state.name: state.hash for state in states if state.racy}}


@cache
def version() -> str:
    """The version of the tables: servkit's version, their layout, and the time of the newest module that reads
    documents, so that a change to servkit itself rebuilds them too."""
    package = Path(__file__).parent.parent
    files = [file for folder in ("book", "book/kinds", "cache") for file in (package / folder).glob("*.py")]
    return f"{__version__} {LAYOUT} {max((file.stat().st_mtime_ns for file in files), default=0)}"
