"""What a format of customer files has to offer, beside what all files have in common (``file_source``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Sequence
    from typing import BinaryIO

    from servkit.customers.cells import Cell


class FileRecord(NamedTuple):
    """One record: the line it begins in (from 1; 0 where the format has no lines), its bytes, and its cells."""

    line: int
    start: int
    size: int
    cells: Sequence[Cell]


class FileFormat(Protocol):
    """How one file is written. A new one is made for every file.

    ``header`` holds the headings of the columns, once the file is read or its index is open. ``is_stored`` says that a
    record cannot be read by itself, so that its cells are kept in the index; ``learns_columns``, that the header is
    whole only once all records are read.
    """

    header: list[str]
    is_stored: bool
    learns_columns: bool

    @property
    def not_text(self) -> str:
        """What to do about bytes that are no text."""

    def begin(self, file: BinaryIO) -> tuple[object, ...]:
        """Look at the first bytes of an open file; what is found there is part of the key of its index.

        Raises ValueError, with the reason, where no file can be read that way.
        """

    def read(
        self, file: BinaryIO, faults: list[tuple[int, str]], ids: Collection[str] | None = None
    ) -> Generator[FileRecord]:
        """The records, after the header; where only some ``ids`` matter, others may be left out.

        What cannot be read is appended to ``faults``, by line (0 for the whole file) and message. Raises ValueError,
        with the reason, where the file cannot be read."""

    def no_id(self, column: str) -> tuple[int, str]:
        """What to say where no record has the column of the ids: line and message."""

    def cells(self, raw: bytes, start: int) -> tuple[Sequence[Cell], Sequence[tuple[int, int]]]:
        """The cells of one record, and their places in it: how many lines down, and the column from 1."""
