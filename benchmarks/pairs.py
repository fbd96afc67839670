"""Whole processes timed in pairs: ours and a peer's in turn, so that a machine that drifts drifts for both."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Run(NamedTuple):
    """One process: seconds of wall-clock time and peak memory in KiB."""

    seconds: float
    peak: int


class Ratio(NamedTuple):
    """Ours over the peer's, the median of all pairs."""

    time: float
    memory: float
    ours: float
    peers: float


def run(command: Sequence[str], env: dict[str, str] | None = None) -> Run:
    """Run a command to its end, its output thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    _, _, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = 0
    return Run(seconds, usage.ru_maxrss)


def compare(
    ours: Sequence[str],
    peer: Sequence[str],
    *,
    pairs: int = 15,
    env: dict[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> Ratio:
    """The median ratio over pairs of runs, after one of each that does not count. ``before`` runs ahead of ours."""
    times, memories, mine, theirs = [], [], [], []
    for number in range(pairs + 1):
        if before is not None:
            before()
        first, second = run(ours, env), run(peer, env)
        if number:
            times.append(first.seconds / second.seconds)
            memories.append(first.peak / second.peak)
            mine.append(first.seconds)
            theirs.append(second.seconds)
    return Ratio(*map(statistics.median, (times, memories, mine, theirs)))


def python() -> str:
    return sys.executable
