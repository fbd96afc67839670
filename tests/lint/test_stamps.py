"""What files were when they were read is what they are when they are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.discovery import names, walk
from servkit.book.files import read_bytes
from servkit.lint import request
from servkit.lint.request import Request, answer, memory_of
from servkit.lint.stamps import Stamps, State

from .books import SETTINGS, TODAY, philosophy, write

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def _book(tmp_path: Path) -> Path:
    files = {f"sub/p{number}.yaml": philosophy(f"value-{number}", "2026-02-20") for number in range(3)}
    settings = SETTINGS + "ignore: [drafts]\n"
    return write(tmp_path / "book", files | {"servkit.yaml": settings, "e.yaml": "", "drafts/d.yaml": "kind: ["})


def _read(root: Path) -> Stamps:
    stamps = Stamps()
    for path in names(str(root)):
        raw = read_bytes(str(root), path, [], stamps.stamps)
        assert raw is not None
        stamps.note(raw)
    return stamps


def test_reading_tells_the_same_as_looking(tmp_path: Path) -> None:
    root = _book(tmp_path)
    assert names(str(root)) == [path for path, *_ in walk(str(root))]
    read, looked = _read(root), State(str(root), walk(str(root)))
    assert State(str(root), read.stamps, read.fresh).kept() == looked.kept()
    assert looked.same(State(str(root), read.stamps, read.fresh).kept())
    assert set(read.fresh) == set(names(str(root)))  # all of them changed only just now
    (root / "e.yaml").write_text("# more\n")
    assert not State(str(root), walk(str(root))).same(State(str(root), read.stamps, read.fresh).kept())


def test_the_first_run_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "cache"))
    asked = Request(_book(tmp_path), today=TODAY)
    first = answer(asked)
    assert memory_of(asked).recall() == first
    assert answer(asked) == first


def test_what_changes_while_it_is_read_is_not_taken_for_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is changed after it was read, and before the run is remembered."""
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "cache"))
    root = _book(tmp_path)
    asked = Request(root, today=TODAY)
    memory = memory_of(asked)
    keep = memory.keep

    def late(*args: object, **more: object) -> None:
        (root / "sub" / "p1.yaml").write_text(philosophy("value-1", "2027-02-20"))
        keep(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(memory, "keep", late)
    before = request.answer(asked._replace(memory=memory))
    memory.keep_said((), ("", "", 0))  # type: ignore[arg-type]
    assert memory_of(asked).recall() is None
    assert len(answer(asked).findings) == len(before.findings) - 1


def test_a_file_that_cannot_be_read_is_not_remembered_as_it_was_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "cache"))
    root = _book(tmp_path)
    (root / "gone.yaml").symlink_to(root / "nowhere")
    asked = Request(root, today=TODAY)
    assert any(finding.path == "gone.yaml" for finding in answer(asked).findings)
    (root / "nowhere").write_text(philosophy("x"))
    assert not any(finding.path == "gone.yaml" and finding.code == "SK101" for finding in answer(asked).findings)
