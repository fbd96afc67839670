"""What can still be seen of documents that cannot be read, so that one slip is not told a second time elsewhere."""

from __future__ import annotations

import re

_ID = re.compile(r"^[ \t]*id:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_WORD = re.compile(r"[\w-]+(?:\.[\w-]+)*")


class Broken:
    """The ids of documents that are left out of the book, and the words in their files."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.words: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self.words)

    def add(self, raw: bytes) -> None:
        """Look through a file that has a document which cannot be read."""
        text = raw.decode("utf-8-sig", "replace")
        self.ids.update(_ID.findall(text))
        self.words.update(_WORD.findall(text))

    def has(self, id_: str) -> bool:
        """Whether a document of this id may be among them; of a term, the document that owns it."""
        return id_ in self.ids or id_.partition(".")[0] in self.ids

    def mentions(self, word: str) -> bool:
        """Whether one of them may refer to this."""
        return word in self.words
