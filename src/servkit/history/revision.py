"""The book at a git revision, read from the object store: neither the work tree nor the index is touched.

Documents, customers' documents and other tracked files are as they were; databases and files that git does not track
are as they are now.
"""

from __future__ import annotations

import posixpath
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servkit.book.discovery import SETTINGS, documents_among
from servkit.book.files import MAX_BYTES, too_large
from servkit.book.problems import BookError, Problem, ServkitError, TemporaryFilesError
from servkit.git import Blobs, GitError, TreeFile, commit_of, files_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.cache.book_files import Stamp

#: How a file begins whose content is in Git LFS and not in git.
_LFS = b"version https://git-lfs.github.com/spec/"
#: So many links in a row are followed.
_MOST_LINKS = 20
_SQLITE = "sqlite:"
#: What others read from :attr:`Revision.root`: the company's words and its theme.
_READ = ("languages/", "handouts/")


class Revision:
    """The files of the book in a folder at a revision (:class:`servkit.cache.book_files.BookFiles`).

    Close it: that ends git and deletes what was written for others to read. Raises ServkitError where git
    cannot say, or where there was no book then.
    """

    def __init__(self, home: Path, revision: str, slot: str = "-at") -> None:
        #: The folder of the book in the work tree, and the revision as it was named.
        self.home, self.named = home, revision
        self.slot = slot
        try:
            self._commit = commit_of(home, revision)
            self._files = {file.path: file for file in files_at(home, self._commit)}
        except GitError as fault:
            raise ServkitError(str(fault)) from fault
        if SETTINGS not in self._files:
            raise BookError(f"there was no book in {home} at {revision}: it held no {SETTINGS}")
        self._blobs = Blobs(home)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._written: set[str] = set()

    def close(self) -> None:
        """End git, and delete what was written."""
        self._blobs.close()
        if self._folder is not None:
            self._folder.cleanup()

    # --- documents ----------------------------------------------------------------------------------------------

    def stamps(self) -> Sequence[Stamp]:
        return self._stamps

    @cached_property
    def _stamps(self) -> list[Stamp]:
        found = ((path, self._target(self._files[path])) for path in documents_among(self._files))
        return [(path, file.blob if file is not None else "") for path, file in found]

    def may_change(self, _stamp: Stamp, _raw: bytes | None, _now: int) -> bool:
        return False

    def read(self, path: str, problems: list[Problem]) -> bytes | None:
        """What a document held. Raises ServkitError where git does not hold it."""
        name = path.encode("utf-8", "replace").decode()
        if not path.isprintable():
            what = "The file's name has characters that aren't text. Rename it."
        else:
            file = self._target(self._files[path]) if path in self._files else None
            raw = None if file is None else self._content(file, MAX_BYTES)
            if raw is None:
                what = "This link doesn't lead to a file that git tracks in this folder. Put the file here instead."
            elif len(raw) > MAX_BYTES:
                what = too_large(self._blobs.size)
            else:
                return raw
        problems.append(Problem("SK101", name, 0, 0, what))
        return None

    def commit(self) -> str | None:
        return self._commit

    def is_dirty(self) -> bool:
        return False

    def _target(self, file: TreeFile) -> TreeFile | None:
        """The file that a link leads to within the folder; None where it leads elsewhere."""
        found: TreeFile | None = file
        for _ in range(_MOST_LINKS):
            if found is None or not found.is_link:
                return found
            target = self._read(found.blob, MAX_BYTES).decode("utf-8", "surrogateescape")
            found = self._files.get(posixpath.normpath(posixpath.join(posixpath.dirname(found.path), target)))
        return None

    def _content(self, file: TreeFile, most: int | None = None) -> bytes:
        raw = self._read(file.blob, most)
        if raw.startswith(_LFS):
            raise ServkitError(self._pointer(file))
        return raw

    def _pointer(self, file: TreeFile) -> str:
        return (
            f"{file.path} is in Git LFS, so git itself holds only a pointer to it. Take it out of LFS"
            f" (git lfs migrate export), or check out {self.named} into a folder and name that with --book"
        )

    def _read(self, blob: str, most: int | None = None) -> bytes:
        try:
            return self._blobs.read(blob, most)
        except GitError as fault:
            raise ServkitError(str(fault)) from fault

    # --- a folder for those who read files themselves -------------------------------------------------------------

    @property
    def root(self) -> Path:
        """A folder with every file as it was, written when it is first asked for. Raises ServkitError for a pointer in
        the place of something that is read there."""
        self._write([file for path, file in self._files.items() if path not in self._written])
        return self._place

    @property
    def _place(self) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="servkit-")
        return Path(self._folder.name)

    def _write(self, files: Sequence[TreeFile]) -> None:
        for file in files:
            self._written.add(file.path)
            target = self._target(file)
            if target is None:
                continue
            raw = self._read(target.blob)
            if raw.startswith(_LFS) and file.path.startswith(_READ):
                raise ServkitError(self._pointer(file))
            try:
                path = self._place / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(raw)
            except OSError as fault:
                raise TemporaryFilesError(fault) from None

    def customer_source(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """A tracked file as it was; databases, and what git does not track, as they are now. Whoever opens a pointer
        is told so (``refused``); those who need no customer read on."""
        out = dict(spec)
        name = str(spec.get("file", ""))
        tracked = self._files.get(posixpath.normpath(name)) if name else None
        if tracked is not None:
            target = self._target(tracked)
            if target is not None and self._read(target.blob, len(_LFS)).startswith(_LFS):
                out["refused"] = self._pointer(tracked)
            self._write([tracked] if tracked.path not in self._written else [])
            out |= {"file": str(self._place / tracked.path), "shown": spec.get("shown") or name}
        elif name:
            out |= {"file": str(self.home / name), "shown": spec.get("shown") or name}
        database = str(spec.get("database", ""))
        if database.startswith(_SQLITE):
            out["database"] = f"{_SQLITE}{self.home / database.removeprefix(_SQLITE)}"
        return out
