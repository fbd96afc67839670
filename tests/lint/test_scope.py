"""A rule that says it needs one document, or names alone, finds the same when a file is checked by itself: that is how
an editor can say at once what is wrong with a text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lint.test_examples import RULES, example_files
from servkit.book.library import Book
from servkit.lint.code_filter import CodeFilter
from servkit.lint.engine import lint
from servkit.lint.loader import load

if TYPE_CHECKING:
    from servkit.lint.loader import LoadedBook
    from servkit.lint.report import Report

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 1)
SCOPED = {rule.code for rule in RULES if rule.scope in ("document", "names")}
CODES = CodeFilter(select=tuple(SCOPED))


def _found(report: Report, paths: set[str]) -> set[tuple[object, ...]]:
    return {found.order for found in report.findings if found.code in SCOPED and found.path in paths}


def _differences(root: Path) -> set[tuple[object, ...]]:
    loaded = load(root)
    if loaded.book is None:
        return set()
    paths = {entry.path for entry in loaded.book.entries}
    alone = {
        one
        for path in paths
        for one in _found(lint(_only(loaded, loaded.book, path), TODAY, CODES, within=loaded.book), {path})
    }
    return _found(lint(loaded, TODAY, CODES), paths) ^ alone


def _only(loaded: LoadedBook, book: Book, path: str) -> LoadedBook:
    entries = [entry for entry in book.entries if entry.path == path]
    part = Book(book.settings, entries, [], [], book.root)
    ignores = {path: loaded.ignores[path]} if path in loaded.ignores else {}
    problems = [problem for problem in loaded.problems if problem.path == path]
    lossy = [one for one in loaded.lossy if one == path]
    return loaded._replace(book=part, paths=[path], ignores=ignores, problems=problems, lossy=lossy)


@pytest.mark.parametrize("name", ["standards", "examples/pest-control", "examples/telco", "tests/lint/broken_book"])
def test_the_files_of_a_book_by_themselves(name: str) -> None:
    assert _differences(ROOT / name) == set()


def test_the_examples_of_the_rules_a_document_a_file(tmp_path: Path) -> None:
    for rule in (rule for rule in RULES if rule.code in SCOPED):
        for number, text in enumerate((rule.page.bad, rule.page.good)):
            folder = tmp_path / f"{rule.code}-{number}"
            for path, content in example_files(text)[0].items():
                documents = [content] if path == "servkit.yaml" else content.split("\n---\n")
                for place, document in enumerate(documents):
                    file = folder / str(place) / path if place else folder / path
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(document, "utf-8")
            assert _differences(folder) == set(), rule.code


def test_most_findings_of_one_document_are_said_at_once() -> None:
    assert len(SCOPED) > 30
    assert {rule.scope for rule in RULES} == {"document", "names", "book"}
