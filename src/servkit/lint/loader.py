"""Loading a book for the checks: its documents, what the reader says of them, and the comments to the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.book.discovery import SETTINGS, names
from servkit.book.files import ignored, read_bytes
from servkit.book.library import Book
from servkit.book.problems import BookError, Problem
from servkit.book.reader import read_documents
from servkit.book.settings_file import read_settings
from servkit.book.yaml_reader import compose
from servkit.lint.ignores import Ignore, find_ignores

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.source import Source


class LoadedBook(NamedTuple):
    """A book as its files say it. ``book`` is None where ``servkit.yaml`` cannot be used."""

    root: Path
    book: Book | None
    settings_source: Source | None
    problems: list[Problem]
    paths: list[str]
    ignores: dict[str, list[Ignore]]

    @property
    def timezone(self) -> str:
        """The book's time zone; UTC where it cannot say."""
        return self.book.settings.timezone if self.book is not None else "UTC"


def load(root: Path, progress: Callable[[int, int], None] | None = None) -> LoadedBook:
    """Load the book in a folder. Raises BookError where there is none; everything else that is wrong is in it.

    ``progress`` is called with how many of how many files are read.
    """
    if not (root / SETTINGS).is_file():
        raise BookError(f"no book here: there is no {SETTINGS} in {root}")
    problems: list[Problem] = []
    ignores: dict[str, list[Ignore]] = {}
    raw = read_bytes(str(root), SETTINGS, problems)
    settings, source = _settings(raw, problems)
    if raw is not None:
        _add_ignores(ignores, SETTINGS, raw)
    if settings is None or source is None:
        return LoadedBook(root, None, source, problems, [SETTINGS], ignores)
    paths = sorted(path for path in names(str(root)) if not ignored(path, settings.ignore))
    entries: list[Entry] = []
    remarks: list[Problem] = []
    for number, path in enumerate(paths):
        if progress is not None:
            progress(number, len(paths))
        raw = read_bytes(str(root), path, problems) if path != SETTINGS else None
        if raw is not None:
            content = read_documents(path, raw, settings)
            entries += content.entries
            problems += content.problems
            remarks += content.remarks
            _add_ignores(ignores, path, raw)
    book = Book(settings, entries, problems, remarks, root)
    return LoadedBook(root, book, source, problems + remarks, paths, ignores)


def _add_ignores(ignores: dict[str, list[Ignore]], path: str, raw: bytes) -> None:
    if b"servkit:" in raw:
        ignores[path] = find_ignores(raw)


def _settings(raw: bytes | None, problems: list[Problem]) -> tuple[Settings | None, Source | None]:
    sources = compose(SETTINGS, raw, problems) if raw is not None else []
    if raw is None or len(sources) != 1:
        if not problems and len(sources) > 1:
            problems.append(sources[1].problem("SK110", "the settings are one mapping; take this second one away"))
        elif not problems:
            message = "one mapping is wanted here, beginning with `servkit: 1`"
            problems.append(Problem("SK110", SETTINGS, 1, 1, message))
        return None, sources[0] if sources else None
    settings = read_settings(sources[0], problems)
    return (None if problems else settings), sources[0]
