"""The state of a file that a compiled book was made from: its stamp, and git's id of what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.cache.digests import blob_id
from servkit.cache.encoding import name_of_path

if TYPE_CHECKING:
    from servkit.book.problems import Problem
    from servkit.cache.book_files import BookFiles, Stamp


class FileState(NamedTuple):
    """A file as it is now. ``raw`` is None, and ``problems`` say why, where it cannot be read. A ``racy`` file may
    change after this without a sign of it."""

    path: str
    name: str
    stamp: str
    hash: str
    racy: bool
    raw: bytes | None
    problems: list[Problem]


def read_state(files: BookFiles, stamp: Stamp, now: int) -> FileState:
    """Read a file. ``now`` is the time, in nanoseconds, before its stamp was taken."""
    problems: list[Problem] = []
    raw = files.read(stamp[0], problems)
    hash_ = blob_id(raw) if raw is not None else "!" + "".join(problem.message for problem in problems)
    racy = files.may_change(stamp, raw, now)
    return FileState(stamp[0], name_of_path(stamp[0]), text_of(stamp), hash_, racy, raw, problems)


def text_of(stamp: Stamp) -> str:
    """All but the path, as the tables hold it."""
    return " ".join(map(str, stamp[1:]))
