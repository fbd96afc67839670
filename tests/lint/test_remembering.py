"""What is remembered of a run: as long as nothing has changed, and not a moment longer."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from servkit.lint import engine, gathering, remembering, stamps
from servkit.lint.remembering import Said
from servkit.lint.request import Request, answer, memory_of

from .books import SETTINGS, TODAY, philosophy, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """The books that were read."""
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "cache"))
    read: list[Path] = []
    gather = gathering.gather

    def counting(root: Path, *more: object) -> object:
        read.append(root)
        return gather(root, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "gather", counting)
    return read


def _book(tmp_path: Path) -> Path:
    text = philosophy("old", "2026-02-20") + "tags: [a]\n# servkit: ignore[SK602] old\n"
    people = "id,name\nC-1,Dorothy Bell\n"
    return write(
        tmp_path / "book",
        {"a.yaml": text, "servkit.yaml": SETTINGS + "customers: [people.csv]\n", "people.csv": people},
    )


def test_nothing_changed(counted: list[Path], tmp_path: Path) -> None:
    request = Request(_book(tmp_path), today=TODAY)
    first = answer(request)
    assert first.findings
    assert answer(request) == first
    assert len(counted) == 1


@pytest.mark.parametrize("path", ["a.yaml", "servkit.yaml", "people.csv", "new.yaml"])
def test_any_byte_changed(counted: list[Path], tmp_path: Path, path: str) -> None:
    root = _book(tmp_path)
    request = Request(root, today=TODAY)
    answer(request)
    with (root / path).open("ab") as file:
        file.write(b"\n")
    answer(request)
    assert len(counted) == 2


def test_another_day_or_question(counted: list[Path], tmp_path: Path) -> None:
    root = _book(tmp_path)
    for request in (
        Request(root, today=TODAY),
        Request(root, today=date(2026, 1, 1)),
        Request(root, today=TODAY, select=("SK6",)),
        Request(root, today=TODAY, ignore=("SK6",)),
        Request(root),
    ):
        answer(request)
    assert len(counted) == 5


def test_a_spoilt_memory_is_no_memory(counted: list[Path], tmp_path: Path) -> None:
    request = Request(_book(tmp_path), today=TODAY)
    first = answer(request)
    for file in (tmp_path / "cache" / "lint").iterdir():
        file.write_bytes(file.read_bytes()[:-9])
    assert answer(request) == first
    assert len(counted) == 2


def test_a_cache_that_cannot_be_written_is_none(
    counted: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "file"))
    assert answer(Request(_book(tmp_path), today=TODAY)).findings


def test_what_changed_long_ago_is_told_by_its_stamp(
    counted: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _book(tmp_path)
    monkeypatch.setattr(stamps, "RACY_NS", -10_000_000_000)  # everything is old, as it is after a while
    request = Request(root, today=TODAY)
    first = answer(request)
    monkeypatch.setattr(stamps, "_content", None)  # and so nothing is read
    assert answer(request) == first
    (root / "a.yaml").touch()
    answer(request)
    assert len(counted) == 2


def test_a_change_that_no_stamp_shows(counted: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was written while it was looked at: size, inode and times may all stay."""
    root = _book(tmp_path)
    request = Request(root, today=TODAY)
    answer(request)
    looked_at = [("a.yaml", 1, 1, 1, time.time_ns())]
    monkeypatch.setattr(remembering, "walk", lambda _: looked_at)
    answer(request)
    text = (root / "a.yaml").read_text()
    (root / "a.yaml").write_text(text.replace("[a]", "[b]"))
    answer(request)
    assert len(counted) == 3
    monkeypatch.setattr(stamps, "RACY_NS", -10_000_000_000)
    answer(request)  # unchanged since, and settled
    monkeypatch.setattr(stamps, "_content", None)
    answer(request)
    assert len(counted) == 3


def test_what_was_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "cache"))
    root = _book(tmp_path)
    request = Request(root, today=TODAY)
    memory = memory_of(request)
    assert memory.said(["text", 80]) is None
    answer(request._replace(memory=memory))
    said = Said("found\n", "1 error\n", 1)
    memory.keep_said(["text", 80], said)
    assert memory_of(request).said(["text", 80]) == said
    assert memory_of(request).said(["text", 100]) is None
    (root / "a.yaml").write_text("kind: policy\n")
    assert memory_of(request).said(["text", 80]) is None
