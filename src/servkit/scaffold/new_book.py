"""Writing the small book of ``servkit init``, all of it or nothing."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.scaffold import TEMPLATES, next_year

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

#: What may be in the folder already: people often make the repository first.
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
        with TemporaryDirectory(prefix=".servkit-", dir=existing) as temporary:
            _write_files(Path(temporary) / folder.relative_to(existing), files)
            _move_all(Path(temporary), existing)
    except OSError as fault:
        raise ServkitError(f"{fault.strerror or fault}; nothing was written", path=str(folder)) from None


def _check_free(folder: Path) -> None:
    if os.path.lexists(folder) and not folder.is_dir():
        raise ServkitError(f"{folder} is a file. Name a new or an empty folder.")
    if folder.is_dir():
        there = sorted({path.name for path in folder.iterdir()} - _HARMLESS)
        if there:
            more = f" and {len(there) - 1} more" if len(there) > 1 else ""
            raise ServkitError(f"{folder} is not empty (it has {there[0]}{more}). Name a new or an empty folder.")


def _write_files(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)


def _check_not_there(path: Path) -> None:
    if os.path.lexists(path):
        raise FileExistsError(17, f"somebody else has just made {path.name}")


def _move_all(source: Path, target: Path) -> None:
    """Move everything in one folder into another. Where something cannot be moved, what was moved goes back."""
    moved: list[tuple[Path, Path]] = []
    try:
        for path in sorted(source.iterdir()):
            to = target / path.name
            _check_not_there(to)
            path.rename(to)
            moved.append((path, to))
    except BaseException:
        for path, to in moved:
            to.rename(path)
        raise
