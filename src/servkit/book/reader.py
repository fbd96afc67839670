"""Reading a book from its files: a document, the settings, or all of it. What the checks and the handouts work on.

This loads Pydantic and libyaml, so the desk, which answers from the compiled book, imports it only after an edit.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.discovery import SETTINGS, names
from servkit.book.document_parser import read_entry
from servkit.book.files import ignored, read_bytes
from servkit.book.library import Book
from servkit.book.problems import BookError, Problem
from servkit.book.settings_file import read_settings
from servkit.book.yaml_reader import compose

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings


class FileContent(NamedTuple):
    """What one file holds: entries, problems of documents that are left out, and remarks on those that are not."""

    entries: list[Entry]
    problems: list[Problem]
    remarks: list[Problem]


def read_book(root: str | Path) -> Book:
    """Read the book in a folder. Raises BookError where there is none or its ``servkit.yaml`` cannot be used; all
    else that is wrong is in ``problems`` and ``remarks`` of the book."""
    folder = Path(root)
    if not (folder / SETTINGS).is_file():
        raise BookError(f"no book here: there is no {SETTINGS} in {folder}")
    settings = read_settings_file(folder)
    problems: list[Problem] = []
    entries, remarks = [], []
    for path in sorted(names(str(folder))):
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


def read_documents(path: str, raw: bytes, settings: Settings) -> FileContent:
    """The documents of one file."""
    content = FileContent([], [], [])
    for source in compose(path, raw, content.problems):
        entry, found = read_entry(source, settings)
        if entry is None:
            content.problems.extend(found)
        else:
            content.entries.append(entry)
            content.remarks.extend(found)
    return content


def read_settings_file(root: Path) -> Settings:
    """The settings of the book in a folder. Raises BookError with the first thing that is wrong with them."""
    problems: list[Problem] = []
    return make_settings(read_bytes(str(root), SETTINGS, problems), problems, str(root / SETTINGS))


def make_settings(raw: bytes | None, problems: list[Problem], path: str) -> Settings:
    """The settings that a ``servkit.yaml`` holds; ``problems`` are those of reading it, ``path`` is for messages.

    Raises BookError with the first thing that is wrong with them."""
    sources = compose(SETTINGS, raw, problems) if raw is not None else []
    settings = read_settings(sources[0], problems) if len(sources) == 1 else None
    if settings is not None and not problems:
        return settings
    if not problems:
        message = "The settings must be one mapping that starts with `servkit: 1`."
        problems.append(Problem("SK110", SETTINGS, 1, 1, message))
    first = problems[0]
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    raise BookError(first.message + more, path=path, line=first.line, column=first.column)
