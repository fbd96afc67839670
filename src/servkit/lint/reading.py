"""Reading the files of a book, the later ones in a second process where there are many."""

from __future__ import annotations

import marshal
import pickle
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servkit.book.entries import Entry
from servkit.book.files import read_bytes, read_documents
from servkit.book.source import Source
from servkit.lint.aside import Aside, worth_it
from servkit.lint.broken import Broken
from servkit.lint.ignores import Ignore, find_ignores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from servkit.book.problem import Problem
    from servkit.book.settings import Settings

#: Fewer files are read sooner than they are shared out.
_MANY = 300
#: The first process has to take in what the second has read, and so reads a little less itself.
_SHARE = 0.46
#: So many documents travel together.
_BATCH = 256
_LENGTH = 8


@dataclass
class Read:
    """What some files hold."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    ignores: dict[str, list[Ignore]] = field(default_factory=dict)
    broken: Broken = field(default_factory=Broken)

    def add(self, root: str, path: str, settings: Settings) -> None:
        """Read one file."""
        raw = read_bytes(root, path, self.problems)
        if raw is None:
            return
        content = read_documents(path, raw, settings)
        self.entries += content.entries
        if content.problems:
            self.problems += content.problems
            self.broken.add(raw, [entry.line for entry in content.entries])
        self.remarks += content.remarks
        if b"servkit:" in raw:
            self.ignores[path] = find_ignores(raw)


def read_files(
    root: str, paths: Sequence[str], settings: Settings, progress: Callable[[int, int], None] | None = None
) -> Read:
    """Read files in their order. ``progress`` is told how many of how many are done."""
    if len(paths) < _MANY or not worth_it():
        return _read(root, paths, settings, Read(), progress, len(paths))
    first = int(len(paths) * _SHARE)
    rest = paths[first:]
    aside = Aside(lambda: _packed(root, rest, settings))
    try:
        found = _read(root, paths[:first], settings, Read(), progress, len(paths))
        packed = aside.result()
    finally:
        aside.stop()
    if packed is None:
        return _read(root, rest, settings, found, None, len(rest))
    _unpack(packed, found)
    return found


def _read(
    root: str,
    paths: Sequence[str],
    settings: Settings,
    found: Read,
    progress: Callable[[int, int], None] | None,
    of: int,
) -> Read:
    for done, path in enumerate(paths):
        if progress is not None and not done % 128:
            progress(done * of // len(paths), of)
        found.add(root, path, settings)
    return found


def _packed(root: str, paths: Sequence[str], settings: Settings) -> Iterator[bytes]:
    """In the second process: what it reads. Documents travel as plain data, which is the quickest; then the rest."""
    rest = Read()
    for path in paths:
        rest.add(root, path, settings)
        if len(rest.entries) >= _BATCH:
            yield _frame(marshal.dumps([_plain(entry) for entry in rest.entries]))
            rest.entries.clear()
    yield _frame(marshal.dumps([_plain(entry) for entry in rest.entries]))
    rest.entries.clear()
    yield _frame(b"") + pickle.dumps(rest)


def _frame(batch: bytes) -> bytes:
    return len(batch).to_bytes(_LENGTH, "big") + batch


def _plain(entry: Entry) -> tuple[object, ...]:
    assert entry.source is not None
    return entry.path, entry.logic, entry.prose, entry.source.places.tobytes()


def _unpack(packed: bytes, found: Read) -> None:
    """Add what the second process has read."""
    view, start = memoryview(packed), 0
    while length := int.from_bytes(view[start : start + _LENGTH], "big"):
        start += _LENGTH
        for path, logic, prose, places in marshal.loads(view[start : start + length]):  # noqa: S302 - our own child's
            found.entries.append(Entry(path, logic, prose, Source(path, prose, array("Q", places))))
        start += length
    rest: Read = pickle.loads(view[start + _LENGTH :])  # noqa: S301 - our own child's, over our own pipe
    found.problems += rest.problems
    found.remarks += rest.remarks
    found.ignores |= rest.ignores
    for name in ("ids", "kinds", "words"):
        getattr(found.broken, name).update(getattr(rest.broken, name))
