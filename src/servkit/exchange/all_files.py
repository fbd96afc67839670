"""Writing several files, all of them or none."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.files import read_file, write_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LARGEST = 1 << 30


def write_all(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, in their order. Where one can't be written, all are as they were. Raises
    ServkitError."""
    before: list[tuple[Path, bytes | None]] = []
    folders: list[Path] = []
    name = ""
    try:
        for name, data in files.items():
            path = root / name
            _make_folder(path.parent, folders)
            before.append((path, read_file(path, _LARGEST) if os.path.lexists(path) else None))
            write_file(path, data)
    except BaseException as fault:
        for path, old in reversed(before):
            with suppress(OSError):
                if old is None:
                    path.unlink(missing_ok=True)
                else:
                    write_file(path, old)
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()
        if isinstance(fault, OSError):
            raise ServkitError(f"{fault.strerror or fault}; nothing was written", path=name) from None
        raise


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.is_dir() and not os.path.lexists(folder):
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir()
        made.append(one)
