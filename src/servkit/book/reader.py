"""A whole book read from its files, every place kept: what the checks and the handouts work on."""

from __future__ import annotations

import gc
from pathlib import Path

from servkit.book.discovery import SETTINGS, walk
from servkit.book.files import ignored, read_bytes, read_documents, read_settings_file
from servkit.book.library import Book
from servkit.book.problems import BookError, Problem


def read_book(root: str | Path) -> Book:
    """Read the book in a folder. Raises BookError where there is none or its ``servkit.yaml`` cannot be used; all
    else that is wrong is in ``problems`` and ``remarks`` of the book."""
    folder = Path(root)
    if not (folder / SETTINGS).is_file():
        raise BookError(f"no book here: there is no {SETTINGS} in {folder}")
    settings = read_settings_file(folder)
    collecting = gc.isenabled()
    gc.disable()  # nothing that is read here is garbage, and looking for it takes a third of the time
    try:
        problems: list[Problem] = []
        entries, remarks = [], []
        for path, *_ in sorted(walk(str(folder))):
            if path == SETTINGS or ignored(path, settings.ignore):
                continue
            raw = read_bytes(str(folder), path, problems)
            if raw is None:
                continue
            content = read_documents(path, raw, settings)
            entries += content.entries
            problems += content.problems
            remarks += content.remarks
        return Book(settings, entries, problems, remarks, folder)
    finally:
        if collecting:
            gc.enable()
