"""Keeping the findings of a whole run, so that nothing is worked out twice while nothing has changed.

Kept in the user's cache folder, never in the book, under a key of all that the findings depend on: what the file system
says of every file of the book and of its files of customers (name, inode, size, times; a file that changed so recently
that a further change might not show is compared by content), the day in the book's time zone, the codes asked for, and
servkit itself. Beside the findings lies what was last printed of them, so that a run that has nothing new to say loads
neither rules nor formats.
"""

from __future__ import annotations

import json
import marshal
import os
import time
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.discovery import names, walk
from servkit.cache.digests import digest
from servkit.cache.folder import cache_folder
from servkit.clocks.today import day_in, is_today
from servkit.lint.stamps import State, stamp_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from servkit.lint.gathering import Gathered
    from servkit.lint.report import Report

_LAYOUT = 2
_PARTS = ("", "book", "book/kinds", "answer", "analysis", "lint", "lint/rules", "lint/fixtures", "lint/formats",
          "clocks", "customers", "scripts", "domains", "terminal")  # fmt: skip


_held: list[object] = []


class Said(NamedTuple):
    """What a run printed, and how it ended."""

    out: str
    err: str
    code: int


class Memory:
    """The place for one book's last report."""

    def __init__(self, root: Path, today: date | None, *asked: object) -> None:
        self.root, self.dated = root, today is not None
        base = os.path.realpath(root)
        self.file = os.path.join(cache_folder(), "lint", digest(os.fsencode(base)) + ".json")  # noqa: PTH118
        self._asked = digest(repr((_LAYOUT, servkit_itself(), today, *asked)).encode("utf-8", "surrogatepass"))
        self._base = base
        #: The state of the book. Where nothing is kept it is not asked for: the files are looked at as they are read.
        self._book: State | None = None
        if os.path.isfile(self.file):  # noqa: PTH113
            found = list(walk(base))
            self._book = State(base, found)
            #: The files of the book, on which everything that is kept depends.
            self.files = [file[0] for file in found]
        else:
            self.files = names(base)
        self._kept: dict[str, Any] | None = None

    def recall(self) -> Report | None:
        """The report, where nothing has changed since."""
        kept = self._good()
        try:
            return _report(self.root, dict(kept["report"])) if kept is not None else None
        except (ValueError, KeyError, TypeError, IndexError):
            return None

    def keep(self, report: Report, gathered: Gathered, *, write: bool = True) -> None:
        """Remember a report; where that cannot be, nothing is lost. Without ``write``, it is written with what will be
        said of it. What was ``gathered`` is held until another book is: taking a large book apart piece by piece takes
        longer than ending the process."""
        _held[:] = [gathered]
        day = "- 0 0" if self.dated else day_in(report.timezone)
        if not self.dated and day.partition(" ")[0] != report.today:
            return  # midnight has passed meanwhile
        state = self._book or self._as_read(gathered)
        if state is None:
            return
        data = report._asdict()
        data.pop("root")
        data["findings"] = [finding.row() for finding in report.findings]
        self._kept = {
            "asked": self._asked,
            "day": day,
            "book": state.kept(),
            "sources": _sources(self._base, report.sources).kept(),
            "report": data,
            "said": [],
        }
        if write:
            self._write()

    def _as_read(self, gathered: Gathered) -> State | None:
        """The state of the book as its files were when they were read; None where one could not be. Those that the
        book leaves aside only have to be there."""
        if gathered.book is None:
            return None
        from servkit.book.files import ignored

        seen = {stamp[0]: stamp for stamp in gathered.stamps.stamps}
        for path in self.files:
            if path not in seen:
                if not ignored(path, gathered.book.settings.ignore):
                    return None
                seen[path] = stamp_of(self._base, path)
        return State(self._base, [seen[path] for path in self.files], gathered.stamps.fresh)

    def said(self, look: Sequence[object]) -> Said | None:
        """What was printed of the report, where it was last printed with this look and nothing has changed since."""
        kept = self._good()
        try:
            if kept is None or kept["said"][0] != json.dumps(look):
                return None
            return Said(str(kept["said"][1]), str(kept["said"][2]), int(kept["said"][3]))
        except (ValueError, KeyError, TypeError, IndexError):
            return None

    def keep_said(self, look: Sequence[object], said: Said) -> None:
        """Remember what was printed of the report that was kept or recalled."""
        if self._kept is not None:
            self._kept["said"] = [json.dumps(look), *said]
            self._write()

    def _good(self) -> dict[str, Any] | None:
        """What is kept, where it is still so."""
        if self._kept is not None or self._book is None:
            return self._kept
        try:
            with open(self.file, "rb") as file:  # noqa: PTH123
                kept = json.loads(file.read())
            if kept["asked"] != self._asked or not (self.dated or is_today(kept["day"], int(time.time()))):
                return None
            sources = _sources(self._base, kept["report"]["sources"])
            if not self._book.same(kept["book"]) or not sources.same(kept["sources"]):
                return None
        except (OSError, ValueError, KeyError, TypeError):
            return None
        self._kept = kept
        now = {"book": self._book.kept(), "sources": sources.kept()}
        if any(kept[name] != state for name, state in now.items()):  # what was new then is settled, and not read again
            kept.update(now)
            self._write()
        return self._kept

    def _write(self) -> None:
        temporary = f"{self.file}.{os.getpid()}"
        try:
            os.makedirs(os.path.dirname(self.file), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
            with open(temporary, "wb") as file:  # noqa: PTH123
                file.write(json.dumps(self._kept).encode())
            os.replace(temporary, self.file)  # noqa: PTH105
        except (OSError, ValueError):
            with suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108


def _sources(root: str, names: Sequence[str]) -> State:
    """The files of customers, wherever they are."""
    return State(root, map(stamp_of, [root] * len(names), names))


@cache
def servkit_itself() -> tuple[object, ...]:
    """The servkit that looked: its version and, where it is being worked on, its files."""
    from servkit.version import __version__

    package, found = os.path.dirname(os.path.dirname(__file__)), []  # noqa: PTH120
    for folder in _PARTS:
        try:
            with os.scandir(os.path.join(package, folder)) as entries:  # noqa: PTH118
                for entry in entries:
                    if entry.name.endswith(".py"):
                        status = entry.stat()
                        found.append((folder, entry.name, status.st_size, status.st_mtime_ns))
        except OSError:
            continue
    return __version__, digest(marshal.dumps(sorted(found), 2))


def _report(root: Path, data: dict[str, Any]) -> Report:
    from servkit.lint.finding import from_row
    from servkit.lint.report import Report

    findings = tuple(map(from_row, data.pop("findings")))
    for key in ("skipped", "paths", "sources"):
        data[key] = tuple(data[key])
    return Report(root=root, findings=findings, **data)
