"""Files that are no files: a pipe that nobody writes to, a device without end, a link round and round."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .conftest import Servkit

_MAKE: dict[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": lambda path: path.mkdir(),
    "loop": lambda path: path.symlink_to(path.name),
    "round": lambda path: path.symlink_to("."),
    "nowhere": lambda path: path.symlink_to("nowhere.yaml"),
}


@pytest.fixture
def in_time() -> Iterator[None]:
    """Whoever waits for a file is woken after a while, and fails."""

    def wake(*_: object) -> None:
        pytest.fail("it waits")

    before = signal.signal(signal.SIGALRM, wake)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("in_time")
@pytest.mark.parametrize("command", ["lint", "lint --format sarif", "lookup", "test", "find x"])
@pytest.mark.parametrize("name", ["a.yaml", "customers.csv"])
@pytest.mark.parametrize("kind", _MAKE)
def test_nothing_waits_for_it(kind: str, name: str, command: str, servkit: Servkit, tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text("servkit: 1\nname: Example\ncustomers: customers.csv\n")
    _MAKE[kind](tmp_path / name)
    done = servkit(*command.split(), book=tmp_path)
    assert done.code in (0, 1, 2)
    assert "fault" not in done.err
    if command.startswith("lint"):
        assert done.code == 1
        assert name in done.out


_BOOK = "servkit: 1\nname: Example\nareas: {a: {}}\n"
_COMMANDS = [("lint",), ("lookup",), ("test",), ("list",), ("render", "card", "--to", "-")]


@pytest.mark.parametrize("kind", _MAKE)
def test_the_settings_of_a_desk_are_no_file(
    kind: str, servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "servkit.yaml").write_text(_BOOK)
    (tmp_path / "config" / "servkit").mkdir(parents=True)
    _MAKE[kind](tmp_path / "config" / "servkit" / "desk.yaml")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    ran = servkit("lookup", book=tmp_path)
    assert ran.code == 1
    assert ran.err == "" if kind == "nowhere" else "desk.yaml: This desk's settings can't be read" in ran.err


@pytest.mark.parametrize("command", _COMMANDS, ids=" ".join)
@pytest.mark.parametrize("kind", _MAKE)
def test_a_book_without_its_settings_is_none(
    kind: str, command: tuple[str, ...], servkit: Servkit, tmp_path: Path
) -> None:
    (tmp_path / "book").mkdir()
    _MAKE[kind](tmp_path / "book" / "servkit.yaml")
    for book in ("book", "book/servkit.yaml", "x" * 5000, "/dev/zero"):
        ran = servkit(*command, "--book", book, book=tmp_path)
        assert (ran.code, ran.err.count("\n")) == (2, 1), ran.err


@pytest.mark.parametrize("value", ['"a\\0b"', "x" * 5000, "/dev/zero", "/", '"\\x1b[31m"'])
@pytest.mark.parametrize("name", ["book", "customers", "role", "agent"])
def test_a_desk_that_names_what_cannot_be(
    name: str, value: str, servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "servkit.yaml").write_text(_BOOK)
    (tmp_path / "config" / "servkit").mkdir(parents=True)
    (tmp_path / "config" / "servkit" / "desk.yaml").write_text(f"{name}: {value}\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for command in (("lookup", "Bell"), ("list",), ("lookup",)):
        ran = servkit(*command, book=tmp_path)
        assert ran.code in (0, 1, 2)
        assert "\x1b" not in ran.out + ran.err


@pytest.mark.parametrize("place", ["pipe", "file", "below a file", "nowhere", "no home"])
def test_nowhere_to_keep_anything(
    place: str, servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "servkit.yaml").write_text(_BOOK + "customers: c.csv\n")
    (tmp_path / "c.csv").write_text("id,name\nC-1,Bell\n")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("x")
    folders = {"pipe": tmp_path / "pipe", "file": tmp_path / "file", "below a file": tmp_path / "file" / "x"}
    monkeypatch.setenv("SERVKIT_CACHE", str(folders.get(place, "/proc/nowhere")))
    if place == "no home":
        for name in ("SERVKIT_CACHE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HOME", "/proc/nowhere")
    assert servkit("lookup", "Bell", book=tmp_path).code == 1
    assert servkit("lint").code == 1
    assert (tmp_path / "pipe").is_fifo()


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """No file may grow beyond a few bytes: neither the cache nor what is written."""
    (tmp_path / "servkit.yaml").write_text(_BOOK + "customers: c.csv\n")
    (tmp_path / "a.yaml").write_text("kind: standard\nid: good\ntitle: Good\nwhy: x\narea: a\n")
    (tmp_path / "c.csv").write_text("id,name\nC-1,Bell\n")
    small = (
        "import resource, sys; sys.dont_write_bytecode = True; "  # or half of it stays for the next test
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300)); "
    )
    for command, code in (("lookup Bell", 0), ("render card --to card.html", 2), ("lookup", 0)):
        line = [sys.executable, "-c", f"{small}from servkit.cli import main; main()", *command.split()]
        done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr.count("\n")) == (code, code // 2), done.stderr
    assert not (tmp_path / "card.html").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"servkit.yaml", "a.yaml", "c.csv"}
