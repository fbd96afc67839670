"""Whole processes measured in pairs: ours and another in turn, so that a machine that slows down slows down both.

Time is processor time (user and system), which other programs on the machine disturb less than the clock on the wall;
every command here runs in one process.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SERVKIT = str(Path(sys.executable).with_name("servkit"))
#: A cache folder must be this old before files that were written with it count as settled (docs/architecture.md).
SETTLED_SECONDS = 2.5


class Run(NamedTuple):
    """One process: seconds of processor time and peak memory in MiB."""

    seconds: float
    peak: float


class Command(NamedTuple):
    """What to run, in which environment, and what to do ahead of every run."""

    arguments: Sequence[str]
    environment: Mapping[str, str] | None = None
    before: Callable[[], object] | None = None

    def run(self) -> Run:
        """Run it to its end, its output thrown away."""
        if self.before is not None:
            self.before()
        process = subprocess.Popen(
            self.arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.environment
        )
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
        return Run(usage.ru_utime + usage.ru_stime, peak)

    def settle(self) -> Command:
        """Run it until its caches are as they are after a while."""
        self.run()
        time.sleep(SETTLED_SECONDS)
        self.run()
        return self


def heading(title: str) -> None:
    """The title of a table and the names of its columns."""
    print(f"\n{title}\n{'':44}{'ratio':>8}{'target':>8}{'':10}{'ours':>9}{'other':>9}")


def compare(name: str, ours: Command, other: Command, target: float, pairs: int = 9) -> None:
    """Print the median ratio of the times of so many pairs, after one that does not count."""
    runs = [(ours.run(), other.run()) for _ in range(pairs + 1)][1:]
    ratio = statistics.median(mine.seconds / theirs.seconds for mine, theirs in runs)
    mine, theirs = (statistics.median(pair[side].seconds for pair in runs) for side in (0, 1))
    verdict = "reached" if ratio <= target else "missed"
    print(f"{name:44}{ratio:8.2f}{target:8.2f}  {verdict:8}{mine:8.3f}s{theirs:8.3f}s", flush=True)


def environment(cache: Path) -> dict[str, str]:
    """This environment with a cache folder of its own, and with compiled Python as after any installation."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return own | {"SERVKIT_CACHE": str(cache)}


def tool(name: str) -> str | None:
    """A program of this environment or of the PATH."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)
