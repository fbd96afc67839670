"""Who opened which customer: one file a day, apart from the log of requests, deleted after a while."""

from __future__ import annotations

import errno
import json
import os
from contextlib import suppress
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path


class OpenedLog:
    """The log in a folder; without one, nothing is written. Files older than ``days`` are deleted.

    Raises ServkitError where nothing can be written."""

    def __init__(self, folder: Path | None, days: int, clock: Callable[[], datetime]) -> None:
        self.folder, self.days, self._clock = folder, days, clock
        self._cleared: date | None = None
        if folder is not None:
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not os.access(folder, os.W_OK | os.X_OK):
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            except OSError as fault:
                message = f"Who opens which customer can't be logged here: {fault.strerror}. Give --opened-log DIR."
                raise ServkitError(message, path=str(folder)) from None
            self._clear(clock().astimezone(UTC).date())

    def write(self, user: str, customer: str) -> None:
        """One line: when, who, whom. Raises OSError where it cannot be written: nobody looks at customers unseen."""
        if self.folder is None:
            return
        now = self._clock().astimezone(UTC)
        line = {"time": now.isoformat(timespec="seconds"), "user": user, "customer": customer}
        if self._cleared != now.date():
            self._clear(now.date())
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        descriptor = os.open(self.folder / f"{now.date().isoformat()}.jsonl", flags, 0o600)
        try:
            os.write(descriptor, (json.dumps(line) + "\n").encode())  # at once, so lines of several threads never mix
        finally:
            os.close(descriptor)

    def _clear(self, today: date) -> None:
        """Delete the files of days that are too long ago."""
        assert self.folder is not None
        oldest = today - timedelta(days=self.days)
        for file in self.folder.glob("????-??-??.jsonl"):
            with suppress(ValueError, OSError):
                if date.fromisoformat(file.stem) < oldest:
                    file.unlink()
        self._cleared = today
