"""What the file system said of the files of a book when they were looked at, so that a change shows.

A file that changed so recently that a further change might not show in its times is known by its content as well.
"""

from __future__ import annotations

import marshal
import os
import stat
import time
from typing import TYPE_CHECKING, Any

from servkit.cache.digests import digest
from servkit.cache.folder import RACY_NS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.book.discovery import FileStamp

#: More than one file of the book holds is a file of customers, and read piece by piece.
_PIECE = 1 << 20


class Stamps:
    """The stamps of files that are being read, and the content of those that changed only just now."""

    def __init__(self, stamps: list[FileStamp] | None = None, fresh: dict[str, str] | None = None) -> None:
        self.stamps: list[FileStamp] = [] if stamps is None else stamps
        self.fresh: dict[str, str] = {} if fresh is None else fresh
        self._since = time.time_ns() - RACY_NS

    def note(self, raw: bytes) -> None:
        """The bytes of the file whose stamp was taken last."""
        path, *_, written, changed = self.stamps[-1]
        if is_new(written, changed, self._since):
            self.fresh[path] = _of_pieces([digest(raw)] if raw else [])

    def join(self, other: Stamps) -> None:
        """Take in those of another part of the book."""
        self.stamps += other.stamps
        self.fresh |= other.fresh


class State:
    """What some files are, as it is kept."""

    def __init__(self, root: str, stamps: Iterable[FileStamp], fresh: dict[str, str] | None = None) -> None:
        """``fresh`` is the content of those that changed only just now, where it is known."""
        self.root = root
        found, since = list(stamps), time.time_ns() - RACY_NS
        self.stamp = digest(marshal.dumps(found, 2))
        # what cannot be looked at at all (no inode, no times) is told by reading it
        self.racy = (
            {path: _content(root, path) for path, *_, written, changed in found if is_new(written, changed, since)}
            if fresh is None
            else fresh
        )

    def kept(self) -> list[Any]:
        return [self.stamp, self.racy]

    def same(self, kept: Sequence[Any]) -> bool:
        """Whether these are the files that were kept. What was new then has to hold what it held."""
        stamp, racy = kept
        return stamp == self.stamp and all(
            (self.racy.get(path) or _content(self.root, path)) == content for path, content in racy.items()
        )


def is_new(written: int, changed: int, since: int) -> bool:
    """Whether a file may have changed since a moment, by its times of modification and change; one without may."""
    latest = changed if os.name == "posix" else max(written, changed)
    return latest > since or not latest


def stamp_of(root: str, name: str) -> FileStamp:
    """The stamp of a file; of one that is not there, its name alone."""
    try:
        status = os.stat(os.path.join(root, name))  # noqa: PTH116, PTH118
    except (OSError, ValueError):
        return name, 0, 0, 0, 0
    return name, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _content(root: str, path: str) -> str:
    full, pieces = os.path.join(root, path), []  # noqa: PTH118
    try:
        if not stat.S_ISREG(os.stat(full).st_mode):  # noqa: PTH116
            return "no plain file"
        with open(full, "rb", buffering=0) as file:  # noqa: PTH123
            while raw := file.read(_PIECE):
                pieces.append(digest(raw))
    except (OSError, ValueError) as fault:
        return repr(fault)
    return _of_pieces(pieces)


def _of_pieces(pieces: Sequence[str]) -> str:
    return digest(" ".join(pieces).encode())
