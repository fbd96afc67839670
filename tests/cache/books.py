"""Small books for the tests of the store, and everything that a library says, as bytes."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import answer_json
from servkit.answer.case import Case
from servkit.answer.resolver import resolve
from servkit.book.reader import read_book
from servkit.cache.compiled_book import CompiledBook
from servkit.cache.folder import cache_folder

if TYPE_CHECKING:
    from pathlib import Path

    from servkit.book.entries import Entry
    from servkit.book.library import Book, Library

SETTINGS = """\
servkit: 1
name: Small
currency: USD
timezone: America/New_York
areas: {returns: {title: Returns}, visits: {title: Visits}}
attributes: {plan: {type: choice, of: [single, monthly]}}
"""
POLICY = """\
kind: policy
id: returns
title: Returns
rule: flexible
area: returns
why: It pays.
terms: {window: {value: %s, better: more, limit: 90 days}}
"""


def write(root: Path, files: dict[str, str], settings: str = SETTINGS) -> Path:
    for name, text in {"servkit.yaml": settings, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def policy(value: str = "30 days", id_: str = "returns") -> str:
    return (POLICY % value).replace("id: returns", f"id: {id_}")


def compiled_book(root: Path) -> CompiledBook:
    """The compiled book in the cache folder that the environment names."""
    return CompiledBook(root, cache_folder(os.environ))


def windows(root: Path) -> dict[str, str]:
    """What the desk would say of every term of the book."""
    with compiled_book(root) as compiled:
        return {ref: term["value"] for ref, term in answer(compiled)["terms"].items()}


def answer(library: Library, about: tuple[str, ...] = ()) -> dict[str, Any]:
    return answer_json(resolve(library, Case(on=date(2026, 3, 2), about=about)))


def told(entries: Any) -> list[Any]:
    """Documents as plain data, in the order of id, path and line that a library promises."""
    found: list[Entry] = sorted(entries, key=lambda entry: (entry.id, entry.path, entry.line))
    return [[entry.path, entry.kind, entry.id, entry.line, entry.logic, entry.prose] for entry in found]


def everything(library: Library, book: Book) -> bytes:
    """All that a library answers, for every question that can be asked of this book."""
    paths = {entry.path for entry in book.entries} | {problem.path for problem in book.problems}
    ids = sorted({(entry.kind, entry.id) for entry in book.entries})
    out = {
        "settings": library.settings.data,
        "problems": library.problems,
        "remarks": {path: library.remarks(path) for path in sorted(paths)},
        "segments": told(library.segments()),
        "everything": told(library.everything()),
        "areas": {area or "": told(library.applicable(area)) for area in (None, *book.settings.areas)},
        "versions": [told(library.versions(kind, id_)) for kind, id_ in ids],
        "carriers": [told(library.carrying_out(id_)) for _, id_ in ids],
        "answers": [answer(library, about) for about in ((), *((area,) for area in book.settings.areas))],
    }
    return json.dumps(out, ensure_ascii=False).encode("utf-8", "surrogatepass")


def same_as_read(root: Path) -> bool:
    """Whether the compiled book says exactly what the files say."""
    book = read_book(root)
    with compiled_book(root) as compiled:
        return everything(compiled, book) == everything(book, book)
