"""Signing in becomes slower after failures, so that nobody can try many passwords."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

#: So many failures cost nothing. The next attempt has to wait for this many seconds, and each failure doubles that.
FREE_FAILURES, FIRST_WAIT, LONGEST_WAIT = 5, 4.0, 60.0
#: Many people may come from one address, such as an office behind one router.
FREE_FAILURES_OF_ADDRESS = 30
#: Failures are forgotten after so many seconds without another, and of so many names and addresses at most.
FORGOTTEN_SECONDS, MOST_KEPT = 3600.0, 20_000


class _Failures(NamedTuple):
    many: int
    last: float


class SignInDelay:
    """Failures by name and address together, and by address alone. A name alone is never locked: somebody else could
    lock out a colleague. Names that nobody has are treated the same."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures: dict[Hashable, _Failures] = {}
        self._lock = Lock()

    def wait(self, name: str, address: str) -> float:
        """For how many more seconds an attempt is refused; 0 where it may be made."""
        now = self._clock()
        with self._lock:
            waits = [self._wait(key, free, now) for key, free in _keys(name, address)]
        return max(waits)

    def fail(self, name: str, address: str) -> None:
        """An attempt has failed."""
        now = self._clock()
        with self._lock:
            for key, _ in _keys(name, address):
                before = self._failures.pop(key, None)
                is_new = before is None or now - before.last > FORGOTTEN_SECONDS
                self._failures[key] = _Failures(1 if is_new or before is None else before.many + 1, now)
            while len(self._failures) > MOST_KEPT:  # the oldest come first
                del self._failures[next(iter(self._failures))]

    def succeed(self, name: str, address: str) -> None:
        """Somebody has signed in: their own failures are forgotten, those of the address stay."""
        with self._lock:
            self._failures.pop((name, address), None)

    def _wait(self, key: Hashable, free: int, now: float) -> float:
        failures = self._failures.get(key)
        if failures is None or failures.many < free or now - failures.last > FORGOTTEN_SECONDS:
            return 0.0
        wait = min(FIRST_WAIT * 2.0 ** min(failures.many - free, 10), LONGEST_WAIT)
        return max(failures.last + wait - now, 0.0)


def _keys(name: str, address: str) -> Iterable[tuple[Hashable, int]]:
    return (((name, address), FREE_FAILURES), (address, FREE_FAILURES_OF_ADDRESS))
