"""The person's pager, as git uses it: for an answer that is longer than the screen."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from shutil import get_terminal_size, which

from servkit.cli.shared.console import can_move

#: How ``less`` behaves unless LESS is set: it ends if everything fits, keeps colours, and leaves the text in place.
_LESS = {"LESS": "FRX", "LV": "-c"}


def show_text(text: str, *, pager: bool = True) -> None:
    """Print a text; on a terminal where it is too long for the screen, in the pager, at its top."""
    if not (pager and _is_longer_than_screen(text) and _page(text)):
        sys.stdout.write(text)


def _is_longer_than_screen(text: str) -> bool:
    return can_move(sys.stdout) and text.count("\n") >= get_terminal_size().lines


def _command() -> list[str]:
    """``SERVKIT_PAGER``, else ``PAGER``, else ``less``; no words where there is to be none."""
    names = (os.environ.get("SERVKIT_PAGER"), os.environ.get("PAGER"), "less")
    try:
        words = shlex.split(next(name for name in names if name is not None), posix=os.name != "nt")
    except ValueError:  # a quote that is not closed
        return []
    return [] if words in (["cat"], ["false"]) or not words or which(words[0]) is None else words


def _page(text: str) -> bool:
    """Whether a pager has shown the text."""
    command = _command()
    if not command:
        return False
    sys.stdout.flush()
    try:
        reader = subprocess.Popen(command, stdin=subprocess.PIPE, env={**_LESS, **os.environ})  # noqa: S603 - what the user set as pager
    except OSError:
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the pager
    try:
        reader.communicate(text.encode(sys.stdout.encoding or "utf-8", "replace"))
    finally:
        signal.signal(signal.SIGINT, before)
    return True
