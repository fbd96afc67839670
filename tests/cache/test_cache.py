"""Whatever befalls the cache, the answer is right and nothing is raised."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from servkit.cache import compiler
from servkit.cache.digests import digest
from servkit.cache.folder import cache_folder

from .books import policy, same_as_read, windows, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RIGHT = {"returns.window": "30 days"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = write(tmp_path / "book", {"a.yaml": policy(), "x/b.yaml": "kind: script\nid: hi\nsay: Hi\nwhy: w\n"})
    assert windows(folder) == RIGHT
    return folder


def _database(root: Path) -> Path:
    """The newest database of the book."""
    return max(cache_folder(os.environ).glob("book-*.sqlite"), key=lambda path: path.stat().st_mtime_ns)


def _gone(path: Path) -> None:
    path.unlink()


def _garbage(path: Path) -> None:
    path.write_bytes(os.urandom(20_000))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096] + b"\0" * 4096)


def _text(path: Path) -> None:
    path.write_text("hello")


def _foreign_tables(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE meta (a, b, c)")
        other.execute("CREATE TABLE docs (a)")
    other.close()


def _note(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """A change to what is noted of the database."""

    def changed(path: Path) -> None:
        (note,) = path.parent.glob("book-*.json")
        note.write_bytes(change(note.read_bytes()))

    return changed


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _note_is_a_pipe(path: Path) -> None:
    (note,) = path.parent.glob("book-*.json")
    note.unlink()
    os.mkfifo(note)


def _note_is_a_folder(path: Path) -> None:
    (note,) = path.parent.glob("book-*.json")
    note.unlink()
    note.mkdir()


def _half_a_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("DROP TABLE areas")
    other.close()


def _words_replaced(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"30 days", b"99 days"))


def _journal_left_behind(path: Path) -> None:
    path.with_name(path.name + "-journal").write_bytes(os.urandom(9000))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _read_only(path: Path) -> None:
    path.chmod(0o444)


CHANGES = [
    _gone,
    _garbage,
    _empty,
    _cut,
    _torn,
    _text,
    _foreign_tables,
    _half_a_table,
    _words_replaced,
    _folder,
    _journal_left_behind,
    _read_only,
    _pipe,
    _note_is_a_pipe,
    _note_is_a_folder,
    _note(lambda _: b""),
    _note(lambda raw: raw[:100]),
    _note(lambda raw: bytes(len(raw))),
    _note(lambda raw: raw.replace(b"Small", b"Other")),
    _note(lambda _: digest(b"[]").encode() + b"[]"),
    _note(lambda _: digest(b"[1,2,3,4,5]").encode() + b"[1,2,3,4,5]"),
]


@pytest.mark.parametrize("change", CHANGES, ids=[f"{number}{change.__name__}" for number, change in enumerate(CHANGES)])
@pytest.mark.parametrize("edited", [False, True])
def test_a_cache_file_that_is_broken(root: Path, change: Callable[[Path], None], edited: bool) -> None:
    change(_database(root))
    if edited:
        (root / "a.yaml").write_text(policy("31 days"))
    assert windows(root) == {"returns.window": "31 days" if edited else "30 days"}
    assert same_as_read(root)


@pytest.mark.parametrize("same_times", [False, True])
def test_no_part_of_the_file_can_be_overwritten_unseen(root: Path, same_times: bool) -> None:
    """Not a word of it: what is only missing looks like an answer."""
    write(root, {f"more/{number}.yaml": policy(id_=f"p-{number}") for number in range(9)})
    assert same_as_read(root)
    chance = random.Random(7)
    for _ in range(40):
        path = _database(root)
        whole, times = path.read_bytes(), path.stat()
        at, size = chance.randrange(len(whole)), chance.choice([1, 16, 512, 4096])
        path.write_bytes(whole[:at] + bytes(len(whole[at : at + size])) + whole[at + size :])
        if same_times:
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert same_as_read(root)


def test_a_copy_of_the_cache_is_as_good(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(cache, cache.with_name("copy"))
    monkeypatch.setenv("SERVKIT_CACHE", str(cache.with_name("copy")))
    monkeypatch.setattr(compiler, "renew", None)
    assert windows(root) == RIGHT


@pytest.mark.parametrize("place", ["file", "below a file", "missing", "nowhere", "unwritable"])
def test_a_cache_folder_that_cannot_be_used(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    folder = tmp_path / "elsewhere"
    if "file" in place:
        folder.write_text("")
    if place == "unwritable":
        folder.mkdir(mode=0o500)
    where = {"below a file": folder / "x", "nowhere": tmp_path / "a" / "b" / "c", "missing": folder}.get(place, folder)
    monkeypatch.setenv("SERVKIT_CACHE", "/proc/nowhere" if place == "nowhere" else str(where))
    for _ in range(2):
        assert windows(root) == RIGHT
    (root / "a.yaml").write_text(policy("31 days"))
    assert windows(root) == {"returns.window": "31 days"}


def test_a_disk_that_is_full(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, {f"more/{number}.yaml": policy(id_=f"p-{number}") for number in range(20)})
    real = sqlite3.connect

    def small(path: str, **options: object) -> sqlite3.Connection:
        connection = real(path, **options)  # type: ignore[call-overload]
        if path != ":memory:":
            connection.execute("PRAGMA max_page_count = 5")
        return connection  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3, "connect", small)
    assert len(windows(root)) == 21


def test_the_cache_is_private_and_holds_nothing_but_text_and_numbers(root: Path, cache: Path) -> None:
    assert cache.stat().st_mode & 0o777 == 0o700
    with closing(sqlite3.connect(_database(root))) as found, found:
        schema = list(found.execute("SELECT type, name FROM sqlite_master"))
        assert {kind for kind, _ in schema} == {"table", "index"}
        for kind, name in schema:
            for row in found.execute(f"SELECT * FROM {name}") if kind == "table" else ():
                assert {type(cell) for cell in row} <= {str, int, type(None)}
        for (logic,) in found.execute("SELECT logic FROM docs"):
            assert json.loads(logic)["kind"]
    found.close()


HAMMER = """
import os, sys
from pathlib import Path
from servkit.cache.compiled_book import CompiledBook
from servkit.cache.folder import cache_folder
root, mark = Path(sys.argv[1]), Path(sys.argv[2])
while not mark.exists():
    low = int((root.parent / "low").read_text() or 0)
    with CompiledBook(root, cache_folder(os.environ)) as compiled:
        found = int(compiled.versions("policy", "returns")[0].prose["owner"])
    assert found >= low, f"stale: {found} after {low}"
