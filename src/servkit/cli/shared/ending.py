"""A command that is told to end (by a scheduler, a container, the system, or a terminal that closes) cleans up as after
Ctrl-C."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@contextmanager
def ending_cleanly() -> Iterator[None]:
    """Within this, SIGTERM and SIGHUP raise KeyboardInterrupt. A signal that is ignored, as with nohup, stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ends = [found for name in ("SIGTERM", "SIGHUP") if (found := getattr(signal, name, None)) is not None]
    before = {end: signal.signal(end, _end) for end in ends if signal.getsignal(end) is not signal.SIG_IGN}
    try:
        yield
    finally:
        for end, handler in before.items():
            signal.signal(end, handler)


def _end(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
