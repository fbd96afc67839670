"""Reading the files of a book part by part, and asking of each part what can be asked of it alone.

Where there are many files and two processors, two processes take one part after another from the same queue until none
is left, so that neither waits for the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.entries import Entry
from servkit.book.files import read_bytes
from servkit.book.problems import Problem
from servkit.book.reader import read_documents
from servkit.book.source import Source
from servkit.lint.aside import Aside, Queue, worth_it
from servkit.lint.broken import Broken
from servkit.lint.finding import from_row
from servkit.lint.ignores import Ignore, find_ignores
from servkit.lint.inquiry import Told
from servkit.lint.stamps import Stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from servkit.book.settings import Settings
    from servkit.lint.inquiry import Inquiry

#: Fewer files are read sooner than they are shared out.
_MANY = 300
#: So many files are a part, but for the last ones, which are smaller, so that neither process waits long for the other;
#: there are fewer parts than a byte can number.
_PART = 128
_LEAST = 16
_MOST_PARTS = 160
#: What the rules say that look at no document has the number of no part.
_SETTINGS = -1


class Part(NamedTuple):
    """What some files hold, and what the rules said of them."""

    entries: list[Entry]
    problems: list[Problem]
    remarks: list[Problem]
    ignores: dict[str, list[Ignore]]
    broken: Broken
    stamps: Stamps
    told: Told


def read_files(
    root: str,
    paths: Sequence[str],
    settings: Settings,
    inquiry: Inquiry | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Part]:
    """Read files in their order, and ask about them. ``progress`` is told how many of how many are done."""
    reading = _Reading(root, paths, settings, inquiry)
    if progress is not None:
        progress(0, len(paths))
    found = reading.shared(progress) if len(paths) >= _MANY and worth_it() else {}
    for number in reading.numbers:  # all of them, or what a second process has taken and not told
        if number not in found:
            found[number] = reading.part(number)
            if progress is not None:
                progress(reading.files(len(found)), len(paths))
    if progress is not None:
        progress(len(paths), len(paths))
    return [found[number] for number in sorted(found)]


class _Reading:
    """What both processes know."""

    def __init__(self, root: str, paths: Sequence[str], settings: Settings, inquiry: Inquiry | None) -> None:
        self.root, self.paths, self.settings, self.inquiry = root, paths, settings, inquiry
        self.ends = _ends(len(paths)) if len(paths) >= _MANY else [len(paths)]
        self.numbers = [*([_SETTINGS] if inquiry is not None else []), *range(len(self.ends))]

    def files(self, parts: int) -> int:
        """About how many files so many parts have."""
        return self.ends[min(parts, len(self.ends)) - 1] if parts and self.ends else 0

    def part(self, number: int) -> Part:
        """Read the files of a part, and ask about it."""
        found = Part([], [], [], {}, Broken(), Stamps(), Told([], []))
        if number == _SETTINGS:
            return found._replace(told=self.inquiry.of_settings()) if self.inquiry is not None else found
        for path in self.paths[self.ends[number - 1] if number else 0 : self.ends[number]]:
            self._file(path, found)
        if self.inquiry is None:
            return found
        told = self.inquiry.of_part(found.entries)
        for entry in found.entries:
            entry.forget()
        return found._replace(told=told)

    def _file(self, path: str, found: Part) -> None:
        raw = read_bytes(self.root, path, found.problems, found.stamps.stamps)
        if raw is None:
            return
        found.stamps.note(raw)
        content = read_documents(path, raw, self.settings)
        found.entries.extend(content.entries)
        if content.problems:
            found.problems.extend(content.problems)
            found.broken.add(raw, [entry.line for entry in content.entries])
        if content.remarks:
            found.remarks.extend(content.remarks)
        if b"servkit:" in raw:
            found.ignores[path] = find_ignores(raw)

    def shared(self, progress: Callable[[int, int], None] | None) -> dict[int, Part]:
        """The parts by number, as far as both processes have come with them."""
        queue = Queue(number for number in self.numbers if number >= 0)
        found: dict[int, Part] = {}
        second = Aside(lambda: self._packed(queue))
        try:
            if self.inquiry is not None:
                self.inquiry.load()
            for number in queue:
                found[number] = self.part(number)
                self._take(second, found)
                if progress is not None:
                    progress(self.files(len(found)), len(self.paths))
            self._take(second, found, wait=True)
        finally:
            second.stop()
            queue.close()
        return found

    def _take(self, second: Aside, found: dict[int, Part], *, wait: bool = False) -> None:
        for number, packed in second.arrived(wait=wait):
            found[number] = _unpacked(packed)

    def _packed(self, queue: Queue) -> Iterator[tuple[int, Any]]:
        """In the second process: the parts that it takes, as plain data; first what hangs on no file of them."""
        if self.inquiry is not None:
            yield _SETTINGS, _pack(self.part(_SETTINGS))
        for number in queue:
            yield number, _pack(self.part(number))


def _ends(count: int) -> list[int]:
    """Where each part of so many files ends."""
    ends, end, most = [], 0, max(_PART, -(-count // _MOST_PARTS))
    while end < count:
        end = min(end + min(most, max((count - end) // 8, _LEAST)), count)
        ends.append(end)
    return ends


def _pack(part: Part) -> tuple[Any, ...]:
    """A part as plain data."""
    told = part.told
    return (
        list(map(_plain, part.entries)),
        list(map(tuple, part.problems)),
        list(map(tuple, part.remarks)),
        {path: list(map(tuple, notes)) for path, notes in part.ignores.items()},
        part.broken.plain(),
        (part.stamps.stamps, part.stamps.fresh),
        ([finding.row() for finding in told.findings], told.skipped, dict(told.gleaned)),
    )


def _unpacked(packed: tuple[Any, ...]) -> Part:
    entries, problems, remarks, ignores, broken, stamps, (findings, skipped, gleaned) = packed
    return Part(
        [_entry(*plain) for plain in entries],
        [Problem(*problem) for problem in problems],
        [Problem(*remark) for remark in remarks],
        {path: [Ignore(*note) for note in notes] for path, notes in ignores.items()},
        Broken(*broken),
        Stamps(*stamps),
        Told(list(map(from_row, findings)), skipped, gleaned),
    )


def _plain(entry: Entry) -> tuple[object, ...]:
    assert entry.source is not None
    return entry.logic, entry.source.packed()


def _entry(logic: Any, packed: Any) -> Entry:
    source = Source.unpacked(packed)
    return Entry(source.path, logic, source.data, source)
