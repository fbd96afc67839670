"""What changed in a book since a git revision, document by document, and who refers to what changed."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from servkit.book.discovery import SETTINGS
from servkit.book.files import MAX_BYTES
from servkit.book.problems import ServkitError
from servkit.book.references import find_references
from servkit.files import read_file
from servkit.git import GitError, commit_of, file_at, files_changed_since
from servkit.lint.raw_documents import raw_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from servkit.book.entries import Entry
    from servkit.book.library import Book
    from servkit.lint.finding import Finding

#: A term in the text of a script.
_TERM = re.compile(r"\bterms\.([a-z0-9-]+)")


class Changed:
    """The findings about what changed. ``spans`` are lines by file; None for a file means all of it."""

    def __init__(self, spans: dict[str, list[tuple[int, int]] | None], everything: bool = False) -> None:
        self.spans, self.everything = spans, everything

    def __contains__(self, finding: Finding) -> bool:
        if self.everything:
            return True
        if finding.path not in self.spans:
            return False
        lines = self.spans[finding.path]
        return lines is None or not finding.line or any(first <= finding.line <= last for first, last in lines)


def changed_since(root: Path, revision: str, book: Book | None) -> Changed:
    """What changed between a revision and the files as they are. Raises ServkitError where git cannot say."""
    try:
        commit = commit_of(root, revision)
        paths = files_changed_since(root, commit)
    except GitError as fault:
        raise ServkitError(str(fault)) from fault
    if SETTINGS in paths or book is None:
        return Changed({}, everything=True)
    by_path: dict[str, list[Entry]] = {}
    for entry in book.entries:
        by_path.setdefault(entry.path, []).append(entry)
    spans: dict[str, list[tuple[int, int]] | None] = {}
    touched: set[tuple[str, str]] = set()
    for path in paths:
        before = file_at(root, commit, path)
        spans[path] = _changed_spans(root, path, before, by_path.get(path, []), touched)
    _add_referring(book, touched, by_path, spans)
    return Changed(spans)


def _changed_spans(
    root: Path, path: str, before: bytes, entries: Sequence[Entry], touched: set[tuple[str, str]]
) -> list[tuple[int, int]] | None:
    """The lines of the documents whose text changed; None where the file is one document. Adds to ``touched`` the kinds
    and ids that these documents have now or had before."""
    try:
        after = read_file(root / path, MAX_BYTES)
    except OSError:
        after = b""
    old, new = _documents(before), _documents(after)
    texts = {text for _, text in old}
    spans = [(first, first + text.count("\n") + 1) for first, text in new if text not in texts]
    for entry in entries:
        if any(first <= entry.line <= last for first, last in spans):
            touched.add((entry.kind, entry.id))
    current = {text for _, text in new}
    for _, text in old:
        if text not in current:
            touched.update(_name_in(text))
    return spans if len(new) > 1 else None


def _documents(raw: bytes) -> list[tuple[int, str]]:
    """The texts of a file's documents and the line on which each begins."""
    return [
        (document.first, document.text.removeprefix("---").strip("\n"))
        for document in raw_documents(raw)
        if document.text.strip(" -\n")
    ]


def _name_in(text: str) -> set[tuple[str, str]]:
    """Kind and id of a document, as far as its text shows them."""
    fields = {}
    for line in text.splitlines():
        for key in ("kind:", "id:"):
            if line.startswith(key):
                fields[key] = line[len(key) :].split("#")[0].strip().strip("'\"")
    return {(fields["kind:"], fields["id:"])} if len(fields) == 2 else set()


def _add_referring(
    book: Book,
    touched: set[tuple[str, str]],
    by_path: dict[str, list[Entry]],
    spans: dict[str, list[tuple[int, int]] | None],
) -> None:
    """Adds the documents that refer to anything in ``touched``."""
    ids = {id_ for _, id_ in touched}
    begins: dict[str, list[int]] = {}
    for entry, kinds, id_ in _references(book):
        hit = any((kind, id_) in touched for kind in kinds)
        if hit or ("term" in kinds and id_.partition(".")[0] in ids):
            lines = spans.setdefault(entry.path, [])
            if lines is not None:
                if entry.path not in begins:
                    begins[entry.path] = sorted(other.line for other in by_path[entry.path])
                starts = begins[entry.path]
                place = bisect_right(starts, entry.line)
                lines.append((entry.line, starts[place] - 1 if place < len(starts) else 1 << 30))


def _references(book: Book) -> Iterator[tuple[Entry, tuple[str, ...], str]]:
    """The references of documents, also those of scripts to terms: who refers, to which kinds, and to which id."""
    for reference in find_references(book.entries, book.settings).all:
        yield reference.entry, reference.kinds, reference.id
    for entry in book.entries:
        say = entry.prose.get("say") if entry.kind == "script" else None
        for text in say.values() if isinstance(say, dict) else [say]:
            for id_ in _TERM.findall(text) if isinstance(text, str) else ():
                yield entry, ("term",), id_
