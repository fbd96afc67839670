"""Reading a whole book for the checks: its documents, what the reader says of them, and the notes to the checks."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.discovery import SETTINGS, names
from servkit.book.files import ignored, read_bytes
from servkit.book.library import Book
from servkit.book.problems import BookError, Problem
from servkit.lint.broken import Broken
from servkit.lint.ignores import Ignore, find_ignores
from servkit.lint.reading import read_files
from servkit.lint.settled import settle, settled
from servkit.lint.stamps import Stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from servkit.book.settings import Settings
    from servkit.book.source import Source
    from servkit.lint.inquiry import Inquiry, Told


class Gathered(NamedTuple):
    """A book as its files say it. ``book`` is None where ``servkit.yaml`` cannot be used; ``inquiry`` is what was asked
    of its parts, and ``told`` what the rules said; ``stamps`` are those of the files that could be read."""

    root: Path
    book: Book | None
    settings_source: Source | None
    problems: list[Problem]
    paths: list[str]
    ignores: dict[str, list[Ignore]]
    broken: Broken
    stamps: Stamps
    inquiry: Inquiry | None = None
    told: Sequence[Told] = ()


def gather(
    root: Path,
    inquire: Callable[[Settings, Source], Inquiry] | None = None,
    progress: Callable[[int, int], None] | None = None,
    files: Sequence[str] | None = None,
) -> Gathered:
    """Read the book in a folder. Raises BookError where there is none; everything else that is wrong is in it.

    ``inquire`` makes of the book's settings what is to be asked of its parts as they are read; ``files`` are the files
    of the book, where the caller has just looked which they are.
    """
    if not (root / SETTINGS).is_file():
        raise BookError(f"no book here: there is no {SETTINGS} in {root}")
    problems: list[Problem] = []
    notes: dict[str, list[Ignore]] = {}
    stamps = Stamps()
    raw = read_bytes(str(root), SETTINGS, problems, stamps.stamps)
    if raw is not None:
        stamps.note(raw)
    settings, source = _settings(str(root), raw, problems)
    if raw and b"servkit:" in raw:
        notes[SETTINGS] = find_ignores(raw)
    if settings is None or source is None:
        return Gathered(root, None, source, problems, [SETTINGS], notes, Broken(), stamps)
    there = files if files is not None else names(str(root))
    aside = settings.ignore
    paths = sorted(path for path in there if not ignored(path, aside)) if aside else sorted(there)
    collecting = gc.isenabled()
    gc.disable()  # nothing that is read here is garbage, and looking for it takes a third of the time
    try:
        inquiry = inquire(settings, source) if inquire is not None else None
        parts = read_files(str(root), [path for path in paths if path != SETTINGS], settings, inquiry, progress)
        broken = Broken()
        for part in parts:
            problems += part.problems
            notes |= part.ignores
            broken.join(part.broken)
            stamps.join(part.stamps)
        remarks = [remark for part in parts for remark in part.remarks]
        book = Book(settings, [entry for part in parts for entry in part.entries], problems, remarks)
    finally:
        if collecting:
            gc.enable()
    told = [part.told for part in parts] if inquiry is not None else []
    return Gathered(root, book, source, problems + remarks, paths, notes, broken, stamps, inquiry, told)


def _settings(root: str, raw: bytes | None, problems: list[Problem]) -> tuple[Settings | None, Source | None]:
    from servkit.book.yaml_reader import compose

    sources = compose(SETTINGS, raw, problems) if raw is not None else []
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
