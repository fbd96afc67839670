"""Files: where they go, and that they are whole; Markdown as a wiki reads it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.handout import formats, sheets
from servkit.handout.renderer import File, file_paths, render, write_files

from . import books

QUIZ = [File("quiz.pdf", b""), File("quiz-key.pdf", b"")]


@pytest.mark.parametrize(
    ("to", "found"),
    [
        (None, ["quiz.pdf", "quiz-key.pdf"]),
        ("a/test.pdf", ["a/test.pdf", "a/test-key.pdf"]),
        ("a/b", ["a/b/quiz.pdf", "a/b/quiz-key.pdf"]),
    ],
)
def test_paths_of_two_files(to: str | None, found: list[str]) -> None:
    assert [str(path) for path in file_paths(QUIZ, to)] == found


def test_paths_in_a_folder(tmp_path: Path) -> None:
    assert file_paths(QUIZ[:1], str(tmp_path)) == [tmp_path / "quiz.pdf"]
    assert file_paths(QUIZ[:1], "not-there-yet/") == [Path("not-there-yet/quiz.pdf")]
    assert file_paths(QUIZ[:1], "x") == [Path("x")]


def test_files_are_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "a.html"
    old.write_bytes(b"old")
    (tmp_path / "b").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ServkitError, match="cannot be written"):
        write_files([(old, b"new"), (tmp_path / "file" / "c.html", b"x")])
    assert old.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b", "file"]
    write_files([(old, b"new"), (tmp_path / "deep" / "er" / "c.html", b"x")])
    assert old.read_bytes() == b"new"
    assert (tmp_path / "deep" / "er" / "c.html").read_bytes() == b"x"


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_bytes(b"old")
    (tmp_path / "link.html").symlink_to(tmp_path / "real.html")
    write_files([(tmp_path / "link.html", b"new")])
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_bytes() == b"new"


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"old")
    (tmp_path / "a.html").chmod(0o640)
    write_files([(tmp_path / "a.html", b"new")])
    assert (tmp_path / "a.html").stat().st_mode & 0o777 == 0o640


def test_sheets_and_formats_are_found_by_being_there() -> None:
    assert {"all", "card", "checklist", "handbook", "quiz", "quiz-key", "roleplay"} <= set(sheets.names())
    assert {"anki", "csv", "docx", "gift", "html", "md", "pdf"} <= set(formats.names())
    for name in formats.names():
        assert formats.by_suffix(formats.module(name).SUFFIX) == name
    assert formats.by_suffix(".xyz") is None
    with pytest.raises(UnknownNameError):
        sheets.handouts("x", books.material(books.PEST))
    with pytest.raises(UnknownNameError):
        formats.write("x", sheets.handouts("card", books.material(books.PEST))[0], books.material(books.PEST).theme)


def test_progress_goes_up_to_the_end() -> None:
    told: list[float] = []
    render("all", books.material(books.PEST), "html", lambda done, of: told.append(done / of))
    assert told == sorted(told)
    assert told[-1] == 1


def test_markdown_is_what_a_wiki_takes(tmp_path: Path) -> None:
    root = books.small(tmp_path, *books.ALL)
    words = render("handbook", books.material(root), "md")[0].data.decode()
    assert words.startswith("# Handbook\n\n**Small & Sons**")
    assert "| What | Everybody gets | Clerk | Chief | Limit |" in words
    assert "> **Why**\n>\n> Waiting people leave." in words
    assert "We answer **at once**." in words
    assert "- [ ] Smile." in words
    assert "Hello \\[first name\\], you have 2 visits. I am \\[your name\\]." in words
    assert words.rstrip().endswith("Small & Sons · Revision abc1234 · November 22, 2026")
    there = set(re.findall(r'<a id="([^"]+)">', words))
    assert set(re.findall(r"\]\(#([^)]+)\)", words)) <= there
