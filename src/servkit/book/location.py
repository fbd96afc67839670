"""Finding the book at hand."""

from __future__ import annotations

from pathlib import Path

from servkit.book.discovery import SETTINGS
from servkit.book.problems import BookError


def find_root(given: Path | None, environment: str | None, here: Path) -> Path:
    """The folder of the book at hand (CLI.md, *Everywhere*). Raises BookError where there is none."""
    named = given or (Path(environment) if environment else None)
    if named is not None:
        if (named / SETTINGS).is_file():
            return named.resolve()
        raise BookError(f"no book in {named}: it holds no {SETTINGS}")
    for folder in (here, *here.parents):
        if (folder / SETTINGS).is_file():
            return folder.resolve()
    if (here / "standards" / SETTINGS).is_file():
        return (here / "standards").resolve()
    raise BookError(f"no book: neither {here} nor a folder above it holds {SETTINGS}; name one with --book DIR")
