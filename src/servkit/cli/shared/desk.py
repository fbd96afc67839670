"""A desk: the compiled book, its customers, and the settings of whoever sits there."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from servkit.book.location import find_root
from servkit.book.problems import ServkitError
from servkit.cache.book_files import FolderFiles
from servkit.cache.compiled_book import CompiledBook
from servkit.cache.folder import cache_folder
from servkit.cli.shared.desk_settings import DeskSettings, read_desk_settings
from servkit.cli.shared.output import print_note
from servkit.customers.directory import Directory
from servkit.languages.catalogue import Catalogue, catalogue
from servkit.text import clean

if TYPE_CHECKING:
    from servkit.book.settings import Settings
    from servkit.cache.book_files import BookFiles


class Desk:
    """A compiled book, its customers, and the ``defaults`` of this desk for what a command leaves out.

    Use it in a ``with``: it closes the book and the customers."""

    def __init__(self, book: CompiledBook, defaults: DeskSettings, customers: Path | None = None) -> None:
        self.book, self.defaults = book, defaults
        self._customers = customers or (Path(defaults.customers) if defaults.customers else None)

    @cached_property
    def directory(self) -> Directory:
        """All customers; loaded when one is looked for."""
        files, cache = self.book.files, cache_folder(os.environ)
        return Directory(self.book, files.home, self._customers, None if files.slot else cache, os.environ)

    def words(self, language: str | None = None) -> Catalogue:
        """servkit's own words in the language of ``--lang``, else in that of this desk, else in the book's.

        What is wrong with the company's words is reported on stderr, and stops nothing."""
        chosen = language or self.defaults.language or self.settings.language
        try:
            return catalogue(chosen, self.book.root)
        except ServkitError as fault:
            print_note(f"servkit: {clean(str(fault))}")
            return catalogue(chosen)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.book.close()
        self.book.files.close()
        if "directory" in self.__dict__:
            self.directory.close()

    @property
    def settings(self) -> Settings:
        return self.book.settings


def book_folder(book: Path | None, defaults: DeskSettings | None = None) -> Path:
    """The folder of the book at hand; that of the desk, where its settings are given. Raises BookError without one."""
    return find_root(book, os.environ.get("SERVKIT_BOOK") or (defaults.book if defaults else None), Path.cwd())


def open_desk(
    book: Path | None = None, customers: Path | None = None, at: str | None = None, *, quiet: bool = False
) -> Desk:
    """Open the book at hand, or as it stood ``at`` a git revision. Raises ServkitError where there is none."""
    defaults = read_desk_settings(quiet=quiet)
    files = book_files(book_folder(book, defaults), at)
    try:
        return Desk(CompiledBook(files.home, cache_folder(os.environ), files=files), defaults, customers)
    except BaseException:
        files.close()
        raise


def book_files(root: Path, at: str | None) -> BookFiles:
    """The files of the book in a folder, or as they were ``at`` a git revision. Raises ServkitError where there is no
    such revision."""
    if at is None:
        return FolderFiles(root)
    from servkit.history.revision import Revision  # only those who look back need it

    return Revision(root, at)
