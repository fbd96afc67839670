"""Reading a file that somebody names, as text, with its place in every message."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import NamedTuple

from servkit.book.problems import ServkitError
from servkit.files import read_file

#: A larger file is no export of saved replies.
LARGEST = 256 << 20
_OTHER_FILES = {
    b"PK\x03\x04": "a zip file or a workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3": "a database",
}
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


class SourceFile(NamedTuple):
    """The bytes of a file; ``path`` is as it was given, for messages."""

    path: str
    data: bytes

    @property
    def name(self) -> str:
        """Its name without a folder."""
        return PurePath(self.path).name

    @property
    def ending(self) -> str:
        return PurePath(self.path).suffix.lower()

    def text(self) -> str:
        """Its text: UTF-8, or UTF-16 with a mark. Raises ServkitError."""
        other = next((what for sign, what in _OTHER_FILES.items() if self.data.startswith(sign)), None)
        if other is not None:
            raise ServkitError(
                f"This is {other}, not text. Export the replies as text from the program.", path=self.path
            )
        encoding = next((name for mark, name in _MARKS if self.data.startswith(mark)), "utf-8")
        try:
            return self.data.decode(encoding)
        except UnicodeDecodeError as fault:
            line = self.data.count(b"\n", 0, fault.start) + 1
            name = encoding.removesuffix("-sig").upper()
            message = f"The byte 0x{self.data[fault.start]:02x} isn't {name}. Save the file as UTF-8."
            raise ServkitError(message, path=self.path, line=line) from None

    def fault(self, message: str, line: int = 0) -> ServkitError:
        """An error in this file."""
        return ServkitError(message, path=self.path, line=line)


def read_source(path: Path) -> SourceFile:
    """Read a file. Raises ServkitError."""
    try:
        return SourceFile(str(path), read_file(path, LARGEST))
    except OSError as fault:
        raise ServkitError(f"cannot be read: {fault.strerror or fault}", path=str(path)) from None
