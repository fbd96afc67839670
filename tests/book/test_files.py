"""The files of a book, and reading all of them (BOOK.md 1)."""

from __future__ import annotations

import contextlib
import os
import socket
from typing import TYPE_CHECKING

import pytest

from servkit.book.discovery import names, walk
from servkit.book.files import ignored, read_bytes
from servkit.book.problems import BookError, Problem
from servkit.book.reader import read_book, read_settings_file

from .authoring import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCRIPT = "kind: script\nid: %s\nsay: Hello\n"


def book(root: Path, files: dict[str, str], settings: str = SETTINGS) -> Path:
    for name, text in {"servkit.yaml": settings, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def paths(root: Path) -> list[str]:
    return sorted(path for path, *_ in walk(str(root)))


def test_folders_carry_no_meaning_and_hidden_ones_are_passed_over(tmp_path: Path) -> None:
    book(tmp_path, dict.fromkeys(["a.yaml", "x/b.yml", "x/y/c.yaml", ".git/d.yaml", "x/.e.yaml", "notes.md"], ""))
    assert paths(tmp_path) == ["a.yaml", "servkit.yaml", "x/b.yml", "x/y/c.yaml"]


def test_a_folder_with_a_book_of_its_own_is_passed_over(tmp_path: Path) -> None:
    book(tmp_path, {"a.yaml": "", "other/servkit.yaml": "", "other/b.yaml": ""})
    assert paths(tmp_path) == ["a.yaml", "servkit.yaml"]


def test_links_make_no_loops(tmp_path: Path) -> None:
    book(tmp_path, {"x/a.yaml": SCRIPT % "a"})
    (tmp_path / "x" / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "x" / "a.yaml")
    assert paths(tmp_path) == ["b.yaml", "gone.yaml", "servkit.yaml", "x/a.yaml"]
    made = read_book(tmp_path)
    assert [entry.path for entry in made.entries] == ["b.yaml", "x/a.yaml"]
    assert made.problems == [Problem("SK101", "gone.yaml", 0, 0, "cannot be read: No such file or directory")]


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book(tmp_path, {"a.yaml": SCRIPT % "a", "locked/b.yaml": SCRIPT % "b"})
    scandir = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    made = read_book(tmp_path)
    assert [entry.id for entry in made.entries] == ["a"]
    assert [(problem.code, problem.path) for problem in made.problems] == [("SK101", "locked")]


@pytest.mark.parametrize(
    ("path", "patterns", "left_out"),
    [
        ("drafts/a.yaml", ["drafts"], True),
        ("drafts/x/a.yaml", ["drafts/"], True),
        ("x/drafts/a.yaml", ["drafts"], False),
        ("x/a.draft.yaml", ["*.draft.yaml"], True),
        ("a.yaml", [], False),
        ("a.yaml", ["b*", "a.yam?"], True),
    ],
)
def test_what_is_ignored(path: str, patterns: list[str], left_out: bool) -> None:
    assert ignored(path, patterns) is left_out


def test_files_that_are_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    with socket.socket(socket.AF_UNIX) as end, contextlib.chdir(tmp_path):
        end.bind("socket.yaml")
    (tmp_path / "big.yaml").write_bytes(b"#" * ((1 << 20) + 1))
    problems: list[Problem] = []
    (tmp_path / "nowhere.yaml").symlink_to("nothing")
    for name in ("pipe.yaml", "socket.yaml", "folder.yaml", "big.yaml", "nowhere.yaml", "a\0b.yaml", "gone.yaml"):
        assert read_bytes(str(tmp_path), name, problems) is None
    assert [problem.message.partition(";")[0] for problem in problems] == [
        "This isn't a regular file. Replace it with one, or list it under `ignore` in servkit.yaml.",
        "This isn't a regular file. Replace it with one, or list it under `ignore` in servkit.yaml.",
        "This folder can't be read, or it is named like a file. Check its permissions and its name.",
        "The file has 1,048,577 bytes, and 1,048,576 is the limit. Split it into several files.",
        "cannot be read: No such file or directory",
        "The file's name has characters that aren't text. Rename it.",
    ]
    assert {problem.code for problem in problems} == {"SK101"}


def test_a_folder_that_may_not_be_opened_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "file.yaml").write_text("a: b")

    def refusing(path: str, flags: int) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refusing)
    problems: list[Problem] = []
    for name in ("folder.yaml", "file.yaml"):
        assert read_bytes(str(tmp_path), name, problems) is None
    assert [problem.message for problem in problems] == [
        "This folder can't be read, or it is named like a file. Check its permissions and its name.",
        "cannot be read: Permission denied",
    ]


