"""The pager: on a terminal that is too short for the answer, and nowhere else."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from typing import TYPE_CHECKING

import pytest

from .conftest import BOOKS

if TYPE_CHECKING:
    from pathlib import Path

_LINE = ["lookup", "C-1042", "--about", "returns", "--on", "2026-03-01"]
#: A pager that says how many lines it was given, and what LESS it was given.
_COUNT = """#!/bin/sh
echo "paged $(wc -l | tr -d ' ') lines, LESS=$LESS"
"""


def on_terminal(*args: str, lines: int = 20, **environment: str) -> tuple[int, str]:
    """The exit code, and what a terminal of so many lines showed."""
    reader, writer = pty.openpty()
    fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 80, 0, 0))
    inherited = {
        name: text
        for name, text in os.environ.items()
        if name not in ("PAGER", "SERVKIT_PAGER", "LESS", "COLUMNS", "LINES")
    }
    process = subprocess.Popen(
        [sys.executable, "-c", "from servkit.cli import main; main()", *args],
        cwd=BOOKS["pest-control"], stdin=writer, stdout=writer, stderr=writer,
        env={**inherited, "TERM": "xterm", "NO_COLOR": "1", **environment}, start_new_session=True,
    )  # fmt: skip
    os.close(writer)
    shown = b""
    with os.fdopen(reader, "rb", buffering=0) as terminal:
        try:
            while part := terminal.read(1 << 16):
                shown += part
        except OSError:  # the other side is closed
            pass
    return process.wait(), shown.decode().replace("\r\n", "\n")


@pytest.fixture
def counting(tmp_path: Path) -> str:
    pager = tmp_path / "count pager"
    pager.write_text(_COUNT)
    pager.chmod(0o755)
    return f"'{pager}' --some-option"


def test_a_long_answer_opens_in_the_pager(counting: str) -> None:
    code, shown = on_terminal(*_LINE, PAGER=counting)
    assert (code, shown.startswith("paged "), shown.count("\n")) == (0, True, 1)
    assert shown.endswith(" lines, LESS=FRX\n")
    assert "LESS=S\n" in on_terminal(*_LINE, PAGER=counting, LESS="S")[1]


def test_a_short_answer_does_not(counting: str) -> None:
    assert on_terminal(*_LINE, lines=300, PAGER=counting)[1].startswith("Dorothy Bell\n")
    assert on_terminal("list", "role", PAGER=counting)[1].startswith("  technician\n")


def test_our_own_variable_goes_first(counting: str) -> None:
    assert on_terminal(*_LINE, SERVKIT_PAGER=counting, PAGER="false")[1].startswith("paged ")
    assert on_terminal(*_LINE, SERVKIT_PAGER="", PAGER=counting)[1].startswith("Dorothy Bell\n")


@pytest.mark.parametrize("pager", ["", "cat", "no-such-pager-anywhere", "'"])
def test_without_a_pager_the_answer_is_printed(pager: str) -> None:
    code, shown = on_terminal(*_LINE, PAGER=pager)
    assert (code, shown.startswith("Dorothy Bell\n")) == (0, True)
    assert "no-such-pager" not in shown


def test_it_can_be_turned_off(counting: str) -> None:
    for args in ([*_LINE, "--no-pager"], ["--no-pager", *_LINE]):
        assert on_terminal(*args, PAGER=counting)[1].startswith("Dorothy Bell\n")
    assert on_terminal("assign", "--count", "--no-pager", PAGER=counting)[1].startswith("20 customers\n")


def test_a_terminal_that_cannot_page_does_not(counting: str) -> None:
    assert on_terminal(*_LINE, PAGER=counting, TERM="dumb")[1].startswith("Dorothy Bell\n")


def test_leaving_early_is_no_error() -> None:
    assert on_terminal("list", PAGER="head -n 1") == (0, "customer (20)\n")


def test_false_is_no_pager() -> None:
    code, shown = on_terminal("list", SERVKIT_PAGER="false")
    assert code == 0
    assert shown.startswith("customer (20)\n")


def test_findings_are_paged_and_the_exit_code_is_kept(counting: str) -> None:
    book = str(BOOKS["standards"].parent / "tests" / "lint" / "broken_book")
    code, shown = on_terminal("lint", "--book", book, "--on", "2026-03-01", PAGER=counting)
    assert code == 1
    assert "paged " in shown
    assert shown.rstrip().endswith("in the book.")


def test_a_pipe_is_never_paged(counting: str) -> None:
    command = [sys.executable, "-c", "from servkit.cli import main; main()", *_LINE]
    environment = os.environ | {"PAGER": counting, "LINES": "5"}
    done = subprocess.run(
        command, cwd=BOOKS["pest-control"], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.startswith("Dorothy Bell\n")
