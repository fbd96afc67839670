"""What an editor sends, with a bound: a length it only claims fills no memory."""

from __future__ import annotations

from io import BufferedReader, FileIO

from servkit.book.problems import ServkitError

#: No text of a book is near this long.
LONGEST_MESSAGE = 64 << 20
#: Nor is a line of the head of a message.
LONGEST_HEAD = 1 << 10


class BoundedReader(BufferedReader):
    """A reader of a file descriptor that raises ServkitError for what is too long to be a message."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(FileIO(descriptor, closefd=False))

    def readline(self, size: int | None = -1, /) -> bytes:
        """A line of the head."""
        line = super().readline(LONGEST_HEAD if size is None or size < 0 else size)
        if len(line) >= LONGEST_HEAD:
            raise ServkitError("the editor sends no messages of the Language Server Protocol")
        return line

    def read(self, size: int | None = -1, /) -> bytes:
        """The body of a message."""
        if size is not None and size > LONGEST_MESSAGE:
            raise ServkitError(f"the editor announces a message of {size:,} bytes; it may have {LONGEST_MESSAGE:,}")
        return super().read(size)