@pytest.mark.parametrize("size", [0, 1, 1000, 1 << 20])
@pytest.mark.parametrize("piece", [7, 4096, 1 << 21])
def test_a_file_that_comes_in_pieces_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, piece: int
) -> None:
    raw = os.urandom(min(size, 50 * piece))
    (tmp_path / "a.yaml").write_bytes(raw)
    read = os.read
    monkeypatch.setattr(os, "read", lambda file, most: read(file, min(most, piece)))
    assert read_bytes(str(tmp_path), "a.yaml", []) == raw
    told = os.fstat
    monkeypatch.setattr(os, "fstat", lambda file: os.stat_result((*told(file)[:6], 0, *told(file)[7:])))
    assert (
        read_bytes(str(tmp_path), "a.yaml", []) == raw
    )  # as of a file that has grown, or that says nothing of its size


def test_a_book_is_read_whole_and_what_is_wrong_is_told_in_order(tmp_path: Path) -> None:
    root = book(
        tmp_path,
        {
            "b.yaml": SCRIPT % "two" + "---\n" + SCRIPT % "one",
            "a.yaml": "kind: script\nid: x\n",
            "c.yaml": "kind: standard\nid: s\ntarget: often\n",
            "drafts/d.yaml": "kind: [",
        },
        SETTINGS + "ignore: drafts\n",
    )
    made = read_book(root)
    assert [(entry.name, entry.line) for entry in made.entries] == [
        ("script:one", 5),
        ("script:two", 1),
        ("standard:s", 1),
    ]
    assert [problem.where for problem in made.problems] == ["a.yaml:1:1"]
    assert [problem.where for problem in made.remarks("c.yaml")] == ["c.yaml:3:9"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "servkit.yaml:1:1: The settings must be one mapping that starts with `servkit: 1`."),
        ("servkit: 1\nname: a\n---\nname: b\n", "servkit.yaml:1:1: The settings must be one mapping"),
        ("- a", "servkit.yaml:1:1: This should be a mapping of keys to values, not a list."),
        (
            "servkit: 1\nname: a\nroles: [b, b]\nchannels: [c, c]",
            "servkit.yaml:3:12: `b` appears twice. Keep one of them. (and 1 more)",
        ),
        ("servkit: [", "servkit.yaml:1:10: This `[` isn't closed."),
    ],
)
def test_settings_that_cannot_be_used_are_one_line(tmp_path: Path, text: str, told: str) -> None:
    book(tmp_path, {}, text)
    with pytest.raises(BookError) as raised:
        read_settings_file(tmp_path)
    assert str(raised.value).removeprefix(str(tmp_path) + "/").startswith(told)


def test_no_book_is_told(tmp_path: Path) -> None:
    with pytest.raises(BookError) as raised:
        read_book(tmp_path)
    assert str(raised.value) == f"no book here: there is no servkit.yaml in {tmp_path}"


def test_what_is_gone_before_it_is_looked_at_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor saves, or git checks something out, while the folder is listed."""
    for name in ("stays.yaml", "goes.yaml"):
        (tmp_path / name).write_text("a: b")
    (tmp_path / "folder").mkdir()
    scandir = os.scandir

    @contextlib.contextmanager
    def late(path: str) -> Iterator[list[os.DirEntry[str]]]:
        with scandir(path) as entries:
            listed = list(entries)
        (tmp_path / "goes.yaml").unlink(missing_ok=True)
        if (tmp_path / "folder").exists():
            (tmp_path / "folder").rmdir()
        yield listed

    monkeypatch.setattr(os, "scandir", late)
    assert [path for path, *_ in walk(str(tmp_path))] == ["stays.yaml"]
    assert names(str(tmp_path)) == ["stays.yaml"]
