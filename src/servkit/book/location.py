"""Finding the book at hand."""

from __future__ import annotations

from pathlib import Path

from servkit.book.discovery import SETTINGS
from servkit.book.problems import BookError
from servkit.files import is_file


def find_root(given: Path | None, environment: str | None, here: Path) -> Path:
    """The folder of the book at hand (CLI.md, *Everywhere*). Raises BookError where there is none."""
    named = given or (Path(environment) if environment else None)
    if named is not None:
        if is_file(named / SETTINGS):
            return named.resolve()
        raise BookError(f"no book in {named}: it holds no {SETTINGS}")
    for folder in (here, *here.parents):
        if is_file(folder / SETTINGS):
            return folder.resolve()
    if is_file(here / "standards" / SETTINGS):
        return (here / "standards").resolve()
    raise BookError(f"no book: neither {here} nor a folder above it holds {SETTINGS}; name one with --book DIR")
