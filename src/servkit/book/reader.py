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
from servkit.book.times_of_day import OVERRIDING, texts_among
from servkit.book.yaml_reader import compose
from servkit.files import is_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    if not is_file(folder / SETTINGS):
        raise BookError(f"no book here: there is no {SETTINGS} in {folder}")
    settings = read_settings_file(folder)
    problems: list[Problem] = []
    raws: dict[str, bytes] = {}
    for path in sorted(names(str(folder))):
        if path != SETTINGS and not ignored(path, settings.ignore):
            raw = read_bytes(str(folder), path, problems)
            if raw is not None:
                raws[path] = raw
    contents = {path: read_documents(path, raw, settings) for path, raw in raws.items()}
    texts = _texts([entry for content in contents.values() for entry in content.entries])
    for path, content in contents.items():
        if any(f"{entry.id}.{name}" in texts for entry in content.entries for name in entry.list("times")):
            contents[path] = read_documents(path, raws[path], settings, texts)
    found = contents.values()
    problems += (problem for content in found for problem in content.problems)
    remarks = [remark for content in found for remark in content.remarks]
    return Book(settings, [entry for content in found for entry in content.entries], problems, remarks, folder)


def _texts(entries: Sequence[Entry]) -> Mapping[str, str]:
    """The terms of a whole book that are no times of day, though they read so where they stand."""
    refs = dict.fromkeys(f"{entry.id}.{name}" for entry in entries for name in entry.list("times"))
    return texts_among(
        refs,
        lambda id_: [entry for entry in entries if entry.owns_terms and entry.id == id_],
        lambda _: [entry for entry in entries if entry.kind in OVERRIDING],
    )


def read_documents(path: str, raw: bytes, settings: Settings, texts: Mapping[str, str] | None = None) -> FileContent:
    """The documents of one file. ``texts`` are terms that are no times of day, because other files say so."""
    content = FileContent([], [], [])
    for source in compose(path, raw, content.problems):
        entry, found = read_entry(source, settings, texts)
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
    if raw is None and not problems:
        raise BookError(f"no book here: there is no {SETTINGS} in {Path(path).parent}")
    if not problems:
        message = "The settings must be one mapping that starts with `servkit: 1`."
        problems.append(Problem("SK110", SETTINGS, 1, 1, message))
    first = problems[0]
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    raise BookError(first.message + more, path=path, line=first.line, column=first.column)
