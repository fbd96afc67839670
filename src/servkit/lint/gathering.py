"""Reading a whole book for the checks: its documents, what the reader says of them, and the notes to the checks."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servkit.book.files import ignored, read_bytes
from servkit.book.library import Book
from servkit.book.problem import BookError, Problem
from servkit.book.walking import SETTINGS, walk
from servkit.lint.broken import Broken
from servkit.lint.ignores import Ignore, find_ignores
from servkit.lint.reading import read_files
from servkit.lint.settled import settle, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from servkit.book.settings import Settings
    from servkit.book.yamltext import Source


@dataclass
class Gathered:
    """A book as its files say it. ``book`` is None where ``servkit.yaml`` cannot be used."""

    root: Path
    book: Book | None
    settings_source: Source | None
    problems: list[Problem]
    paths: list[str]
    ignores: dict[str, list[Ignore]]
    broken: Broken = field(default_factory=Broken)


def gather(root: Path, progress: Callable[[int, int], None] | None = None) -> Gathered:
    """Read the book in a folder. Raises BookError where there is none; everything else that is wrong is in it."""
    if not (root / SETTINGS).is_file():
        raise BookError(f"no book here: there is no {SETTINGS} in {root}")
    problems: list[Problem] = []
    notes: dict[str, list[Ignore]] = {}
    raw = read_bytes(str(root), SETTINGS, problems)
    settings, source = _settings(str(root), raw, problems)
    if raw and b"servkit:" in raw:
        notes[SETTINGS] = find_ignores(raw)
    if settings is None:
        return Gathered(root, None, source, problems, [SETTINGS], notes)
    paths = sorted(file[0] for file in walk(str(root)) if not ignored(file[0], settings.ignore))
    collecting = gc.isenabled()
    gc.disable()  # nothing that is read here is garbage, and looking for it takes a third of the time
    try:
        read = read_files(str(root), [path for path in paths if path != SETTINGS], settings, progress)
        problems += read.problems
        book = Book(settings, read.entries, problems, read.remarks)
    finally:
        if collecting:
            gc.enable()
    return Gathered(root, book, source, problems + read.remarks, paths, notes | read.ignores, read.broken)


def _settings(root: str, raw: bytes | None, problems: list[Problem]) -> tuple[Settings | None, Source | None]:
    from servkit.book.yamltext import parse

    sources = parse(SETTINGS, raw, problems) if raw is not None else []
    if raw is None or len(sources) != 1:
        if not problems and len(sources) > 1:
            problems.append(sources[1].problem("SK110", "the settings are one mapping; take this second one away"))
        elif not problems:
            message = "one mapping is wanted here, beginning with `servkit: 1`"
            problems.append(Problem("SK110", SETTINGS, 1, 1, message))
        return None, sources[0] if sources else None
    settings = settled(root, raw)
    if settings is None:
        from servkit.book.settings_file import read_settings

        settings = read_settings(sources[0], problems)
        if settings is None or problems:
            return None, sources[0]
        settle(root, raw, settings)
    return settings, sources[0]
