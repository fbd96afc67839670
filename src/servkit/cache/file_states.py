"""The state of a file that a compiled book was made from: its stamp, and the digest of what is in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.files import MAX_BYTES, read_bytes
from servkit.cache.digests import digest
from servkit.cache.encoding import name_of_path
from servkit.cache.folder import RACY_NS

if TYPE_CHECKING:
    from pathlib import Path

    from servkit.book.discovery import FileStamp
    from servkit.book.problems import Problem


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


def read_state(root: Path, stamp: FileStamp, now: int) -> FileState:
    """Read a file. ``now`` is the time, in nanoseconds, before its stamp was taken."""
    problems: list[Problem] = []
    raw = read_bytes(str(root), stamp[0], problems)
    hash_ = digest(raw) if raw is not None else "!" + "".join(problem.message for problem in problems)
    # Elsewhere than on POSIX the last time is that of creation.
    changed = stamp[4] if os.name == "posix" else max(stamp[3], stamp[4])
    may_become_readable = raw is None and stamp[0].isprintable() and stamp[2] <= MAX_BYTES  # without a sign of it
    racy = changed > now - RACY_NS or may_become_readable
    return FileState(stamp[0], name_of_path(stamp[0]), text_of(stamp), hash_, racy, raw, problems)


def text_of(stamp: FileStamp) -> str:
    """All but the path, as the tables hold it."""
    return " ".join(map(str, stamp[1:]))
