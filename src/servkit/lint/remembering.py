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
import stat
import time
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.walking import walk
from servkit.store.cache import RACY_NS, cache_folder
from servkit.store.digests import digest
from servkit.store.today import day_in, is_today

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from servkit.book.walking import FileStamp
    from servkit.lint.report import Report

_LAYOUT = 2
#: More than one file of the book holds is a file of customers, and read piece by piece.
_PIECE = 1 << 20
_PARTS = ("", "book", "book/kinds", "answer", "analysis", "lint", "lint/rules", "lint/needs", "lint/formats", "clocks",
          "customers", "scripts", "desk")  # fmt: skip


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
        found = list(walk(base))
        #: The files of the book as they were looked at, on which everything that is kept depends.
        self.files = [file[0] for file in found]
        self._book = _State(base, found)
        self._kept: dict[str, Any] | None = None

    def recall(self) -> Report | None:
        """The report, where nothing has changed since."""
        kept = self._good()
        try:
            return _report(self.root, dict(kept["report"])) if kept is not None else None
        except (ValueError, KeyError, TypeError, IndexError):
            return None

    def keep(self, report: Report, read: object = None, *, write: bool = True) -> None:
        """Remember a report; where that cannot be, nothing is lost. Without ``write``, it is written with what will be
        said of it. What was ``read`` for it is held until another is: taking a large book apart piece by piece takes
        longer than ending the process."""
        _held[:] = [read]
        day = "- 0 0" if self.dated else day_in(report.timezone)
        if not self.dated and day.partition(" ")[0] != report.today:
            return  # midnight has passed meanwhile
        data = report._asdict()
        data.pop("root")
        data["findings"] = [finding.row() for finding in report.findings]
        self._kept = {
            "asked": self._asked,
            "day": day,
            "book": self._book.kept(),
            "sources": _sources(self._book.root, report.sources).kept(),
            "report": data,
            "said": [],
        }
        if write:
            self._write()

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
        if self._kept is not None:
            return self._kept
        try:
            with open(self.file, "rb") as file:  # noqa: PTH123
                kept = json.loads(file.read())
            if kept["asked"] != self._asked or not (self.dated or is_today(kept["day"], int(time.time()))):
                return None
            sources = _sources(self._book.root, kept["report"]["sources"])
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


class _State:
    """What some files are: their stamps, and the content of those that changed only just now."""

    def __init__(self, root: str, stamps: Iterable[FileStamp]) -> None:
        self.root = root
        since = time.time_ns() - RACY_NS
        found = list(stamps)
        self.stamp = digest(marshal.dumps(found, 2))
        # what cannot be looked at at all (no inode, no times) is told by reading it
        self.racy = {
            path: _content(root, path) for path, *_, written, changed in found if _new(written, changed, since)
        }

    def kept(self) -> list[Any]:
        return [self.stamp, self.racy]

    def same(self, kept: Sequence[Any]) -> bool:
        """Whether these are the files that were kept. What was new then has to hold what it held."""
        stamp, racy = kept
        return stamp == self.stamp and all(
            (self.racy.get(path) or _content(self.root, path)) == content for path, content in racy.items()
        )


def _new(written: int, changed: int, since: int) -> bool:
    latest = changed if os.name == "posix" else max(written, changed)
    return latest > since or not latest


def _content(root: str, path: str) -> str:
    full, pieces = os.path.join(root, path), []  # noqa: PTH118
    try:
        if not stat.S_ISREG(os.stat(full).st_mode):  # noqa: PTH116
            return "no plain file"
        with open(full, "rb", buffering=0) as file:  # noqa: PTH123
            while raw := file.read(_PIECE):
                pieces.append(digest(raw))
    except (OSError, ValueError) as fault:
        return repr(fault)
    return digest(" ".join(pieces).encode())


def _sources(root: str, names: Sequence[str]) -> _State:
    """The files of customers, wherever they are."""
    return _State(root, map(_stamp, [root] * len(names), names))


def _stamp(root: str, name: str) -> FileStamp:
    try:
        status = os.stat(os.path.join(root, name))  # noqa: PTH116, PTH118
    except (OSError, ValueError):
        return name, 0, 0, 0, 0
    return name, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


@cache
def servkit_itself() -> tuple[object, ...]:
    """The servkit that looked: its version and, where it is being worked on, its files."""
    from servkit import __version__

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
