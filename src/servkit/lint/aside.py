"""Half of the work in a second process, where there are two processors and enough to do.

The second process is a fork: it has the book as it is, and only what it found travels back, as bytes through a pipe.
Whatever goes wrong with it - it cannot be started, it is killed, it meets a fault - the first process does its work as
well, so that nothing depends on it but time.
"""

from __future__ import annotations

import gc
import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_PIECE = 1 << 20
_DONE = b"\x01done"


def worth_it() -> bool:
    """Whether a second process can be had, and would not have to wait for this one."""
    if not hasattr(os, "fork") or threading.active_count() > 1:  # a fork takes only the thread that asks for it
        return False
    usable = getattr(os, "sched_getaffinity", None)
    return (len(usable(0)) if usable is not None else os.cpu_count() or 1) > 1


class Aside:
    """Work under way in a second process; what ``work`` yields arrives as one run of bytes."""

    def __init__(self, work: Callable[[], Iterable[bytes]]) -> None:
        self._found: list[bytes] = []
        self._child = 0
        reader, writer = os.pipe()
        try:
            self._child = os.fork()
        except OSError:
            os.close(reader)
            os.close(writer)
            return
        if self._child == 0:
            os.close(reader)
            _work(work, writer)
        os.close(writer)
        self._listener = threading.Thread(target=self._listen, args=(reader,), daemon=True)
        self._listener.start()

    def result(self) -> bytes | None:
        """What came of it, once it is done; None where it came to nothing."""
        if not self._child:
            return None
        self._listener.join()
        with suppress(OSError):
            os.waitpid(self._child, 0)
        self._child = 0
        found, self._found = b"".join(self._found), []
        return found.removesuffix(_DONE) if found.endswith(_DONE) else None

    def stop(self) -> None:
        """Let go of what is still under way, because nobody will ask for it."""
        if self._child:
            with suppress(OSError):
                os.kill(self._child, 9)
            self.result()

    def _listen(self, reader: int) -> None:
        with suppress(OSError):
            while piece := os.read(reader, _PIECE):
                self._found.append(piece)
        os.close(reader)


def _work(work: Callable[[], Iterable[bytes]], writer: int) -> None:
    """In the second process: work, tell, and go; never back into the first one's program."""
    code = 1
    try:
        gc.disable()
        with suppress(OSError):
            os.close(0)
        for piece in work():
            _write(writer, piece)
        _write(writer, _DONE)
        code = 0
    except BaseException:  # noqa: BLE001, S110 - the first process does it again, and meets the fault itself
        pass
    finally:
        os._exit(code)


def _write(writer: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(writer, rest) :]
