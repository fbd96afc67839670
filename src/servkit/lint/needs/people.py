"""The customers that the book knows: their documents, and the files that ``servkit.yaml`` names."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from servkit.book.library import Book


class People:
    """Who is on file. The files are only opened when somebody is looked for in them."""

    def __init__(self, book: Book, root: Path) -> None:
        self.book, self.root = book, root

    def knows(self, id_: str) -> bool:
        """Whether anybody has this id; yes where the files cannot be asked, which is told elsewhere."""
        if self.book.versions("customer", id_):
            return True
        return any(file.exact(id_) is not None for file in self.files)

    def close(self) -> None:
        """Let go of the files."""
        for file in self.__dict__.get("files", ()):
            file.close()

    @cached_property
    def files(self) -> Sequence[Any]:
        """The files of customers."""
        if not self.book.settings.sources:
            return ()
        from servkit.customers.directory import Directory

        return Directory(self.book, self.root).files


def people(book: Book, root: Path) -> People:
    """The customers on file."""
    return People(book, root)
