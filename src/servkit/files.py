"""Reading files that somebody names, and writing files.

Nothing that is read here blocks or never ends: a pipe, a device or a folder is refused. Nothing that is written here is
ever seen half, and no device is replaced by a file. Whatever goes wrong is an OSError.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
from io import BufferedReader, FileIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

#: A pipe is opened without waiting for somebody to write to it, no terminal becomes ours, and bytes stay as they are.
READING = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY"))
_WRITING = os.O_WRONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY"))
#: The descriptors that a process has open, by the names that the system gives them.
_OPEN = re.compile(r"/(?:dev/fd|proc/self/fd)/([0-9]{1,4})\Z|/dev/(stdout|stderr)\Z")


class _Raw(FileIO):
    def readinto(self, buffer: Any) -> int:
        read = super().readinto(buffer)
        if read is None:  # the kernel's log, say, or a network folder that is away
            raise BlockingIOError(errno.EAGAIN, "it has nothing to read at the moment")
        return read


def user_folder(environ: Mapping[str, str], mac: str, xdg: str, default: str) -> Path:
    """servkit's folder where the platform keeps a user's files of one sort: ``mac`` in the Library, and by the XDG
    specification what the variable ``xdg`` names, else ``default``."""
    if sys.platform == "win32":
        base = Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / mac
    else:
        base = Path(environ.get(xdg, ""))
        if not base.is_absolute():  # the specification: a relative path is invalid, and ignored
            base = Path.home() / default
    return base / "servkit"


def open_file(path: str | Path) -> BufferedReader:
    """A regular file, opened to read its bytes. Raises OSError for anything else."""
    try:
        descriptor = os.open(path, READING)
    except ValueError:  # NUL, or half a surrogate pair
        raise OSError(errno.EINVAL, "no file can have this name") from None
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return BufferedReader(_Raw(descriptor, "rb"), 1 << 16)
    os.close(descriptor)
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    kind = next((name for is_kind, name in kinds if is_kind(mode)), "a device")
    raise OSError(errno.EINVAL, f"it is {kind}, not a file")


def read_file(path: str | Path, most: int) -> bytes:
    """The bytes of a regular file of ``most`` bytes at most. Raises OSError."""
    with open_file(path) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"larger than {most:,} bytes")
    return data


def is_file(path: Path) -> bool:
    """Whether there is a regular file, whatever the name is made of."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises for long names


def is_folder(path: Path) -> bool:
    """Whether there is a folder, whatever the name is made of."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises for long names


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole, or leave it as it was. Links are followed and permissions kept.

    A pipe, a terminal or ``/dev/null`` is written into. Raises OSError.
    """
    try:
        stream = _stream(path)
        if stream is None:
            target = path.resolve()
            if target.is_symlink():  # newer Pythons do not raise for a link round and round
                raise OSError(errno.ELOOP, "no file can have this name")
            _replace(target, data)
            return
    except (ValueError, RuntimeError):  # NUL, or a link round and round
        raise OSError(errno.EINVAL, "no file can have this name") from None
    with open(stream, "wb") as file:  # noqa: PTH123 - a descriptor
        file.write(data)


def _stream(path: Path) -> int | None:
    """A descriptor to write to, where a path leads to no file but to something that takes bytes."""
    if found := _OPEN.match(str(path.absolute())):
        return os.dup(int(found[1]) if found[1] else {"stdout": 1, "stderr": 2}[found[2]])
    try:
        mode = path.stat().st_mode
    except OSError:
        return None
    if not stat.S_ISFIFO(mode) and not stat.S_ISCHR(mode):
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise OSError(errno.EINVAL, "there is a device or a socket of this name")
        return None
    try:
        stream = os.open(path, _WRITING)
    except OSError as fault:
        reason = "nobody reads from this pipe" if fault.errno == errno.ENXIO else fault.strerror
        raise OSError(fault.errno, reason) from None
    os.set_blocking(stream, True)
    return stream


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Replace several files, or none: all are written beside their places before the first one is replaced, and those
    that were replaced are put back where another can't be. Links are followed. Raises OSError."""
    written: list[tuple[Path, Path]] = []
    replaced: list[tuple[Path, bytes]] = []
    try:
        for path, data in contents.items():
            target = path.resolve(strict=True)
            written.append((_write_beside(target, data), target))
        for temporary, target in written:
            replaced.append((target, target.read_bytes()))
            temporary.replace(target)
    except BaseException:  # also where somebody presses Ctrl+C
        for target, before in replaced:
            _replace(target, before)
        raise
    finally:
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)


def _replace(path: Path, data: bytes) -> None:
    temporary = _write_beside(path, data)
    try:
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _write_beside(path: Path, data: bytes) -> Path:
    """A hidden file beside another one, with its permissions."""
    temporary = path.with_name(f".{uuid4().hex}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
