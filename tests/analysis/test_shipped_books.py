"""The books that come with servkit: every scenario holds, and the proofs find nothing."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from servkit import lint_book
from servkit.analysis.coverage import coverage
from servkit.analysis.proofs import Proofs
from servkit.analysis.scenario_runs import ScenarioRun, pick, run
from servkit.analysis.suggestions import suggest
from servkit.book.reader import read_book
from servkit.clocks.service import ServiceClock
from servkit.customers.directory import Directory

if TYPE_CHECKING:
    from servkit.book.library import Book

HOME = Path(__file__).parents[2]
BOOKS = [HOME / "standards", *sorted(path.parent for path in (HOME / "examples").glob("*/servkit.yaml"))]


def run_all(book: Book, root: Path) -> list[ScenarioRun]:
    """The runs of all scenarios of a book."""
    with Directory(book, root) as directory:
        return list(run(book, pick(book, ()), directory.exact, ServiceClock(book.settings)))


@pytest.mark.parametrize("root", BOOKS, ids=lambda path: path.name)
def test_every_scenario_holds_and_everything_else_could_be_exercised(root: Path) -> None:
    book = read_book(root)
    runs = run_all(book, root)
    assert [(one.entry.id, one.error, one.misses) for one in runs if one.state != "holds"] == []
    covered = suggest(book, coverage(book, runs))
    assert [item.name for item in covered.missing if item.key not in covered.suggestions] == []


@pytest.mark.parametrize("root", BOOKS, ids=lambda path: path.name)
def test_what_is_suggested_holds_when_it_is_saved(root: Path, tmp_path: Path) -> None:
    book = read_book(root)
    runs = run_all(book, root)
    covered = suggest(book, coverage(book, runs))
    suggested = dict.fromkeys(found.scenario for found in covered.suggestions.values())
    shutil.copytree(root, tmp_path / "book")
    (tmp_path / "book" / "suggested.yaml").write_text("---\n".join(suggested), "utf-8")
    more = read_book(tmp_path / "book")
    again = run_all(more, tmp_path / "book")
    assert len(again) == len(pick(book, ())) + len(suggested)
    assert [(one.entry.id, one.error, one.misses) for one in again if one.state != "holds"] == []
    assert [item.name for item in coverage(more, again).missing] == []
    assert lint_book(tmp_path / "book", on=date(2026, 11, 22)).findings == ()


@pytest.mark.parametrize("root", BOOKS, ids=lambda path: path.name)
@pytest.mark.parametrize("since", [None, date(2026, 1, 1).toordinal()])
def test_the_proofs_find_nothing_and_leave_nothing_open(root: Path, since: int | None) -> None:
    proofs = Proofs(read_book(root), since)
    assert [fault.message for fault in proofs.all.faults] == []
    assert [str(one) for one in proofs.all.unproved] == []
    assert [variable.name for variable, _ in proofs.unused[0]] == []
