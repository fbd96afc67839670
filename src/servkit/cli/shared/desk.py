"""The book at hand as a desk uses it: compiled, with its customers and the desk's settings."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from servkit.book.location import find_root
from servkit.cache.compiled_book import CompiledBook
from servkit.cache.folder import cache_folder
from servkit.cli.shared.desk_settings import DeskSettings, read_desk_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.book.settings import Settings
    from servkit.customers.directory import Directory


class DeskBook:
    """A compiled book, its customers, and the settings of this desk; use it in a ``with``."""

    def __init__(self, shelf: CompiledBook, desk: DeskSettings, customers: Path | None = None) -> None:
        self.shelf, self.desk = shelf, desk
        self._customers = customers or (Path(desk.customers) if desk.customers else None)

    @cached_property
    def directory(self) -> Directory:
        """All customers; loaded when one is looked for."""
        from servkit.customers.directory import Directory

        return Directory(self.shelf, self.shelf.root, self._customers, cache_folder(os.environ))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.shelf.connection.close()
        if "directory" in self.__dict__:
            self.directory.close()

    @property
    def settings(self) -> Settings:
        return self.shelf.settings

    def ids(self, kinds: Sequence[str] = ()) -> list[str]:
        return self.shelf.ids(kinds)

    def shortcodes(self) -> Iterable[str]:
        return self.shelf.shortcodes()

    def customer_ids(self, start: str) -> list[str]:
        return self.directory.starting(start)


def book_folder(book: Path | None, desk: DeskSettings | None = None) -> Path:
    """The folder of the book at hand; that of the desk, where its settings are given. Raises BookError without one."""
    return find_root(book, os.environ.get("SERVKIT_BOOK") or (desk.book if desk else None), Path.cwd())


def open_desk_book(book: Path | None = None, customers: Path | None = None, *, quiet: bool = False) -> DeskBook:
    """Open the book at hand. Raises BookError where there is none."""
    desk = read_desk_settings(quiet=quiet)
    return DeskBook(CompiledBook(book_folder(book, desk), cache_folder(os.environ)), desk, customers)
