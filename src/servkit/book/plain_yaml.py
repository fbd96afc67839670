"""The plain part of YAML, read without a composer: most files of most books, at a fifth of the cost.

What is read here is read exactly as libyaml reads it. What is not certain to be is left to it
(:mod:`servkit.book.composing`): several documents, anchors, tags, complex keys, tabs, collections in brackets and texts
in quotation marks that go on for several lines, keys that are there twice, and all that is wrong.

One regular expression takes every line apart. What stands in brackets becomes JSON that holds nothing but texts, and
Python's own reader of JSON does the rest.
"""

from __future__ import annotations

from sys import intern
from typing import Any

from servkit.book.plain_flow import MAX_DEPTH, bracketed
from servkit.book.plain_texts import block_text, gone_on
from servkit.book.plain_tokens import LINE, MOST_KEPT, QUOTES, SHORT, STRANGE_TOO, quoted, short

#: A longer file is left to libyaml: every line is held several times over here.
_MOST_CHARACTERS = 1 << 17
#: libyaml takes a key of up to 1024 characters, quotation marks and all.
_LONG_KEY = 1000

#: The line of each part of a block collection; of a part that is a block collection, its line and its own parts.
Lines = dict[str, Any] | list[Any]
#: One document: its data, the line where it begins, and those of its parts.
Plain = tuple[Any, int, Lines]


def read_plain(text: str) -> Plain | None:
    """The one document of a text, or None where it is not certain what libyaml makes of it."""
    if "<<" in text or "\n... " in text or text.startswith("... ") or len(text) > _MOST_CHARACTERS:
        return None  # merge keys, and the end of a document
    if not text.isascii() and any(character in text for character in STRANGE_TOO):
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    try:
        return _read(text)
    except (ValueError, StopIteration, RecursionError):
        return None


class _Keys(dict[str, str]):
    """Every key as it is written, with its text; the same few stand in every document."""

    def __missing__(self, written: str) -> str:
        if len(written) > _LONG_KEY:
            raise ValueError
        key = intern(quoted(written) if written[0] in QUOTES else written)
        if len(self) < MOST_KEPT:
            self[written] = key
        return key


_keys = _Keys()


class _Open:
    """The block collections that are open: the innermost, the lines of its parts and its column; and those above."""

    __slots__ = ("_rows", "_text", "above", "column", "data", "lines")

    def __init__(self, text: str) -> None:
        self._text, self._rows = text, [""]
        self.data: Any = [None]
        self.lines: Any = [0]
        self.column = -1
        self.above: list[tuple[int, Any, Any]] = []

    def begin(self, key: str | int, made: Any, made_lines: Any, line: int, column: int) -> None:
        """A collection begins, as the part ``key`` of the innermost."""
        if len(self.above) == MAX_DEPTH:
            raise ValueError
        self.data[key], self.lines[key] = made, (line, made_lines)
        self.above.append((self.column, self.data, self.lines))
        self.data, self.lines, self.column = made, made_lines, column

    def end(self) -> None:
        self.column, self.data, self.lines = self.above.pop()

    def go_to(self, line: int, at: int, dash: str, colon: str, key: str | int, *, pending: bool) -> None:
        """Makes the collection the innermost that the line belongs to, whose text begins at the column ``at``.

        ``key`` is the last part so far of the innermost, and ``pending`` whether nothing has been said of it yet.
        """
        part = dash or colon  # else the line is what there is to say of the last part
        begins = at > self.column
        while at < self.column:
            self.end()
            pending = False
        if not begins:
            if at != self.column or not part:
                raise ValueError
            begins = bool(dash) and self.data.__class__ is dict  # a list that is not indented
            if not dash and self.data.__class__ is list:  # the end of one
                self.end()
                if at != self.column:
                    raise ValueError
        if begins:
            if not pending or (self.column < 0 and not part):
                raise ValueError
            if dash:
                self.begin(key, [], [], line, at)
            elif colon:
                self.begin(key, {}, {}, line, at)
        if dash:
            self.data.append(None)
            self.lines.append(line)
            if colon:
                self.begin(-1, {}, {}, line, at + len(dash))

    def document(self) -> Plain:
        """The whole, when everything is said."""
        while self.above:
            self.end()
        if self.data[0] is None:
            raise ValueError
        return (self.data[0], *self.lines[0])

    def rows(self) -> list[str]:
        """The lines of the text, for what goes on for several."""
        if len(self._rows) == 1:
            self._rows = self._text.split("\n")
        return self._rows


def _read(text: str) -> Plain:
    """The document. ValueError where something is not certain."""
    begin = 4 if text.startswith("---\n") else 0
    ended = text if text.endswith("\n") else text + "\n"
    ragged = " \n" in ended or " #" in ended  # else no plain text has spaces behind it
    opened = _Open(text)
    data, lines = opened.data, opened.lines
    key: Any = -1
    inset: str | None = None  # the indentation of the innermost collection where it is a mapping
    pending, resume = True, 0  # nothing has been said yet of its last part; the line to go on with
    for number, (indent, dash, first, colon, plain, flow, other, bad) in enumerate(
        LINE.findall(ended, begin), 2 if begin else 1
    ):
        if number < resume:
            continue
        if not colon or dash or indent != inset:  # it is not just one more entry of this mapping
            if not (first or dash or flow or other or bad):
                continue  # an empty line or a comment
            at = len(bad) - len(bad.lstrip(" ")) if bad else len(indent)
            if at > opened.column and not pending:
                data[key], resume = gone_on(data[key], opened.rows(), lines[key], number, opened.column)
                continue
            if bad:
                raise ValueError
            opened.go_to(number, at, dash, colon, key, pending=pending)
            data, lines = opened.data, opened.lines
            if data.__class__ is dict:
                inset = " " * opened.column
            else:
                inset, key = None, -1
        if colon:
            key = _keys[first]
            if key in data:
                raise ValueError
        elif first:
            if plain or flow or other:
                raise ValueError
            plain, other = ("", first) if first[0] in QUOTES else (first, "")  # noqa: PLW2901
        value: Any = None
        pending = not (plain or flow or other)
        if plain:
            value = plain.rstrip(" ") if ragged else plain
            if len(value) < SHORT:
                value = intern(value)
        elif flow:
            value = bracketed(flow, len(opened.above))
        elif other:
            if other[0] in QUOTES:
                value = short(quoted(other))
            else:
                value, resume = block_text(other, opened.rows(), number, opened.column)
        data[key] = value
        lines[key] = number
    return opened.document()
