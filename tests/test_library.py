"""The library's face: what the package offers to programs, and nothing else."""

from __future__ import annotations

import doctest
import inspect
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import servkit
from servkit.answer.answer_json import answer_json
from servkit.book.problems import BookError, UnknownNameError, ValueProblem

ROOT = Path(__file__).parent.parent


def test_the_public_names_are_the_documented_ones() -> None:
    functions = {name for name, found in vars(servkit).items() if inspect.isfunction(found)}
    public = {name for name in functions if not name.startswith("_")}
    assert public == set(servkit.__all__)
    assert all(inspect.getdoc(getattr(servkit, name)) for name in public)


def test_the_example_in_the_docstring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = doctest.testmod(servkit)
    assert (found.failed, found.attempted > 0) == (0, True)


def test_a_look_up_is_what_the_command_prints() -> None:
    book = servkit.open_book(ROOT / "examples" / "pest-control")
    answer = servkit.look_up(
        book, "C-1042", about=["returns"], role="technician", on="2026-03-01", facts={"opened": "yes"}
    )
    command = [
        "lookup",
        "C-1042",
        "--about",
        "returns",
        "--role",
        "technician",
        "--on",
        "2026-03-01",
        "--set",
        "opened=yes",
    ]
    program = [sys.executable, "-c", "from servkit.cli import main; main()", *command]
    program += ["--book", str(ROOT / "examples" / "pest-control"), "--format", "json"]
    printed = json.loads(subprocess.run(program, capture_output=True, check=True, text=True).stdout)
    assert {key: printed[key] for key in answer_json(answer)} == json.loads(json.dumps(answer_json(answer)))


def test_customers_come_from_files_too() -> None:
    book = servkit.open_book(ROOT / "examples" / "telco")
    assert servkit.look_up(book, "7590-VHVEG", about=["billing"], on="2026-03-01").terms
    with pytest.raises(UnknownNameError):
        servkit.look_up(book, "nobody")


def test_what_does_not_fit_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"no servkit\.yaml"):
        servkit.open_book(tmp_path)
    book = servkit.open_book(ROOT / "examples" / "pest-control")
    with pytest.raises(UnknownNameError):
        servkit.look_up(book, about=["nothing"])
    with pytest.raises(ValueProblem):
        servkit.look_up(book, facts={"hours_late": "soon"})


def test_lint_and_render() -> None:
    assert servkit.lint_book(ROOT / "standards", on=date(2026, 11, 23)).findings == ()
    (file,) = servkit.render(ROOT / "standards", "card", area="greeting")
    assert file.data.startswith(b"<!doctype html>") or file.data.startswith(b"<!DOCTYPE html>")


def test_nothing_heavy_is_loaded_with_the_package() -> None:
    program = "import servkit, sys; print(sorted(name for name in sys.modules if name.startswith('servkit')))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout
    assert loaded.strip() == "['servkit', 'servkit.version']"


def test_two_books_are_compared(tmp_path: Path) -> None:
    for name, days in (("one", 30), ("two", 45)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "servkit.yaml").write_text("servkit: 1\nname: A book\nroles: [owner]\n")
        terms = f"terms: {{window: {{value: {days} days, better: more}}}}"
        policy = f"kind: policy\nid: returns\nwhy: w\nrule: flexible\n{terms}\n"
        (folder / "returns.yaml").write_text(policy)
    found = servkit.compare(tmp_path / "one", tmp_path / "two", on="2026-03-01")
    value = found.changes[0]
    told = (value.part.id, value.before, value.after, value.direction)
    assert told == ("returns.window", "30 days", "45 days", "kinder")
    assert not servkit.compare(tmp_path / "one", tmp_path / "one").differs
    with pytest.raises(UnknownNameError):
        servkit.compare(tmp_path / "one", tmp_path / "two", about=["visits"])
