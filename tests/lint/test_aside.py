"""Work shared with a second process comes to the same as without one, whatever happens to it."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from servkit.lint import aside, asking, reading
from servkit.lint.engine import lint

from .books import SETTINGS, TODAY, philosophy, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of nine files, some of them broken or with notes, which counts as a large one."""
    for module, name in ((reading, "_MANY"), (asking, "MANY"), (reading, "_BATCH")):
        monkeypatch.setattr(module, name, 2)
    files = {f"p{number}.yaml": philosophy(f"value-{number}", "2026-02-20") for number in range(7)}
    files["p5.yaml"] += "tags: [a]\n# servkit: ignore[SK602] old\n"
    files |= {"q.yaml": "kind: policy\nid: [\n", "r.yaml": "kind: policy\nid: some-policy\nno: 1\n"}
    files["s.yaml"] = "kind: segment\nid: idle\ntitle: Idle\nwhen: {known: x}\n"
    return write(tmp_path / "book", files | {"servkit.yaml": SETTINGS})


def _alone(monkeypatch: pytest.MonkeyPatch, *, alone: bool) -> None:
    for module in (reading, asking):
        monkeypatch.setattr(module, "worth_it", lambda: not alone)


def test_both_ways_find_the_same(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _alone(monkeypatch, alone=True)
    expected = lint(book, today=TODAY)
    assert {finding.path for finding in expected.findings} >= {"q.yaml", "r.yaml"}
    _alone(monkeypatch, alone=False)
    monkeypatch.setattr("servkit.lint.engine.MANY", 2)
    assert lint(book, today=TODAY) == expected


def test_what_is_yielded_arrives() -> None:
    assert aside.Aside(lambda: [b"one", b"x" * 3_000_000]).result() == b"one" + b"x" * 3_000_000


def _fails() -> Iterator[bytes]:
    yield b"one"
    raise ValueError("no")


def _is_killed() -> Iterator[bytes]:
    yield b"one"
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("work", [_fails, _is_killed])
def test_half_of_it_is_nothing(work: object) -> None:
    assert aside.Aside(work).result() is None  # type: ignore[arg-type]


def test_a_second_process_that_fails_costs_time_only(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _alone(monkeypatch, alone=True)
    expected = lint(book, today=TODAY)
    _alone(monkeypatch, alone=False)
    monkeypatch.setattr("servkit.lint.engine.MANY", 2)
    monkeypatch.setattr(reading, "_packed", lambda *_: _fails())
    monkeypatch.setattr("servkit.lint.asking.pickle.dumps", lambda *_: 1 / 0)
    assert lint(book, today=TODAY) == expected


def test_no_process_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_fork() -> int:
        raise OSError("no more processes")

    monkeypatch.setattr(os, "fork", no_fork)
    assert aside.Aside(lambda: [b"one"]).result() is None
