"""Never stale: whatever happens to the files, the next question gets the new answer."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from servkit.book.discovery import walk
from servkit.book.files import read_bytes
from servkit.book.problems import BookError, BusyError
from servkit.book.reader import read_documents
from servkit.cache import book_files, stored_database
from servkit.cache import compiler as compiling
from servkit.cache import database as compiled
from servkit.customers.directory import Directory

from .books import SETTINGS, compiled_book, policy, same_as_read, windows, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from servkit.book.problems import Problem
    from servkit.book.reader import FileContent
    from servkit.book.settings import Settings

W = "returns.window"


def _let_it_settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the files had been written long ago."""
    monkeypatch.setattr(book_files, "RACY_NS", -1)
    monkeypatch.setattr(stored_database, "RACY_NS", -1)


@pytest.fixture(params=["settled", "just made"])
def root(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book that has been compiled: long after its files were written, or within the same tick of the clock."""
    if request.param == "settled":
        _let_it_settle(monkeypatch)
    folder = write(tmp_path / "book", {"a.yaml": policy(), "x/b.yaml": policy("5 days", "other")})
    assert windows(folder) == {W: "30 days", "other.window": "5 days"}
    _let_the_clock_tick(folder)
    return folder


def _let_the_clock_tick(folder: Path) -> None:
    """Wait until the times of a file that changes now differ from those of the book's files."""
    last, probe = max(changed for *_, changed in walk(str(folder))), folder.parent / "probe"
    while True:
        probe.write_text("")
        if probe.stat().st_ctime_ns > last:
            return


def _in_place(root: Path) -> None:
    path = root / "a.yaml"
    before = path.stat()
    with path.open("r+") as file:
        file.write(policy("31 days"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns, path.stat().st_ino) == (
        before.st_size,
        before.st_mtime_ns,
        before.st_ino,
    )


def _by_rename(root: Path) -> None:
    before = (root / "a.yaml").stat()
    (root / "a.new").write_text(policy("31 days"))
    os.utime(root / "a.new", ns=(before.st_atime_ns, before.st_mtime_ns))
    (root / "a.new").replace(root / "a.yaml")


def _renamed(root: Path) -> None:
    (root / "a.yaml").rename(root / "c.yaml")
    (root / "c.yaml").write_text(policy("31 days"))


def _swapped(root: Path) -> None:
    (root / "a.yaml").rename(root / "t")
    (root / "x" / "b.yaml").rename(root / "a.yaml")
    (root / "t").rename(root / "x" / "b.yaml")
    (root / "x" / "b.yaml").write_text(policy("31 days"))


def _unlinked_and_made_again(root: Path) -> None:
    (root / "a.yaml").unlink()
    (root / "a.yaml").write_text(policy("31 days"))


@pytest.mark.parametrize("change", [_in_place, _by_rename, _renamed, _swapped, _unlinked_and_made_again])
def test_a_document_that_changed(root: Path, change: Callable[[Path], None]) -> None:
    change(root)
    assert windows(root) == {W: "31 days", "other.window": "5 days"}
    assert same_as_read(root)


def test_a_document_more_and_one_less(root: Path) -> None:
    (root / "new" / "deeper").mkdir(parents=True)
    (root / "new" / "deeper" / "c.yaml").write_text(policy("7 days", "third"))
    assert windows(root) == {W: "30 days", "other.window": "5 days", "third.window": "7 days"}
    shutil.rmtree(root / "new")
    (root / "x" / "b.yaml").unlink()
    assert windows(root) == {W: "30 days"}


def test_a_folder_that_becomes_a_book_of_its_own_and_a_folder_that_is_hidden(root: Path) -> None:
    (root / "x" / "servkit.yaml").write_text(SETTINGS)
    assert windows(root) == {W: "30 days"}
    (root / "x" / "servkit.yaml").unlink()
    (root / "x").rename(root / ".x")
    assert windows(root) == {W: "30 days"}


def test_settings_that_changed(root: Path) -> None:
    (root / "servkit.yaml").write_text(SETTINGS + "ignore: x\n")
    assert windows(root) == {W: "30 days"}
    (root / "servkit.yaml").write_text(SETTINGS.replace("Small", "Other"))
    with compiled_book(root) as compiled:
        assert compiled.settings.name == "Other"
    assert windows(root) == {W: "30 days", "other.window": "5 days"}


def test_settings_only_touched_do_not_cost_a_whole_reading(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(root / "servkit.yaml", ns=(1, 1))
    read = []
    monkeypatch.setattr(compiling, "read_documents", lambda path, *_: read.append(path))
    assert windows(root) == {W: "30 days", "other.window": "5 days"}
    assert read == []


def test_broken_settings_are_told_with_their_place_and_mended_ones_are_used(root: Path) -> None:
    (root / "servkit.yaml").write_text("servkit: 1\nname: x\ncurrency: dollars\n")
    for _ in range(2):
        with pytest.raises(BookError, match=r"servkit\.yaml:3:11: "):
            compiled_book(root)
    (root / "servkit.yaml").write_text(SETTINGS)
    assert windows(root) == {W: "30 days", "other.window": "5 days"}


def test_many_edits_within_one_tick(root: Path) -> None:
    path, stamps = root / "a.yaml", set()
    for number in range(30, 60):
        with path.open("r+") as file:
            file.write(policy(f"{number} days"))
        os.utime(path, ns=(1, 1))
        stamps.add(path.stat().st_mtime_ns)
        assert windows(root)[W] == f"{number} days"
    assert stamps == {1}


def test_a_clock_that_stands_still(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Edits that no time of the file tells: what changed a moment ago is compared by content."""
    monkeypatch.setattr(book_files, "RACY_NS", 60_000_000_000)
    (root / "a.yaml").write_text(policy("30 days"))
    frozen = list(walk(str(root)))
    monkeypatch.setattr(book_files, "walk", lambda _: list(frozen))
    assert windows(root)[W] == "30 days"
    (root / "a.yaml").write_text(policy("31 days"))
    assert windows(root)[W] == "31 days"


def test_a_file_that_could_not_be_read_is_tried_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Network folders come and go without any sign in the times of a file."""
    real = read_bytes

    def failing(folder: str, path: str, problems: list[object]) -> bytes | None:
        if path == "x/b.yaml":
            return real(folder, "nowhere.yaml", problems)  # type: ignore[arg-type]
        return real(folder, path, problems)  # type: ignore[arg-type]

    (root / "x" / "b.yaml").write_text(policy("6 days", "other"))
    monkeypatch.setattr(book_files, "read_bytes", failing)
    assert windows(root) == {W: "30 days"}
    monkeypatch.setattr(book_files, "read_bytes", real)
    assert windows(root) == {W: "30 days", "other.window": "6 days"}


def _read_while_it_is_written(monkeypatch: pytest.MonkeyPatch, root: Path, path: str, texts: list[str]) -> None:
    """As if somebody had just emptied a file when it is read, and then wrote a text into it, again and again."""

    def half(folder: str, name: str, problems: list[Problem]) -> bytes | None:
        if name != path or not texts:
            return read_bytes(folder, name, problems)
        _let_the_clock_tick(root)
        (root / path).write_text(texts.pop(0))
        return b""

    monkeypatch.setattr(book_files, "read_bytes", half)


def test_a_file_that_is_written_while_it_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "x" / "b.yaml").write_text("")
    _read_while_it_is_written(monkeypatch, root, "x/b.yaml", [policy("8 days", "other"), policy("9 days", "other")])
    assert windows(root) == {W: "30 days", "other.window": "9 days"}
    _read_while_it_is_written(monkeypatch, root, "servkit.yaml", [SETTINGS.replace("Small", "Other")])
    (root / "servkit.yaml").write_text("")
    with compiled_book(root) as compiled:
        assert compiled.settings.name == "Other"


def test_a_book_that_does_not_come_to_rest(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "PATIENCE", 0)
    (root / "x" / "b.yaml").write_text("")
    _read_while_it_is_written(monkeypatch, root, "x/b.yaml", [policy(f"{days} days", "other") for days in range(9)])
    with pytest.raises(BusyError, match="keep changing while they are read"):
        windows(root)


def test_a_slow_process_does_not_put_back_what_it_saw_before_an_edit(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = list(walk(str(root)))
    (root / "c.yaml").write_text(policy("9 days", "third"))
    looks = [seen]  # the first look is before the edit
    monkeypatch.setattr(book_files, "walk", lambda root: looks.pop() if looks else walk(root))
    windows(root)
    monkeypatch.undo()
    monkeypatch.setenv("SERVKIT_CACHE", str(root.parent / "cache"))
    assert windows(root) == {W: "30 days", "other.window": "5 days", "third.window": "9 days"}


def test_the_code_that_reads_documents_is_part_of_the_key(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    real = read_documents

    def noted(path: str, raw: bytes, settings: Settings, texts: Mapping[str, str]) -> FileContent:
        read.append(path)
        return real(path, raw, settings, texts)

    monkeypatch.setattr(compiling, "read_documents", noted)
    monkeypatch.setattr(compiled, "version", lambda: "another")
    assert windows(root) == {W: "30 days", "other.window": "5 days"}
    assert sorted(read) == ["a.yaml", "x/b.yaml"]


def test_an_unchanged_book_is_neither_read_nor_written(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_files, "RACY_NS", -1)
    windows(root)
    before = [(path, path.stat().st_mtime_ns) for path in cache.iterdir()]
    monkeypatch.setattr(compiling, "renew", None)
    assert windows(root) == {W: "30 days", "other.window": "5 days"}
    assert [(path, path.stat().st_mtime_ns) for path in cache.iterdir()] == before


def test_files_of_odd_names_and_kinds(root: Path) -> None:
    for name in (b"\xff.yaml", b"\xfe.yaml", b"?.yaml", "é\u202e.yaml".encode(), b"a\nb.yaml"):
        Path(os.fsdecode(os.fsencode(root) + b"/" + name)).write_text(policy("8 days", "odd"))
    os.mkfifo(root / "pipe.yaml")
    (root / "folder.yaml").mkdir()
    (root / "folder.yaml" / "inner.yaml").write_text(policy("8 days", "inner"))
    (root / "loop.yaml").symlink_to("loop.yaml")
    (root / "round").symlink_to(root)
    (root / "gone.yaml").symlink_to("nowhere.yaml")
    (root / "big.yaml").write_bytes(b"#" * 3_000_000)
    for _ in range(2):
        assert windows(root) == {W: "30 days", "other.window": "5 days", "odd.window": "8 days"}
        with compiled_book(root) as compiled:
            assert len(compiled.problems) == 9
    assert same_as_read(root)
    (root / "?.yaml").write_text(policy("9 days", "odd"))
    Path(os.fsdecode(os.fsencode(root) + b"/\xff.yaml")).unlink()
    assert windows(root)["odd.window"] == "9 days"
    (root / "nowhere.yaml").write_text(policy("8 days", "pointed"))
    assert same_as_read(root)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(root: Path) -> None:
    (root / "a.yaml").chmod(0)
    assert windows(root) == {"other.window": "5 days"}
    (root / "a.yaml").chmod(0o600)
    assert windows(root) == {W: "30 days", "other.window": "5 days"}


def test_a_file_that_is_gone_when_it_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "c.yaml").write_text(policy("9 days", "third"))
    looks = [list(walk(str(root)))] * 2
    (root / "c.yaml").unlink()
    monkeypatch.setattr(book_files, "walk", lambda root: looks.pop() if looks else walk(root))
    with compiled_book(root) as compiled:
        assert (list(compiled.problems), len(compiled.all())) == ([], 2)
    assert same_as_read(root)


def test_nothing_outside_the_book_is_read_before_the_book_is_current(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of customers on a network that is away, say: it cannot keep an old book alive."""
    (root / "servkit.yaml").write_text(SETTINGS + "customers: away.csv\n")
    assert len(windows(root)) == 2
    (root / "servkit.yaml").write_text(SETTINGS)
    real = os.open
    opened: list[str] = []

    def noted(path: Any, *rest: Any) -> int:
        opened.append(str(path))
        return real(path, *rest)

    monkeypatch.setattr(os, "open", noted)
    with compiled_book(root) as compiled, Directory(compiled, root) as directory:
        assert directory.exact("C-1") is None
    assert any(path.endswith("servkit.yaml") for path in opened)
    assert not any(path.endswith("away.csv") for path in opened)


def test_a_file_that_was_emptied_just_now_is_read_once_it_is_written(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "a.yaml").write_text("")
    monkeypatch.setattr("time.sleep", lambda _: (root / "a.yaml").write_text(policy("8 days")))
    assert windows(root)[W] == "8 days"
    (root / "x" / "b.yaml").write_text("")
    monkeypatch.setattr(book_files, "_TO_WRITE", 0)
    assert windows(root) == {W: "8 days"}


def test_an_empty_file_is_not_waited_for_where_the_clock_was_set_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yaml").write_text("")
    changed = (tmp_path / "a.yaml").stat().st_ctime
    monkeypatch.setattr("time.time", lambda: changed - 3600)
    monkeypatch.setattr("time.sleep", lambda _: pytest.fail("it waits for an hour"))
    assert book_files.FolderFiles(tmp_path).read("a.yaml", []) == b""
