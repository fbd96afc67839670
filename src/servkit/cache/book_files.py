"""Where a book is compiled from: a folder, or a git revision (:mod:`servkit.history.revision`)."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, Protocol

from servkit.book.discovery import walk
from servkit.book.files import MAX_BYTES, read_bytes
from servkit.cache.folder import RACY_NS
from servkit.git import head_commit, is_dirty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from servkit.book.problems import Problem

#: A file that was emptied is written again within so many seconds; it is looked at as often as this.
_TO_WRITE, _A_MOMENT = 0.1, 0.005
#: The path of a document, and what tells whether it changed: what the file system or git says of it.
Stamp = tuple[Any, ...]


class BookFiles(Protocol):
    """The files of one book in one state."""

    @property
    def home(self) -> Path:
        """The folder of the book in the work tree."""

    @property
    def slot(self) -> str:
        """Which of the compiled forms of the book this is; empty for the files as they are now."""

    @property
    def root(self) -> Path:
        """A folder that holds every file of the book in this state."""

    def stamps(self) -> Sequence[Stamp]:
        """The documents, in any order. One with an equal stamp is the same, unless it :meth:`may_change`."""

    def may_change(self, stamp: Stamp, raw: bytes | None, now: int) -> bool:
        """Whether a document may become another one under the same stamp; ``now`` is in nanoseconds."""

    def read(self, path: str, problems: list[Problem]) -> bytes | None:
        """What a document holds; None with a problem where it cannot be read."""

    def commit(self) -> str | None:
        """The commit that the files belong to; None where there is none."""

    def is_dirty(self) -> bool:
        """Whether the documents differ from those of the commit."""

    def customer_source(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """An entry under ``customers:`` with the place of its file or database as it is found from ``home``."""

    def close(self) -> None:
        """Let go of whatever is open."""


class FolderFiles:
    """The files in a folder, as they are now."""

    slot = ""

    def __init__(self, root: Path) -> None:
        self.home = self.root = root

    def stamps(self) -> Sequence[Stamp]:
        return list(walk(str(self.root)))

    def may_change(self, stamp: Stamp, raw: bytes | None, now: int) -> bool:
        path, _, size, modified, status_changed = stamp
        # Elsewhere than on POSIX the last time is that of creation.
        changed = status_changed if os.name == "posix" else max(modified, status_changed)
        may_become_readable = raw is None and path.isprintable() and size <= MAX_BYTES  # without a sign of it
        return bool(changed > now - RACY_NS or may_become_readable)

    def read(self, path: str, problems: list[Problem]) -> bytes | None:
        raw = read_bytes(str(self.root), path, problems)
        while raw == b"" and self._was_emptied_just_now(path):
            time.sleep(_A_MOMENT)
            raw = read_bytes(str(self.root), path, problems)
        return raw

    def _was_emptied_just_now(self, path: str) -> bool:
        """Whether somebody may be about to write a file: most programs empty it first."""
        try:
            return abs(time.time() - self.root.joinpath(path).stat().st_ctime) < _TO_WRITE  # clocks may be set back
        except OSError:
            return False

    def commit(self) -> str | None:
        return head_commit(self.root)

    def is_dirty(self) -> bool:
        return is_dirty(self.root)

    def customer_source(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        return dict(spec)

    def close(self) -> None:
        """Nothing is open."""