print("done")
"""


def test_processes_that_ask_while_a_file_is_edited(root: Path, tmp_path: Path) -> None:
    """What was true before a question was asked is never answered otherwise, and nobody falls over."""
    mark = tmp_path / "mark"
    (tmp_path / "low").write_text("0")
    (root / "a.yaml").write_text(policy() + "owner: '0'\n")
    command = [sys.executable, "-c", HAMMER, str(root), str(mark)]
    asking = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    until, number = time.monotonic() + 2, 0
    while time.monotonic() < until:
        number += 1
        (tmp_path / "new").write_text(policy() + f"owner: '{number}'\n")
        (tmp_path / "new").replace(root / "a.yaml")
        (tmp_path / "next").write_text(str(number))
        (tmp_path / "next").replace(tmp_path / "low")
        if number % 9 == 0:
            for path in cache_folder(os.environ).glob("book-*"):
                path.unlink(missing_ok=True)
        time.sleep(0.01)
    mark.touch()
    for process in asking:
        out, err = process.communicate(timeout=30)
        assert (out, err) == ("done\n", "")


def test_a_process_that_is_killed_while_it_writes(root: Path) -> None:
    for number in range(4):
        (root / "a.yaml").write_text(policy(f"{31 + number} days"))
        code = (
            "import os, sys, pathlib; from servkit.cache.compiled_book import CompiledBook; "
            "from servkit.cache.folder import cache_folder; "
            "CompiledBook(pathlib.Path(sys.argv[1]), cache_folder(os.environ))"
        )
        with subprocess.Popen([sys.executable, "-c", code, str(root)]) as process:
            time.sleep(0.08 + number * 0.02)
            process.send_signal(signal.SIGKILL)
        assert windows(root) == {"returns.window": f"{31 + number} days"}
