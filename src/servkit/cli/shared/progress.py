"""A progress bar on stderr: on a terminal, for what takes a while."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from servkit.cli.shared.console import can_move, console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress

#: What takes fewer seconds needs no bar.
SOON = 0.4


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Gives a function that takes how much of how much is done."""
    start = time.monotonic()
    bars: list[Progress] = []

    def update(done: int, total: int) -> None:
        if not bars and can_move(sys.stderr) and time.monotonic() - start >= SOON:
            from rich.progress import Progress  # loaded once a person has waited

            bars.append(Progress(console=console(sys.stderr), transient=True))
            bars[0].add_task(what)
            bars[0].start()
        for bar in bars:
            bar.update(bar.task_ids[0], completed=done, total=total)

    try:
        yield update
    finally:
        for bar in bars:
            bar.stop()
