"""Answering while the files are still being looked at: never from a book that has changed meanwhile."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from servkit.desk.opening import DeskBook, answered, open_desk_book
from servkit.store import ahead

if TYPE_CHECKING:
    from pathlib import Path

POLICY = "kind: policy\nid: returns\ntitle: Returns\nwhy: Because.\nrule: flexible\nterms: {{window: {}}}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "servkit.yaml").write_text("servkit: 1\nname: Small\n")
    (tmp_path / "a.yaml").write_text(POLICY.format("30 days"))
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr("servkit.store.compiling.RACY_NS", -1)  # what is written here is settled at once
    with open_desk_book(tmp_path) as desk:
        assert window(desk) == "30 days"
    return tmp_path


class Asked:
    """Asks for the window, and counts how often."""

    times = 0

    def __call__(self, desk: DeskBook) -> str:
        self.times += 1
        return window(desk)


def window(desk: DeskBook) -> str:
    (entry,) = desk.shelf.versions("policy", "returns")
    return str(entry.terms["window"].value.value)  # type: ignore[union-attr]


def test_an_unchanged_book_is_asked_once(root: Path) -> None:
    asked = Asked()
    ahead.start(["lookup", "--book", str(root)])
    assert answered(asked, root, None) == "30 days"
    assert asked.times == 1
    assert not ahead.is_looking(str(root))


def test_a_changed_book_is_asked_again(root: Path) -> None:
    asked = Asked()
    (root / "a.yaml").write_text(POLICY.format("31 days"))
    ahead.start(["lookup", "--book", str(root)])
    assert answered(asked, root, None) == "31 days"
    assert asked.times == 2


def test_an_error_from_a_changed_book_is_none(root: Path) -> None:
    (root / "b.yaml").write_text(POLICY.format("5 days").replace("returns", "other"))
    ahead.start(["lookup", "--book", str(root)])

    def make(desk: DeskBook) -> str:
        (entry,) = desk.shelf.versions("policy", "other")
        return entry.id

    assert answered(make, root, None) == "other"
    (root / "b.yaml").unlink()
    with pytest.raises(ValueError, match="not enough"):
        answered(make, root, None)


def test_without_a_head_start_the_book_is_looked_at_first(root: Path) -> None:
    (root / "a.yaml").write_text(POLICY.format("32 days"))
    asked = Asked()
    assert answered(asked, root, None) == "32 days"
    assert asked.times == 1
