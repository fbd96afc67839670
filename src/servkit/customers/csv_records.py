"""The records of a CSV file with their lines and bytes, read in one pass and bounded memory."""

from __future__ import annotations

import codecs
import csv
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from servkit.customers.file_format import FileRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A line with more bytes is skipped. A cell that goes on for longer has a quotation mark too many.
MAX_LINE = 1 << 20
MAX_CELL = 100_000


class Dialect(NamedTuple):
    """How the file is written. ``width`` is how many bytes a line feed has: more than one in UTF-16 and UTF-32."""

    encoding: str
    delimiter: str
    width: int = 1


#: What a file may begin with, and its encoding. UTF-32 first: its mark begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)


def read_dialect(encoding: str | None, delimiter: str | None, begin: bytes = b"") -> Dialect:
    """The dialect that servkit.yaml asks for, else what the first bytes of the file say.

    Raises ValueError where no file can be read that way.
    """
    mark = {"tab": "\t", "\\t": "\t"}.get(delimiter or ",", delimiter or ",")
    if len(mark) != 1 or mark in '"\r\n\0':
        raise ValueError(f"the delimiter must be one character such as , or the word tab, not {delimiter!r}")
    other = next((name for sign, name in _OTHER_FILES.items() if begin.startswith(sign)), None)
    if other:
        raise ValueError(f"it is {other}, not a text file; give it its own ending, or save it as CSV")
    name = _encoding(encoding, begin)
    return Dialect(name, mark, len("\n".encode(name)))


#: What other files begin with.
_OTHER_FILES = {
    b"PK\x03\x04": "an Excel workbook or another zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite database",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
}


def _encoding(encoding: str | None, begin: bytes) -> str:
    marked = next((name for sign, name in _MARKS if begin.startswith(sign)), None)
    found = marked or _without_mark(begin)
    if encoding is None or (marked and marked != "utf-8"):
        return found or "utf-8"
    try:
        name = codecs.lookup(encoding).name
        example = '\n,"a'.encode(name)
    except (LookupError, UnicodeError):
        raise ValueError(f"unknown encoding {encoding!r}; write one such as utf-8 or latin-1") from None
    if name == "utf-8-sig":
        return "utf-8"
    if name.startswith(("utf-16", "utf-32")) and begin and b"\0" not in begin:
        raise ValueError(f"it isn't in {encoding}; try `encoding: utf-8`")
    if name in ("utf-16", "utf-32"):  # which of two, its first bytes say
        return found if found and found.startswith(name) else f"{name}-le"
    if example != b'\n,"a' and not name.startswith(("utf-16-", "utf-32-")):
        raise ValueError(f"the encoding {encoding} is not supported; save the file as UTF-8")
    return name


def _without_mark(begin: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a heading is a NUL."""
    pairs = min(len(begin) // 2, 32)
    low, high = begin[: 2 * pairs : 2], begin[1 : 2 * pairs : 2]
    if pairs >= 2 and not any(high) and all(low):
        return "utf-16-le"
    return "utf-16-be" if pairs >= 2 and not any(low) and all(high) else None


def _reason(bad: csv.Error) -> str:
    """What the csv module means, in the words of this program."""
    text = str(bad)
    if "field limit" in text:
        return f"it has a cell of more than {csv.field_size_limit():,} characters"
    if "NUL" in text:
        return "it has a NUL character, which no text has"
    if "new-line" in text:
        return "a line ends in the middle of a cell; put the cell in quotation marks"
    return "its quotation marks don't match"


class _RunawayError(Exception):
    """A cell goes on for longer than any real cell."""


class Records:
    """The records of a file, in its order. What cannot be read is appended to ``faults`` as line and message."""

    def __init__(self, file: BinaryIO, dialect: Dialect, faults: list[tuple[int, str]]) -> None:
        self.file, self.dialect, self.faults = file, dialect, faults
        self.line = self.offset = self._begin = self._begin_line = self._taken = self._first_end = 0
        self._ended = False

    def __iter__(self) -> Iterator[FileRecord]:
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
                self.faults.append((line, f"Row {line} was skipped: {_reason(bad)}."))
                continue
            line = self._begin_line
            if self._ended and self._taken:
                message = f"Row {line}: a quotation mark is not closed. That cell and those after it count as unknown."
                self.faults.append((line, message))
                self.line, self.offset = line, self._first_end
                cells, reader = self._first_line(), self._reader()
            yield FileRecord(line, self._begin, self.offset - self._begin, cells)

    def _reader(self) -> Iterator[list[str]]:
        self._ended = False
        return csv.reader(self._lines(), delimiter=self.dialect.delimiter)

    def _first_line(self) -> list[str]:
        self.file.seek(self._begin)
        return cells_of(decoded(self.file.read(self._first_end - self._begin), self._begin, self.dialect), self.dialect)

    def _lines(self) -> Iterator[str]:
        self.file.seek(self.offset)
        while raw := read_line(self.file, self.dialect):
            if self._taken and self.offset - self._begin > MAX_CELL:
                raise _RunawayError
            self.line += 1
            start, self.offset = self.offset, self.offset + len(raw)
            if len(raw) >= MAX_LINE and not self._is_line(raw):
                self._skip_line()
                continue
            self._taken += 1
            if self._taken == 1:
                self._first_end = self.offset
            yield decoded(raw, start, self.dialect)
        self._ended = True

    def _is_line(self, raw: bytes) -> bool:
        return raw.endswith("\n".encode(self.dialect.encoding))

    def _skip_line(self) -> None:
        self.faults.append((self.line, f"Row {self.line} was skipped: it is longer than {MAX_LINE:,} bytes."))
        while more := read_line(self.file, self.dialect):
            self.offset += len(more)
            if self._is_line(more):
                break
        if not self._taken:
            self._begin, self._begin_line = self.offset, self.line + 1


def read_line(file: BinaryIO, dialect: Dialect) -> bytes:
    """The bytes up to the next line feed of the file's encoding, at most about MAX_LINE of them."""
    width = dialect.width
    if width == 1:
        return file.readline(MAX_LINE)
    line_feed, raw = "\n".encode(dialect.encoding), b""
    while more := file.readline(MAX_LINE):
        raw += more + file.read(-(len(raw) + len(more)) % width)
        if raw.endswith(line_feed) or len(raw) >= MAX_LINE:
            break
    return raw


def decoded(raw: bytes, start: int, dialect: Dialect) -> str:
    """Bytes of the file as text. Bytes that its encoding does not have become surrogates."""
    if start == 0:
        raw = next(
            (raw[len(mark) :] for mark, name in _MARKS if name == dialect.encoding and raw.startswith(mark)), raw
        )
    if dialect.width == 1:
        return raw.decode(dialect.encoding, "surrogateescape")
    raw = raw[: len(raw) - len(raw) % dialect.width]
    try:
        return raw.decode(dialect.encoding, "surrogatepass")
    except UnicodeDecodeError:
        return raw.decode(dialect.encoding, "replace")


def cells_of(text: str, dialect: Dialect) -> list[str]:
    """The cells of one record, without the last where its quotation mark is not closed."""
    cells, is_whole = read_record(text, dialect)
    return cells if is_whole else cells[:-1]


def read_record(text: str, dialect: Dialect) -> tuple[list[str], bool]:
    """The cells of one record, and whether all of its quotation marks are closed."""
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
        return [], False
    return cells, not asked_for_more


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
