"""One YAML document as plain data, and the place of every part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problems import Problem

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

#: The way from a document to one of its parts: keys and indexes.
PartPath = tuple[str | int, ...]

#: A place is packed into one number: the line times this, which is more than any column, plus the column.
PACK = 1 << 21


class Mark(NamedTuple):
    """A place in a file. Lines and columns count from 1."""

    line: int
    column: int


class Source:
    """One YAML document: ``dict``, ``list``, ``str`` and None as ``data``, and the place of every part.

    ``places`` holds eight bytes for each node, in the order of the text: a node, then its parts; for a mapping's entry
    the key, then the value. ``offsets`` says, by the identity of a container, how many nodes after it each of its parts
    comes; they are worked out again where they are missing.
    """

    __slots__ = ("_offsets", "_places", "data", "path")

    def __init__(
        self, path: str, data: Any, places: array[int], offsets: dict[int, dict[str | int, int]] | None = None
    ) -> None:
        self.path, self.data = path, data
        self._places, self._offsets = places, offsets

    def place(self, where: Sequence[str | int] = (), *, key: bool = False) -> Mark:
        """The place of the part that ``where`` (keys and indexes) leads to, or of its key. Where there is no such part,
        the place of the nearest part above it."""
        data, index, at_key = self.data, 0, 0
        for step in where:
            if isinstance(data, (dict, list)):
                offset = self._offsets_in(data).get(step)
                if offset is not None:
                    at_key = index + offset - isinstance(data, dict)
                    index += offset
                    data = data[step]  # type: ignore[index]
                    continue
                if isinstance(data, list):
                    break
            if step != 0:  # one item may be written where a list is expected, and is its first
                break
        return Mark(*divmod(self._places[at_key if key else index], PACK))

    def line(self, where: Sequence[str | int] = ()) -> int:
        """The line of the part that ``where`` leads to."""
        return self.place(where).line if where else self._places[0] // PACK

    def problem(self, code: str, message: str, where: Sequence[str | int] = (), *, key: bool = False) -> Problem:
        """A problem at the place of ``where``."""
        line, column = self.place(where, key=key)
        return Problem(code, self.path, line, column, message)

    def forget(self) -> None:
        """Free the memory that only makes finding places quicker."""
        self._offsets = None

    def _offsets_in(self, data: dict[str, Any] | list[Any]) -> dict[str | int, int]:
        if self._offsets is None:
            self._offsets = {}
        found = self._offsets.get(id(data))
        if found is None:
            found = self._offsets[id(data)] = {}
            is_mapping = isinstance(data, dict)
            offset = 1 + is_mapping
            for name, item in data.items() if isinstance(data, dict) else enumerate(data):
                found[name] = offset
                offset += _count(item) + is_mapping
        return found


def _count(data: Any) -> int:
    """How many nodes a part and its parts are."""
    if isinstance(data, dict):
        return 1 + len(data) + sum(map(_count, data.values()))
    return 1 + sum(map(_count, data)) if isinstance(data, list) else 1
