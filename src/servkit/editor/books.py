"""The books that are open in an editor, found by the files that are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.discovery import SETTINGS
from servkit.editor.open_book import OpenBook
from servkit.files import is_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

_ENDINGS = (".yaml", ".yml")


class Books:
    """Every book of which a file is open. ``today`` gives the day in a time zone; ``cache`` is the folder for compiled
    books, None to compile in memory."""

    def __init__(self, cache: Path | None, today: Callable[[str], date]) -> None:
        self._cache, self._today = cache, today
        self._by_root: dict[Path, OpenBook] = {}

    def __iter__(self) -> Iterator[OpenBook]:
        return iter(list(self._by_root.values()))

    def of(self, file: Path) -> tuple[OpenBook, str] | None:
        """The book that a file belongs to, and its path in it; None where it belongs to none."""
        if file.suffix not in _ENDINGS or not file.is_absolute():
            return None
        for folder in file.parents:
            path = file.relative_to(folder).as_posix()
            if path.startswith(".") or "/." in path:
                return None
            book = self._by_root.get(folder)
            if is_file(folder / SETTINGS) or (book is not None and SETTINGS in book.texts):
                if book is None:
                    book = self._by_root[folder] = OpenBook(folder, self._cache, self._today)
                return book, path
        return None

    def containing(self, folder: Path) -> Iterator[OpenBook]:
        """The open books in a folder, or that the folder is in."""
        for root, book in self._by_root.items():
            if root.is_relative_to(folder) or folder.is_relative_to(root):
                yield book

    def opened(self, folder: Path) -> OpenBook | None:
        """The book whose folder this is, or that is in its folder ``standards``; opened where it was not yet."""
        for root in (folder, folder / "standards"):
            if is_file(root / SETTINGS):
                found = self.of(root / SETTINGS)
                return found[0] if found is not None else None
        return None
