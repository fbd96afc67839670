"""The records of a CSV file with their lines and bytes, read in one pass and bounded memory."""

from __future__ import annotations

import codecs
import csv
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A line with more bytes is skipped. A cell that goes on for longer has a quotation mark too many.
MAX_LINE = 1 << 20
MAX_CELL = 100_000


class CsvRecord(NamedTuple):
    """One record: the line it begins in (from 1), its bytes, and its cells; cells from an unclosed quotation mark on
    are left out."""

    line: int
    start: int
    size: int
    cells: list[str]


class Dialect(NamedTuple):
    """How the file is written."""

    encoding: str
    delimiter: str


def read_dialect(encoding: str | None, delimiter: str | None) -> Dialect:
    """The dialect that servkit.yaml asks for. Raises ValueError where no file can be read that way."""
    try:
        name = codecs.lookup(encoding or "utf-8").name
        plain = '\n,"a'.encode(name if name != "utf-8-sig" else "utf-8") == b'\n,"a'
    except LookupError:
        raise ValueError(f"unknown encoding {encoding!r}; write one such as utf-8 or latin-1") from None
    if not plain:
        raise ValueError(f"the encoding {encoding} is not supported; save the file as UTF-8")
    mark = {"tab": "\t", "\\t": "\t"}.get(delimiter or ",", delimiter or ",")
    if len(mark) != 1 or mark in '"\r\n\0':
        raise ValueError(f"the delimiter must be one character such as , or the word tab, not {delimiter!r}")
    return Dialect("utf-8" if name == "utf-8-sig" else name, mark)


class _RunawayError(Exception):
    """A cell goes on for longer than any real cell."""


class Records:
    """The records of a file, in its order. What cannot be read is appended to ``faults`` as line and message."""

    def __init__(self, file: BinaryIO, dialect: Dialect, faults: list[tuple[int, str]]) -> None:
        self.file, self.dialect, self.faults = file, dialect, faults
        self.line = self.offset = self._begin = self._begin_line = self._taken = self._first_end = 0
        self._ended = False

    def __iter__(self) -> Iterator[CsvRecord]:
        reader = self._reader()
        while True:
            self._begin_line, self._begin, self._taken = self.line + 1, self.offset, 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except _RunawayError:
                self._ended = True
            except csv.Error as bad:
                line = self._begin_line
                self.faults.append((line, f"Row {line} was skipped: {bad}."))
                continue
            line = self._begin_line
            if self._ended and self._taken:
                message = f"Row {line}: a quotation mark is not closed. That cell and those after it count as unknown."
                self.faults.append((line, message))
                self.line, self.offset = line, self._first_end
                cells, reader = self._first_line(), self._reader()
            yield CsvRecord(line, self._begin, self.offset - self._begin, cells)

    def _reader(self) -> Iterator[list[str]]:
        self._ended = False
        return csv.reader(self._lines(), delimiter=self.dialect.delimiter)

    def _first_line(self) -> list[str]:
        self.file.seek(self._begin)
        return cells_of(decoded(self.file.read(self._first_end - self._begin), self._begin, self.dialect), self.dialect)

    def _lines(self) -> Iterator[str]:
        self.file.seek(self.offset)
        while raw := self.file.readline(MAX_LINE):
            if self._taken and self.offset - self._begin > MAX_CELL:
                raise _RunawayError
            self.line += 1
            start, self.offset = self.offset, self.offset + len(raw)
            if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
                self._skip_line()
                continue
            self._taken += 1
            if self._taken == 1:
                self._first_end = self.offset
            yield decoded(raw, start, self.dialect)
        self._ended = True

    def _skip_line(self) -> None:
        self.faults.append((self.line, f"Row {self.line} was skipped: it is longer than {MAX_LINE:,} bytes."))
        while more := self.file.readline(MAX_LINE):
            self.offset += len(more)
            if more.endswith(b"\n"):
                break
        if not self._taken:
            self._begin, self._begin_line = self.offset, self.line + 1


def decoded(raw: bytes, start: int, dialect: Dialect) -> str:
    """Bytes of the file as text. Bytes that its encoding does not have become surrogates."""
    if start == 0:
        raw = raw.removeprefix(codecs.BOM_UTF8)
    return raw.decode(dialect.encoding, "surrogateescape")


def cells_of(text: str, dialect: Dialect) -> list[str]:
    """The cells of one record, without the last where its quotation mark is not closed."""
    asked_for_more = False

    def lines() -> Iterator[str]:
        nonlocal asked_for_more
        pieces = text.split("\n")
        for number, piece in enumerate(pieces):
            if number < len(pieces) - 1:
                yield piece + "\n"
            elif piece:
                yield piece
        asked_for_more = True

    try:
        cells = next(csv.reader(lines(), delimiter=dialect.delimiter), [])
    except csv.Error:
        return []
    return cells[:-1] if asked_for_more else cells


def places_of(text: str, dialect: Dialect) -> list[tuple[int, int]]:
    """Where each cell of a record begins: how many lines further down, and the column from 1."""
    out, line, line_start, fresh, quoted = [(0, 1)], 0, 0, True, False
    skip = -1
    for place, char in enumerate(text):
        if place == skip:
            continue
        if char == "\n":
            line, line_start = line + 1, place + 1
        if quoted:
            if char == '"' and text[place + 1 : place + 2] == '"':
                skip = place + 1
            elif char == '"':
                quoted = False
        elif char == '"' and fresh:
            quoted = True
        elif char == dialect.delimiter:
            out.append((line, place + 2 - line_start))
            fresh = True
            continue
        fresh = False
    return out
