"""The books that come with servkit hold what their scenarios say, and explain themselves."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from servkit.answer.answer_json import answer_json
from servkit.answer.explanation_json import explanation_json
from servkit.answer.resolver import resolve
from servkit.answer.scenario import case_of, differences
from servkit.book.reader import read_book
from servkit.customers.directory import Directory

if TYPE_CHECKING:
    from servkit.book.library import Book

ROOT = Path(__file__).parents[2]
BOOKS = [
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "standards", *sorted(path.parent for path in (ROOT / "examples").glob("*/servkit.yaml")))
]


@cache
def shipped(name: str) -> Book:
    return read_book(ROOT / name)


@cache
def customers(name: str) -> Directory:
    return Directory(shipped(name), ROOT / name)


def scenarios() -> list[tuple[str, str]]:
    """Those of every book."""
    out = []
    for name in BOOKS:
        for entry in shipped(name).entries:
            if entry.kind == "scenario":
                out.append((name, entry.id))
    return out


@pytest.mark.parametrize("name", BOOKS)
def test_the_book_reads_without_a_problem(name: str) -> None:
    assert shipped(name).problems == []


@pytest.mark.parametrize(("name", "id_"), scenarios())
def test_a_scenario_holds_and_can_be_explained(name: str, id_: str) -> None:
    library = shipped(name)
    (entry,) = library.versions("scenario", id_)
    answer = resolve(library, case_of(entry, library, customers(name).exact))
    assert [difference for difference in differences(entry, answer) if difference.where[1] != "due"] == []
    why = explanation_json(answer)
    assert list(why["terms"]) == list(answer_json(answer)["terms"])
    assert [left["because"] for left in why["left_out"]] == [str(left.because) for left in answer.left_out]
