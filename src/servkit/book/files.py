"""Reading the files of a book."""

from __future__ import annotations

import os
import stat
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from servkit.book.problems import Problem
from servkit.files import READING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.discovery import FileStamp

#: A larger file is a finding (BOOK.md 1).
MAX_BYTES = 1 << 20


def ignored(path: str, patterns: Sequence[str]) -> bool:
    """Whether ``ignore:`` names the file, or a folder that it is in."""
    if not patterns:
        return False
    parts = path.split("/")
    above = ["/".join(parts[:place]) for place in range(1, len(parts) + 1)]
    return any(fnmatchcase(name, pattern.rstrip("/")) for pattern in patterns for name in above)


def read_bytes(root: str, path: str, problems: list[Problem], stamps: list[FileStamp] | None = None) -> bytes | None:
    """The bytes of a file of the book; None with a problem where there are none, and without one where the file has
    gone since it was listed.

    To ``stamps`` is added what the file system said of the file just before it was read.
    """
    if not path.isprintable():
        name = path.encode("utf-8", "replace").decode()
        problems.append(Problem("SK101", name, 0, 0, "The file's name has characters that aren't text. Rename it."))
        return None
    full = os.path.join(root, path)  # noqa: PTH118 - thousands of times a check
    try:
        file = os.open(full, READING)
        try:
            status = os.fstat(file)
            if stat.S_ISREG(status.st_mode):
                raw = _read(file, status.st_size)
                if len(raw) <= MAX_BYTES:
                    if stamps is not None:
                        stamps.append((path, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
                    return raw
                size = os.fstat(file).st_size
                what = too_large(size)
            else:
                what = _no_file(status.st_mode)
        finally:
            os.close(file)
    except (OSError, ValueError) as fault:
        if isinstance(fault, FileNotFoundError) and not os.path.lexists(full):
            return None
        what = _refused(full, fault)
    problems.append(Problem("SK101", path, 0, 0, what))
    return None


def too_large(size: int) -> str:
    """What is wrong with a file of so many bytes."""
    return f"The file has {size:,} bytes, and {MAX_BYTES:,} is the limit. Split it into several files."


def _read(file: int, size: int) -> bytes:
    """What an open file of about ``size`` bytes holds, a little more than allowed at most."""
    raw = os.read(file, min(size, MAX_BYTES) + 1)
    if len(raw) == size:
        return raw
    while len(raw) <= MAX_BYTES and (more := os.read(file, MAX_BYTES + 1 - len(raw))):
        raw += more  # it has grown, or came in parts
    return raw


def _no_file(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "This folder can't be read, or it is named like a file. Check its permissions and its name."
    return "This isn't a regular file. Replace it with one, or list it under `ignore` in servkit.yaml."


def _refused(full: str, fault: OSError | ValueError) -> str:
    """Why a file could not be opened or read; a folder or a socket cannot be told from it before."""
    try:
        mode = os.stat(full).st_mode  # noqa: PTH116 - as above
    except (OSError, ValueError):
        mode = stat.S_IFREG
    if not stat.S_ISREG(mode):
        return _no_file(mode)
    return f"cannot be read: {getattr(fault, 'strerror', None) or fault}"
