"""Writing the small book of ``servkit init``, all of it or nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.scaffold import TEMPLATES, next_year
from servkit.scaffold.new_document import quoted_scalar
from servkit.scaffold.trades import areas_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from servkit.scaffold.place import Place

#: What may be in the folder already: people often make the repository first.
_HARMLESS = frozenset({".git"})
#: How the names of folders begin where a book is written first. A run that is killed leaves one.
_TEMPORARY = ".servkit-"


def starting_book(today: date) -> dict[str, str]:
    """The text of every file, by its path in the book."""
    root = TEMPLATES / "book"
    texts = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(root.rglob("*.yaml"))}
    filled = {"@today@": today.isoformat(), "@review_by@": next_year(today).isoformat()}
    for mark, day in filled.items():
        texts = {path: text.replace(mark, day) for path, text in texts.items()}
    return texts


def bare_book(today: date, name: str, language: str, place: Place, trade: str | None = None) -> dict[str, str]:
    """A book without documents: its settings alone, with the areas of a trade."""
    text = (TEMPLATES / "bare.yaml").read_text("utf-8")
    text = _placed(text, name, language, place).replace("@today@", today.isoformat())
    return {"servkit.yaml": text + areas_text(trade, language) if trade else text}


def in_place(files: Mapping[str, str], name: str, place: Place) -> dict[str, str]:
    """The starting book for a company somewhere else: its name, currency, time zone and holidays."""
    return {path: _placed(text, name, "en", place) for path, text in files.items()}


def _placed(text: str, name: str, language: str, place: Place) -> str:
    text = text.replace("name: Quay Street Cycles", f"name: {quoted_scalar(name)}", 1)
    text = text.replace("language: en", f"language: {language}", 1)
    text = text.replace("America/New_York", place.timezone).replace("country: US", f"country: {place.country}")
    return text.replace("USD", place.currency)


def write_book(folder: Path, files: Mapping[str, str]) -> None:
    """Write all files into a new or empty folder. Raises ServkitError, and leaves everything as it was, otherwise."""
    try:
        _check_free(folder, files)
        existing = next(parent for parent in (folder, *folder.parents) if parent.is_dir())
        with TemporaryDirectory(prefix=_TEMPORARY, dir=existing) as temporary:
            _write_files(Path(temporary) / folder.relative_to(existing), files)
            _move_all(Path(temporary), existing)
        for left in folder.glob(f"{_TEMPORARY}*"):
            shutil.rmtree(left, ignore_errors=True)
    except OSError as fault:
        raise ServkitError(f"{fault.strerror or fault}; nothing was written", path=str(folder)) from None


def _check_free(folder: Path, files: Mapping[str, str]) -> None:
    if os.path.lexists(folder) and not folder.is_dir():
        raise ServkitError(f"{folder} is a file. Name a new or an empty folder.")
    if folder.is_dir():
        names = sorted({path.name for path in folder.iterdir()} - _HARMLESS)
        there = [name for name in names if not name.startswith(_TEMPORARY)]
        if len(there) < len(names) and _all_ours(folder, files):
            there = []  # an earlier run was killed
        if there:
            more = f" and {len(there) - 1} more" if len(there) > 1 else ""
            raise ServkitError(f"{folder} is not empty (it has {there[0]}{more}). Name a new or an empty folder.")


def _all_ours(folder: Path, files: Mapping[str, str]) -> bool:
    """Whether a folder holds nothing but files that would be written now, as they would be."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        if name.parts[0] in _HARMLESS or name.parts[0].startswith(_TEMPORARY) or path.is_dir():
            continue
        if files.get(name.as_posix()) is None or path.read_bytes() != files[name.as_posix()].encode():
            return False
    return True


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
            if to.is_dir() and path.is_dir():  # left by a run that was killed
                _move_all(path, to)
                continue
            if to.is_file() and to.read_bytes() == path.read_bytes():
                continue
            _check_not_there(to)
            path.rename(to)
            moved.append((path, to))
    except BaseException:
        for path, to in moved:
            to.rename(path)
        raise
