"""What can still be seen of documents that cannot be read, so that one slip is not told a second time elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_FIELD = re.compile(r"^(kind|id):[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_WORD = re.compile(r"[\w-]+")


class Broken:
    """The kinds and ids of documents that are left out of the book, and the words in them."""

    def __init__(self, ids: Iterable[str] = (), kinds: Iterable[str] = (), words: Iterable[str] = ()) -> None:
        self.ids, self.kinds, self.words = set(ids), set(kinds), set(words)

    def plain(self) -> tuple[list[str], list[str], list[str]]:
        """The same as plain data, to be made again of."""
        return list(self.ids), list(self.kinds), list(self.words)

    def join(self, other: Broken) -> None:
        """Take in what another part of the book has."""
        self.ids |= other.ids
        self.kinds |= other.kinds
        self.words |= other.words

    def add(self, raw: bytes, sound: Collection[int]) -> None:
        """Look through a file; ``sound`` are the lines of the documents in it that could be read."""
        for first, last, text in documents(raw.decode("utf-8-sig", "replace")):
            if any(first <= line <= last for line in sound):
                continue
            for key, word in _FIELD.findall(text):
                (self.ids if key == "id" else self.kinds).add(word)
            self.words.update(_WORD.findall(text))

    def has(self, id_: str) -> bool:
        """Whether a document of this id may be among them; of a term, the document that owns it."""
        return id_ in self.ids or id_.partition(".")[0] in self.ids

    def mentions(self, word: str) -> bool:
        """Whether one of them may refer to this."""
        return word in self.words


def documents(text: str) -> Iterator[tuple[int, int, str]]:
    """The first and last line of each document of a file, and its text with the ``---`` that begins it."""
    lines = text.splitlines()
    starts = [0, *(number for number, line in enumerate(lines) if number and (line + " ").startswith("--- "))]
    for first, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield first + 1, end, "\n".join(lines[first:end])
