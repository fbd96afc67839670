"""Half of the work in a second process, where there are two processors and enough to do.

The second process is a fork: it has the book as it is, and only what it found travels back, as plain data through a
pipe. Whatever goes wrong with it - it cannot be started, it is killed, it meets a fault - the first process does its
work as well, so that nothing depends on it but time.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PIECE = 1 << 20
_LENGTH = 8


def worth_it() -> bool:
    """Whether a second process can be had, and would not have to wait for this one."""
    threading = sys.modules.get("threading")  # where nobody has loaded it, there is one thread
    if not hasattr(os, "fork") or (threading is not None and threading.active_count() > 1):
        return False  # a fork takes only the thread that asks for it
    usable = getattr(os, "sched_getaffinity", None)
    return (len(usable(0)) if usable is not None else os.cpu_count() or 1) > 1


class Aside:
    """Work under way in a second process. What ``work`` yields is plain data, and arrives piece by piece."""

    def __init__(self, work: Callable[[], Iterable[Any]]) -> None:
        self._held = bytearray()
        self._child = self._reader = 0
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
        self._reader = reader
        _widen(reader)

    def arrived(self, *, wait: bool = False) -> Iterator[Any]:
        """What has arrived by now; with ``wait``, all that is still to come, until the second process is done."""
        if self._child:
            os.set_blocking(self._reader, wait)
            with suppress(OSError):  # nothing there by now, or never again
                while self._child:
                    piece = os.read(self._reader, _PIECE)
                    self._held += piece
                    if not piece:
                        self._end()
        start, held = 0, self._held
        while len(held) >= start + _LENGTH:
            end = start + _LENGTH + int.from_bytes(held[start : start + _LENGTH], "big")
            if len(held) < end:
                break
            yield marshal.loads(held[start + _LENGTH : end])  # noqa: S302 - our own child's, over our own pipe
            start = end
        del held[:start]

    def stop(self) -> None:
        """Let go of what is still under way, because nobody will ask for it."""
        if self._child:
            with suppress(OSError):
                os.kill(self._child, 9)
            self._end()

    def _end(self) -> None:
        os.close(self._reader)
        with suppress(OSError):
            os.waitpid(self._child, 0)
        self._child = 0


class Queue:
    """Numbers below 256 of which each is taken once, by whichever process asks first: a pipe of single bytes."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._reader, writer = os.pipe()
        os.write(writer, bytes(numbers))
        os.close(writer)

    def __iter__(self) -> Iterator[int]:
        while taken := os.read(self._reader, 1):
            yield taken[0]

    def close(self) -> None:
        with suppress(OSError):
            os.close(self._reader)


def _widen(pipe: int) -> None:
    """Let more wait in a pipe, where the system can, so that nobody waits for the other to have a look."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIECE)


def _work(work: Callable[[], Iterable[Any]], writer: int) -> None:
    """In the second process: work, tell, and go; never back into the first one's program."""
    code = 1
    try:
        gc.disable()
        with suppress(OSError):
            os.close(0)
        for found in work():
            packed = marshal.dumps(found)
            _write(writer, len(packed).to_bytes(_LENGTH, "big") + packed)
        code = 0
    except BaseException:  # noqa: BLE001, S110 - the first process does it again, and meets the fault itself
        pass
    finally:
        os._exit(code)


def _write(writer: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(writer, rest) :]
