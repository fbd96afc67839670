"""The text of a file as an editor counts it: lines end where the protocol says, characters are units of an encoding."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

#: Where lines end for the protocol, and for YAML.
_LINE_END = re.compile(r"\r\n|\n|\r")
_YAML_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NAME = re.compile(r"[\w-]*")
_MARK = "\ufeff"


class Text:
    """A text. ``units`` is the encoding in which a client counts characters: ``utf-8``, ``utf-16`` or ``utf-32``.

    Offsets count the characters of ``body``, which is the text without a mark at its start.
    """

    def __init__(self, text: str, units: str = "utf-16") -> None:
        self.whole, self.units = text, units
        self.body = text.removeprefix(_MARK)
        self._mark = len(text) - len(self.body)

    @property
    def raw(self) -> bytes:
        """The text as a file holds it. Half a surrogate pair is no text, and becomes a question mark."""
        return self.whole.encode("utf-8", "replace")

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.body))]

    @cached_property
    def _yaml_starts(self) -> list[int]:
        return [0, *(found.end() for found in _YAML_LINE_END.finditer(self.body))]

    @property
    def line_count(self) -> int:
        return len(self._starts)

    def line(self, number: int) -> str:
        """A line (from 0) without its end; empty where there is none."""
        if not 0 <= number < len(self._starts):
            return ""
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.body)
        return self.body[self._starts[number] : end].rstrip("\r\n")

    def offset(self, line: int, character: int) -> int:
        """The offset of a position of the protocol; one that is beyond a line means the end of the line."""
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self.body)
        content = self.line(line)
        units = max(character - (self._mark if line == 0 else 0), 0)
        if self.units == "utf-32" or content.isascii():
            return self._starts[line] + min(units, len(content))
        width = 1 if self.units == "utf-8" else 2
        encoded = content.encode("utf-8" if width == 1 else "utf-16-le", "replace")[: units * width]
        return self._starts[line] + len(encoded.decode("utf-8" if width == 1 else "utf-16-le", "ignore"))

    def position(self, offset: int) -> tuple[int, int]:
        """The line and character (from 0) of an offset, as the protocol counts them."""
        offset = min(max(offset, 0), len(self.body))
        line = bisect_right(self._starts, offset) - 1
        before = self.body[self._starts[line] : offset]
        if self.units == "utf-32" or before.isascii():
            units = len(before)
        elif self.units == "utf-8":
            units = len(before.encode("utf-8", "replace"))
        else:
            units = len(before.encode("utf-16-le", "replace")) // 2
        return line, units + (self._mark if line == 0 else 0)

    def offset_of_place(self, line: int, column: int) -> int:
        """The offset of a line and column (from 1) of the book's reader; the start where the whole file is meant."""
        starts = self._yaml_starts
        if line < 1 or line > len(starts):
            return 0 if line < 1 else len(self.body)
        return min(starts[line - 1] + max(column - 1, 0), len(self.body))

    def end_of_word(self, offset: int) -> int:
        """Where the quoted text, or else the word, that begins at an offset ends: on the same line."""
        end = self.line_end(offset)
        quote = self.body[offset : offset + 1]
        if quote in ("'", '"'):
            closing = self.body.find(quote, offset + 1, end)
            return closing + 1 if closing > 0 else end
        found = re.compile(r"[^\s,\[\]{}:#]+(?:[ :.][^\s,\[\]{}:#]+)*").match(self.body, offset, end)
        return found.end() if found else min(offset + 1, end)

    def end_of_name(self, offset: int) -> int:
        """Where the name that an offset is in ends."""
        found = _NAME.match(self.body, offset)
        return found.end() if found else offset

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends."""
        found = _LINE_END.search(self.body, offset)
        return found.start() if found else len(self.body)
