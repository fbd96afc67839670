"""Where rows go: a Parquet, CSV or JSON Lines file, or a folder of such, which is there whole or not at all."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from servkit.book.problems import ServkitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The endings of files that can be written and compared with.
FORMATS = {".parquet": "parquet", ".csv": "csv", ".jsonl": "jsonl"}

#: Spark puts this into a folder once all of it is written.
_SUCCESS = "_SUCCESS"


def file_format(path: Path) -> str:
    """The format that the ending of a file names. Raises ServkitError."""
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        raise ServkitError("Give the file one of the endings .parquet, .csv and .jsonl.", path=str(path))
    return found


def _target(path: Path) -> Path:
    """Where a path leads: to a file, or to where one can be."""
    try:
        target = path.resolve()
        if target.exists() and not target.is_file() and not (target / _SUCCESS).is_file():
            raise ServkitError("There is something of this name that is not a file.", path=str(path))
        if not target.parent.is_dir():
            raise ServkitError("There is no such folder.", path=str(path.parent))
    except OSError as fault:
        raise ServkitError(f"The file can't be written: {fault.strerror or fault}.", path=str(path)) from None
    except (ValueError, RuntimeError):  # NUL, or a link round and round
        raise ServkitError("No file can have this name.", path=str(path)) from None
    return target


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A path to write a file or a folder to, which becomes the given one once all of it is written. Raises
    ServkitError."""
    target = _target(path)
    temporary = target.with_name(f".{uuid4().hex}{target.suffix}.tmp")
    try:
        yield temporary
        if temporary.is_file():
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            if target.is_file():
                temporary.chmod(target.stat().st_mode & 0o777)
        if target.is_dir() or (temporary.is_dir() and target.exists()):
            before = temporary.with_suffix(".before")
            target.replace(before)
            temporary.replace(target)
            _delete(before)
        else:
            temporary.replace(target)
    except OSError as fault:
        raise ServkitError(f"The file can't be written: {fault.strerror or fault}.", path=str(path)) from None
    finally:
        _delete(temporary)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
