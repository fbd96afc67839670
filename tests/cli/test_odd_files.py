"""Files that are no files: a pipe that nobody writes to, a device without end, a link round and round."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SERVKIT = [sys.executable, "-c", "from servkit.cli import main; main()"]
_MAKE: dict[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": lambda path: path.mkdir(),
    "loop": lambda path: path.symlink_to(path.name),
    "round": lambda path: path.symlink_to("."),
    "nowhere": lambda path: path.symlink_to("nowhere.yaml"),
}


@pytest.mark.parametrize("command", ["lint", "lint --format sarif", "lookup", "test", "find x"])
@pytest.mark.parametrize("name", ["a.yaml", "customers.csv"])
@pytest.mark.parametrize("kind", _MAKE)
def test_nothing_waits_for_it(kind: str, name: str, command: str, tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text("servkit: 1\nname: Example\ncustomers: customers.csv\n")
    _MAKE[kind](tmp_path / name)
    line = [*_SERVKIT, *command.split()]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode in (0, 1, 2)
    assert "fault" not in done.stderr
    if command.startswith("lint"):
        assert done.returncode == 1
        assert name in done.stdout
