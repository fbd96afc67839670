"""The progress bar: on a terminal only, and gone when it is done."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

_CODE = """
from servkit.cli.shared import progress
progress.SOON = 0
with progress.progress("Reading") as update:
    update(1, 2)
print("done", flush=True)
"""


def test_a_terminal_sees_it_until_it_is_done() -> None:
    reader, writer = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "80"}
    subprocess.run([sys.executable, "-c", _CODE], stdout=writer, stderr=writer, env=environment, check=True)
    os.close(writer)
    with os.fdopen(reader, "rb", buffering=0) as terminal:
        text = terminal.read(1 << 16).decode()
    assert "Reading" in text
    assert text.rpartition("\x1b[2K")[2] == "done\r\n"


def test_a_pipe_does_not() -> None:
    done = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, encoding="utf-8", check=True)
    assert (done.stdout, done.stderr) == ("done\n", "")
