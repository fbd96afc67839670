"""Completion through the shells' own protocol."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from .conftest import BOOKS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def completed(line: str, cwd: Path = BOOKS["pest-control"], **more: str) -> tuple[list[str], str]:
    """What bash is offered for the last word of a line, and what was printed on stderr."""
    words = line.split(" ")
    asked = {"_SERVKIT_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    command = [sys.executable, "-c", "from servkit.cli import main; main()"]
    done = subprocess.run(
        command, cwd=cwd, env=os.environ | asked | more, capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout.split(), done.stderr


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("servkit lo", ["lookup"]),
        ("servkit lookup C-10", ["C-1042", "C-1077"]),
        ("servkit lookup --about retu", ["returns"]),
        ("servkit lookup --role ", ["office", "owner", "supervisor", "technician"]),
        ("servkit lookup --channel p", ["phone"]),
        ("servkit lookup --level g", ["genuine"]),
        ("servkit lookup --lang e", ["en", "es"]),
        ("servkit lookup --format j", ["json"]),
        ("servkit lookup --set pl", ["plan="]),
        ("servkit lookup --set plan=s", ["plan=single"]),
        ("servkit lookup --set opened=", ["opened=", "opened=no", "opened=yes"]),
        ("servkit say ret-", ["ret-chem", "ret-key", "ret-yes"]),
        ("servkit say ret-key C-110", ["C-1103"]),
        ("servkit show glad", ["glad-returns"]),
        ("servkit list proc", ["procedure"]),
    ],
)
def test_names_of_the_book_at_hand(line: str, offered: list[str]) -> None:
    assert completed(line) == (offered, "")


def test_another_book_by_flag_or_environment(tmp_path: Path) -> None:
    there = str(BOOKS["standards"])
    assert completed(f"servkit lookup --book {there} --role sup", tmp_path) == (["supervisor"], "")
    assert completed("servkit lookup --about complai", tmp_path, SERVKIT_BOOK=there) == (["complaints"], "")


def test_without_a_book_or_with_a_broken_one_nothing_is_offered(
    small_book: Callable[..., Path], tmp_path: Path
) -> None:
    assert completed("servkit lookup --about ", tmp_path) == ([], "")
    assert completed("servkit lookup --about ", small_book("servkit: [\n")) == ([], "")


def test_a_broken_document_takes_no_other_away(small_book: Callable[..., Path]) -> None:
    folder = small_book("servkit: 1\nname: B\nareas: {desk: {}}\n", broken="kind: [")
    assert completed("servkit lookup --about ", folder) == (["desk"], "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_has_its_script(shell: str) -> None:
    command = [sys.executable, "-c", "from servkit.cli import main; main()"]
    environment = os.environ | {"_SERVKIT_COMPLETE": f"source_{shell}"}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert "_SERVKIT_COMPLETE" in done.stdout


def test_an_unknown_command_is_no_error_while_completing() -> None:
    assert completed("servkit lokup --about ")[1] == ""
