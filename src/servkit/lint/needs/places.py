"""Places inside a text: the reader knows where a value begins, and this finds a word of it in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servkit.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from servkit.book.entries import Entry

#: A text goes on for so many lines at most.
_MOST = 400


class Places:
    """Looks words up in the files, each file read once while it is looked at."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._path, self._lines = "", [""]

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a file of the book; none of what is no plain file, and might never end."""
        if path != self._path:
            try:
                file = self.root / path
                text = file.read_bytes().decode("utf-8-sig", "replace") if file.is_file() else ""
            except (OSError, ValueError):
                text = ""
            self._path, self._lines = path, text.splitlines()
        return self._lines

    def within(
        self, entry: Entry, where: Sequence[str | int], word: str, message: str, *, key: bool = False
    ) -> Finding:
        """A finding at a word of the text that ``where`` leads to; at the text, where the word is not found in one
        line of it."""
        assert entry.source is not None
        line, column = entry.source.place(where, key=key)
        lines = self.lines(entry.path)
        wanted, start = re.compile(r"\s+".join(map(re.escape, word.split())), re.IGNORECASE), column - 1
        for number in range(line - 1, min(len(lines), line - 1 + _MOST)):
            if found := wanted.search(lines[number], start):
                return Finding(entry.path, number + 1, found.start() + 1, message, entry.name)
            start = 0
        return Finding(entry.path, line, column, message, entry.name)


def places(root: Path) -> Places:
    """The lookup of words."""
    return Places(root)
