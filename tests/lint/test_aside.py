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
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of nine files, some of them broken or with notes, which counts as a large one."""
    for module, name in ((reading, "_MANY"), (asking, "MANY"), (reading, "_PART"), (reading, "_LEAST")):
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
    assert lint(book, today=TODAY) == expected


def test_what_is_yielded_arrives() -> None:
    assert list(aside.Aside(lambda: [("one", 1), b"x" * 3_000_000]).arrived(wait=True)) == [
        ("one", 1),
        b"x" * 3_000_000,
    ]


def test_what_has_arrived_is_there_before_the_rest() -> None:
    reader, writer = os.pipe()

    def work() -> Iterator[object]:
        yield "first"
        os.read(reader, 1)
        yield "second"

    second, found = aside.Aside(work), list[object]()
    while not found:
        found += second.arrived()
    os.write(writer, b"x")
    assert (found, list(second.arrived(wait=True))) == (["first"], ["second"])


def _fails() -> Iterator[object]:
    yield "one"
    raise ValueError("no")


def _is_killed() -> Iterator[object]:
    yield "one"
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("work", [_fails, _is_killed])
def test_what_came_before_the_fault_is_there(work: Callable[[], Iterator[object]]) -> None:
    assert list(aside.Aside(work).arrived(wait=True)) == ["one"]


def test_a_second_process_that_fails_costs_time_only(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _alone(monkeypatch, alone=True)
    expected = lint(book, today=TODAY)
    _alone(monkeypatch, alone=False)
    monkeypatch.setattr(reading, "_pack", lambda *_: 1 / 0)
    monkeypatch.setattr(asking, "_rows", lambda *_: iter([1 / 0]))
    assert lint(book, today=TODAY) == expected


def test_no_process_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_fork() -> int:
        raise OSError("no more processes")

    monkeypatch.setattr(os, "fork", no_fork)
    assert list(aside.Aside(lambda: ["one"]).arrived(wait=True)) == []


@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 999, 10_000, 50_000, 1_000_000, 100_000_000])
def test_every_file_is_in_one_part(count: int) -> None:
    ends = reading._ends(count)
    assert ends == sorted(set(ends))
    assert (ends or [0])[-1] == count
    assert len(ends) < 256
