"""Places inside a text: the reader knows where a value begins, and this finds a word of it in the file."""

from __future__ import annotations

import re
from itertools import islice
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

    def within(self, entry: Entry, where: Sequence[str | int], word: str, message: str, *, nth: int = 0) -> Finding:
        """A finding at a word of the text that ``where`` leads to, or at the word's ``nth`` place in it (from 0); at
        the text, where the word is not found in it."""
        assert entry.source is not None
        line, column = entry.source.place(where)
        lines = self.lines(entry.path)[line - 1 : line - 1 + _MOST]
        text = "\n".join(lines)
        found = next(islice(whole(word).finditer(text, column - 1), nth, None), None)
        if found is None:
            return Finding(entry.path, line, column, message, entry.name)
        before = text[: found.start()]
        down, across = before.count("\n"), found.start() - before.rfind("\n")
        return Finding(entry.path, line + down, across, message, entry.name)


def whole(word: str) -> re.Pattern[str]:
    """Finds words as they are written: in any case, over line breaks, with either apostrophe, and not within others."""
    words = r"\s+".join(re.escape(part).replace("'", "['’]") for part in word.split())
    return re.compile(rf"(?<![\w.-]){words}(?![\w-]|\.\w)" if word[:1].isalnum() else words, re.IGNORECASE)


def places(root: Path) -> Places:
    """The lookup of words."""
    return Places(root)
