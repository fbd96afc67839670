"""``servkit lint`` as it is called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from servkit.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Servkit

REPO = Path(__file__).parents[2]
OLD = "kind: philosophy\nid: old\ntitle: Old\nwhy: A reason.\nowner: owner\nreview_by: 2026-02-20\n"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("SERVKIT_BOOK", raising=False)
    root = tmp_path / "standards"
    root.mkdir()
    (root / "servkit.yaml").write_text("servkit: 1\nname: Example\n")
    (root / "a.yaml").write_text(OLD)
    monkeypatch.chdir(tmp_path)
    return root


def _lint(*args: str) -> int:
    return run(["lint", "--on", "2026-03-01", *args])


@pytest.mark.parametrize(
    "name", ["standards", "examples/pest-control", "examples/compensation", "examples/telco", "examples/hotel"]
)
def test_our_own_books_are_clean(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint", "--book", str(REPO / name), "--on", "2026-11-22"]) == 0
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.startswith("All checks passed (")


def test_another_customer_file_is_checked_in_place_of_the_first(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = "servkit: 1\nname: Example\nattributes: {plan: {type: choice, of: [single, monthly]}}\n"
    (book / "servkit.yaml").write_text(settings + "customers: {file: gone.csv, name: who}\n")
    (book.parent / "new.csv").write_text("id,who,plan\nC-1,Zoë,monthy\n", encoding="utf-8")
    select = ("--select", "SK5", "--format", "concise")
    assert _lint(*select) == 1
    assert "standards/servkit.yaml:4:19: error SK510" in capsys.readouterr().out
    assert _lint(*select, "--customers", "new.csv") == 1
    out = capsys.readouterr().out
    assert out.startswith("new.csv:2:9: error SK512 Row 2, column `plan`: `monthy` is not one of single, monthly.")
    assert out.count("\n") == 1
    (book / "servkit.yaml").write_text(settings)
    assert _lint(*select, "--customers", "new.csv") == 1
    assert "info SK515 The column `who` is no attribute of this book" in capsys.readouterr().out
    assert _lint("--customers", "nobody.csv") == 2
    assert "nobody.csv: The customer file can't be read: no such file." in capsys.readouterr().err


def test_findings_are_1_and_paths_can_be_opened_from_here(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _lint("--format", "concise", "--select", "SK606") == 1
    out = capsys.readouterr()
    assert out.out.startswith("standards/a.yaml:6:12: warning SK606 ")
    assert out.err == "1 warning in 1 document.\n"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nowhere.yaml"], "matches no file"),
        (["--select", "SK9"], "no rule 'SK9'"),
        (["--format", "xml"], "unknown format 'xml'"),
        (["--on", "soon"], "--on"),
        (["--book", "nowhere"], "no book"),
        (["--baseline", "nowhere.json"], "baseline"),
        (["--changed-since", "HEAD"], "git"),
    ],
)
def test_what_cannot_be_answered_is_2_and_one_line(
    book: Path, capsys: pytest.CaptureFixture[str], args: list[str], words: str
) -> None:
    assert _lint(*args) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.count("\n") == 1
    assert words in out.err


def test_settings_that_cannot_be_used_are_findings(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "servkit.yaml").write_text("servkit: 1\nname: Example\ncolour: blue\n")
    assert _lint("--format", "concise") == 1
    out = capsys.readouterr()
    assert out.out.startswith("standards/servkit.yaml:3:1: error SK108 ")
    assert "not checked" in out.err


def test_the_book_that_a_path_is_in(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert _lint(str(book / "a.yaml"), "--select", "SK606") == 1


def test_nothing_is_written_without_fix(book: Path) -> None:
    (book / "a.yaml").write_text(OLD + "tags:\n  - a\n  - a\n")
    before = {path: path.stat().st_mtime_ns for path in book.rglob("*")}
    _lint()
    assert {path: path.stat().st_mtime_ns for path in book.rglob("*")} == before
    assert _lint("--fix", "--select", "SK211") == 0
    assert (book / "a.yaml").read_text() == OLD + "tags:\n  - a\n"


def test_json_is_a_baseline(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _lint("--format", "json") == 1
    Path("known.json").write_text(capsys.readouterr().out)
    assert _lint("--baseline", "known.json", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["findings"], data["known"] > 0) == ([], True)


def test_the_matrix(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint", "--matrix", "--book", str(REPO / "standards"), "--on", "2026-11-22"]) == 0
    out = capsys.readouterr().out
    assert "greeting" in out
    assert "Every area has what it requires." in out


def test_the_matrix_has_gaps(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "servkit.yaml").write_text("servkit: 1\nname: Example\nchannels: [phone]\nareas: {returns: {}}\n")
    assert _lint("--matrix", "--format", "json") == 1
    data = json.loads(capsys.readouterr().out)
    assert data["lacks"][0] == {"area": "returns", "kind": "standard", "channels": ["phone"]}


def test_as_a_program_at_forty_columns_and_into_a_pipe(book: Path) -> None:
    environment = os.environ | {"COLUMNS": "40", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "servkit", "lint", "--on", "2026-03-01"]
    command[1:3] = ["-c", "from servkit.cli import main; main()"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=book, check=False)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout
    assert all(len(line) <= 40 for line in done.stdout.splitlines())


def test_many_segments_that_set_one_term_are_not_compared_pair_by_pair(
    servkit: Servkit, small_book: Callable[..., Path]
) -> None:
    term = "{value: 0 USD, better: more, limit: 9999 USD}"
    segments = {
        f"s{number}": f"kind: segment\nid: s{number}\ntitle: S\nwhy: w\nwhen: {{n: {{at_least: {number}}}}}\n"
        f"sets: {{p.t: {number + 1} USD}}\n"
        for number in range(160)
    }
    policy = f"kind: policy\nid: p\ntitle: P\nrule: flexible\nwhy: w\nterms: {{t: {term}}}\n"
    book = small_book("servkit: 1\nname: X\nattributes: {n: {type: number}}\n", p=policy, **segments)
    notes = servkit("lint", "--select", "SK412,SK419", book=book).err.splitlines()
    assert "too many combinations to settle whether this segment decides anything" in notes[0]
    assert notes[10] == "servkit: … and 310 more of these"


def test_an_attribute_that_customers_are_found_by_is_used(servkit: Servkit, small_book: Callable[..., Path]) -> None:
    settings = "servkit: 1\nname: X\nattributes:\n  phone: {type: text, find: yes}\n  shoe: {type: number}\n"
    ran = servkit("lint", "--select", "SK209", "--format", "concise", book=small_book(settings))
    assert ran.out == "servkit.yaml:5:3: warning SK209 Nothing uses the attribute `shoe`. Use it, or delete it.\n"
