"""Loading a book for the checks: its documents, what the reader says of them, and the comments to the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.book.discovery import SETTINGS
from servkit.book.files import ignored
from servkit.book.problems import BookError, BusyError, Problem
from servkit.book.yaml_reader import compose
from servkit.cache.book_files import FolderFiles
from servkit.cache.compiled_book import CompiledBook
from servkit.files import is_file
from servkit.lint.ignores import Ignore, find_ignores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from servkit.book.library import Book
    from servkit.book.source import Source
    from servkit.cache.book_files import BookFiles


#: Somebody may write the settings while they are read.
_ATTEMPTS = 3


class LoadedBook(NamedTuple):
    """A book as its ``files`` say it. ``book`` is None where ``servkit.yaml`` cannot be used; ``home`` is its folder in
    the work tree, ``root`` the one that was read; ``lossy`` are the files whose texts YAML may read differently;
    ``customers`` is a file in place of the first source of customers."""

    home: Path
    root: Path
    files: BookFiles
    cache: Path | None
    book: Book | None
    settings_source: Source | None
    problems: list[Problem]
    paths: list[str]
    ignores: dict[str, list[Ignore]]
    lossy: list[str]
    customers: Path | None = None

    @property
    def timezone(self) -> str:
        """The book's time zone; UTC where it cannot say."""
        return self.book.settings.timezone if self.book is not None else "UTC"


def load(
    root: Path,
    cache: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    files: BookFiles | None = None,
) -> LoadedBook:
    """Load the book in a folder. Raises BookError where there is none; everything else that is wrong is in it.

    ``cache`` is the folder for the compiled book, None to compile in memory; ``progress`` is called with how many of
    how many files have been looked at. ``files`` are those of another state of the book; keep them open while the
    book is in use.
    """
    for _ in range(_ATTEMPTS):
        loaded = _loaded(root, cache, progress, files or FolderFiles(root))
        if loaded.book is None or loaded.settings_source is not None:
            return loaded
    raise BusyError(f"{SETTINGS} keeps changing while it is read; try again in a moment")


def _loaded(
    root: Path, cache: Path | None, progress: Callable[[int, int], None] | None, files: BookFiles
) -> LoadedBook:
    home, root = files.home, files.root
    if not is_file(root / SETTINGS):
        raise BookError(f"no book here: there is no {SETTINGS} in {root}")
    problems: list[Problem] = []
    raw = files.read(SETTINGS, problems)
    sources = compose(SETTINGS, raw, problems) if raw is not None else []
    source = sources[0] if sources else None
    try:
        with CompiledBook(root, cache, progress, files) as compiled:
            book = compiled.whole()
            paths = sorted(path for path in compiled.paths() if not ignored(path, book.settings.ignore))
            commented = set(compiled.paths_with_comments()).intersection(paths)
            lossy = sorted(set(compiled.paths_with_losses()).intersection(paths))
    except BookError:
        problems += settings_problems(sources, problems)
        return LoadedBook(home, root, files, cache, None, source, problems, [SETTINGS], _ignores(files, [SETTINGS]), [])
    problems = [*book.problems, *book.all_remarks()]
    return LoadedBook(home, root, files, cache, book, source, problems, paths, _ignores(files, commented), lossy)


def settings_problems(sources: list[Source], known: list[Problem]) -> list[Problem]:
    """What is wrong with the settings, beyond what the reader of YAML says."""
    if len(sources) == 1:
        from servkit.book.settings_file import read_settings  # it loads Pydantic, which a compiled book doesn't need

        problems: list[Problem] = []
        read_settings(sources[0], problems)
        return problems
    if known:
        return []
    if sources:
        message = "The settings are one document. Move this second one to a file of its own, or into the first."
        return [sources[1].problem("SK110", message)]
    return [Problem("SK110", SETTINGS, 1, 1, "The settings must be one mapping that starts with `servkit: 1`.")]


def _ignores(files: BookFiles, paths: Iterable[str]) -> dict[str, list[Ignore]]:
    """The comments to the checks in some files."""
    found = {path: files.read(path, []) for path in sorted(paths)}
    return {path: find_ignores(raw) for path, raw in found.items() if raw is not None and b"servkit:" in raw}
