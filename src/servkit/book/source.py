"""One YAML document as plain data, and the place of every part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The way from a document to one of its parts: keys and indexes.
PartPath = tuple[str | int, ...]


class Mark(NamedTuple):
    """A place in a file. Lines and columns count from 1."""

    line: int
    column: int


class Source:
    """One YAML document: ``dict``, ``list``, ``str`` and None as ``data``, and the place of every part.

    Where a container is filled, ``marks`` says by its identity where the key and the value of each part are: libyaml's
    own marks, which count from 0. ``start`` is where the document begins.
    """

    __slots__ = ("_marks", "_start", "data", "path")

    def __init__(self, path: str, data: Any, start: Any, marks: dict[int, dict[Any, tuple[Any, Any]]]) -> None:
        self.path, self.data = path, data
        self._start, self._marks = start, marks

    def place(self, where: Sequence[str | int] = (), *, key: bool = False) -> Mark:
        """The place of the part that ``where`` (keys and indexes) leads to, or of its key. Where there is no such part,
        the place of the nearest part above it."""
        found = self._nearest(where)[not key]
        return Mark(found.line + 1, found.column + 1)

    def line(self, where: Sequence[str | int] = ()) -> int:
        """The line of the part that ``where`` leads to."""
        line: int = self._nearest(where)[1].line + 1
        return line

    def _nearest(self, where: Sequence[str | int]) -> tuple[Any, Any]:
        """The marks of the key and the value of a part."""
        data, marks, nearest = self.data, self._marks, (self._start, self._start)
        for step in where:
            parts = marks.get(id(data))
            if parts is not None and step in parts:
                nearest, data = parts[step], data[step]
            elif step != 0 or isinstance(data, list):  # one item may be written where a list is expected: its first
                break
        return nearest

    def problem(self, code: str, message: str, where: Sequence[str | int] = (), *, key: bool = False) -> Problem:
        """A problem at the place of ``where``."""
        line, column = self.place(where, key=key)
        return Problem(code, self.path, line, column, message)
