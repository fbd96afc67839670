"""Writing the small book of ``servkit init``, whole or not at all."""

from __future__ import annotations

import os
import shutil
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.scaffold import TEMPLATES, next_year

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

#: What may be in the folder already: a repository is often made before its first file.
_HARMLESS = frozenset({".git"})


def starting_book(today: date) -> dict[str, str]:
    """The text of every file, by its path in the book."""
    root = TEMPLATES / "book"
    texts = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(root.rglob("*.yaml"))}
    filled = {"@today@": today.isoformat(), "@review_by@": next_year(today).isoformat()}
    for mark, day in filled.items():
        texts = {path: text.replace(mark, day) for path, text in texts.items()}
    return texts


def write_book(folder: Path, files: Mapping[str, str]) -> None:
    """Write all files into a new or empty folder. Raises ServkitError, and leaves everything as it was, otherwise."""
    try:
        _check_free(folder)
        existing = next(parent for parent in (folder, *folder.parents) if parent.is_dir())
        made = mkdtemp(prefix=".servkit-", dir=existing)
    except OSError as fault:
        raise ServkitError(f"{fault.strerror or fault}; nothing was written", path=str(folder)) from None
    try:
        inside = folder.relative_to(existing)
        _write_files(os.path.join(made, inside), files)  # noqa: PTH118
        _move_all(made, str(existing))
    except OSError as fault:
        raise ServkitError(f"{fault.strerror or fault}; nothing was written", path=str(folder)) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _check_free(folder: Path) -> None:
    if os.path.lexists(folder) and not folder.is_dir():
        raise ServkitError(f"{folder} is a file; name a folder that is new or empty")
    if folder.is_dir():
        there = sorted(set(os.listdir(folder)) - _HARMLESS)  # noqa: PTH208
        if there:
            more = f" and {len(there) - 1} more" if len(there) > 1 else ""
            raise ServkitError(f"{folder} is not empty (it holds {there[0]}{more}); name a folder that is new or empty")


def _write_files(root: str, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        full = os.path.join(root, path)  # noqa: PTH118
        os.makedirs(os.path.dirname(full), exist_ok=True)  # noqa: PTH103, PTH120
        with open(full, "x", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
            file.write(text)


def _check_still_free(path: str) -> None:
    if os.path.lexists(path):
        raise FileExistsError(17, f"{os.path.basename(path)} has appeared there meanwhile")  # noqa: PTH119


def _move_all(source: str, target: str) -> None:
    """Move what is in one folder into another; where one cannot be moved, those before it are taken back."""
    moved: list[str] = []
    try:
        for name in sorted(os.listdir(source)):  # noqa: PTH208
            to = os.path.join(target, name)  # noqa: PTH118
            _check_still_free(to)
            os.rename(os.path.join(source, name), to)  # noqa: PTH104, PTH118
            moved.append(name)
    except BaseException:
        for name in moved:
            os.rename(os.path.join(target, name), os.path.join(source, name))  # noqa: PTH104, PTH118
        raise
