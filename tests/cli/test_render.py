"""``servkit render`` as a person types it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from servkit.cli import render, run

ROOT = Path(__file__).parents[2]
BOOK = str(ROOT / "examples" / "pest-control")


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("SERVKIT_BOOK", raising=False)


def test_it_writes_beside_you_and_says_where(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["render", "card", "--area", "returns", "--on", "2026-03-01", "--book", BOOK]) == 0
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.startswith("card.html (")
    page = (tmp_path / "card.html").read_text("utf-8")
    assert "Returns" in page
    assert "March 1, 2026" in page


def test_the_ending_says_the_format(tmp_path: Path) -> None:
    assert run(["render", "checklist", "--to", "out/list.md", "--book", BOOK]) == 0
    assert (tmp_path / "out" / "list.md").read_text("utf-8").startswith("# Checklist")
    assert run(["render", "quiz", "--to", "q.csv", "--questions", "3", "--book", BOOK]) == 0
    assert len((tmp_path / "q-key.csv").read_text("utf-8-sig").splitlines()) == 4


def test_all_goes_into_a_folder(tmp_path: Path) -> None:
    assert run(["render", "all", "--to", "print/", "--format", "md", "--book", BOOK]) == 0
    names = sorted(path.name for path in (tmp_path / "print").iterdir())
    assert names == ["card.md", "checklist.md", "handbook.md", "quiz-key.md", "quiz.md", "roleplay.md"]


def test_into_a_pipe() -> None:
    command = [
        sys.executable,
        "-m",
        "servkit",
        "render",
        "card",
        "--area",
        "returns",
        "--to",
        "-",
        "--format",
        "pdf",
        "--book",
        BOOK,
    ]
    if not (ROOT / "src" / "servkit" / "__main__.py").is_file():
        command[1:3] = ["-c", "from servkit.cli import main; main()"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"%PDF")
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["handbok"], "no handout 'handbok'; did you mean handbook?"),
        (["card", "--area", "retruns"], "no area 'retruns'; did you mean returns?"),
        (["card", "--role", "tech"], "no role 'tech'; did you mean technician?"),
        (["card", "--format", "pfd"], "unknown format 'pfd'"),
        (["card", "--paper", "a5"], "unknown paper 'a5'"),
        (["roleplay", "--per-page", "5"], "--per-page is 4 or 8"),
        (["card", "--on", "soon"], "--on: `soon` should be a day such as 2026-03-01, today or tomorrow"),
        (["all", "--to", "-"], "`all` makes several files"),
        (["card", "--format", "gift"], "has no questions for the format gift"),
        (["card", "--lang", "fr"], "no language 'fr'"),
    ],
)
def test_what_cannot_be_is_one_line(capsys: pytest.CaptureFixture[str], args: list[str], told: str) -> None:
    assert run(["render", *args, "--book", BOOK]) == 2
    err = capsys.readouterr().err
    assert told in err
    assert len(err.splitlines()) == 1


def test_nothing_is_told_and_not_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "servkit.yaml").write_text("servkit: 1\nname: Bare\nareas: {a: {}}\n")
    assert run(["render", "handbook", "--area", "a", "--book", str(bare)]) == 1
    assert "nothing for Area: A" in capsys.readouterr().err
    assert not (tmp_path / "handbook.html").exists()


def test_a_broken_document_is_told_and_left_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text("servkit: 1\nname: Half\nareas: {a: {}}\n")
    (tmp_path / "good.yaml").write_text("kind: standard\nid: good\ntitle: Good\nwhy: x\narea: a\n")
    (tmp_path / "bad.yaml").write_text("kind: standard\nid: bad\nnonsense: x\n")
    assert run(["render", "handbook"]) == 0
    assert "what cannot be read is left out" in capsys.readouterr().err
    assert "Good" in (tmp_path / "handbook.html").read_text("utf-8")


def test_it_watches(tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text("servkit: 1\nname: Before\nareas: {a: {}}\n")
    (tmp_path / "one.yaml").write_text("kind: standard\nid: one\ntitle: First\nwhy: x\narea: a\n")
    process = subprocess.Popen(
        [sys.executable, "-c", "from servkit.cli import main; main()", "render", "card", "--watch", "--book", str(tmp_path)],  # noqa: E501
        stderr=subprocess.PIPE, cwd=tmp_path, env=os.environ | {"PYTHONUNBUFFERED": "1"}, text=True,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        assert "card.html" in process.stderr.readline()
        assert "watching" in process.stderr.readline()
        time.sleep(0.6)
        (tmp_path / "one.yaml").write_text("kind: standard\nid: one\ntitle: Second\nwhy: x\narea: a\ndo: [Changed.]\n")
        assert "card.html" in process.stderr.readline()
        assert "Changed." in (tmp_path / "card.html").read_text("utf-8")
    finally:
        process.terminate()
        process.communicate(timeout=10)


def test_the_same_book_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        assert run(["render", "card", "--area", "returns", "--on", "2026-03-01", "--to", name, "--book", BOOK]) == 0
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_pipe_or_a_device_is_written_into_and_never_replaced(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "null").symlink_to("/dev/null")
    assert run(["render", "card", "--to", "pipe.html", "--book", BOOK]) == 2
    assert "nobody reads from this pipe" in capsys.readouterr().err
    assert (tmp_path / "pipe.html").is_fifo()
    assert run(["render", "card", "--to", "null", "--book", BOOK]) == 0
    assert (tmp_path / "null").is_char_device()


def test_a_path_shows_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", "card", "--to", "\x1b[31m.html", "--book", BOOK]) == 0
    assert capsys.readouterr().err.startswith("␛[31m.html (")


@pytest.mark.parametrize("name", ["x" * 5000 + ".html", "a\0b.html", "there/new/card.html"])
def test_a_name_that_no_file_can_have_is_one_line(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "there").write_text("a file")
    assert run(["render", "card", "--to", name, "--book", BOOK]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_watched_file_that_vanishes_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text("servkit: 1\nname: Before\n")
    (tmp_path / "handouts").mkdir()
    (tmp_path / "handouts" / "gone.css").symlink_to("nowhere")
    (tmp_path / "handouts" / "handouts.toml").write_text("")
    assert {path for path, *_ in render._state(tmp_path)} == {
        "servkit.yaml",
        str(tmp_path / "handouts" / "handouts.toml"),
    }
