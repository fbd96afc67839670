"""One YAML document as plain data, and where every part of it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problem import Problem

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

#: A place is packed into one number, the line times this and the column.
PACK = 1 << 20


class Mark(NamedTuple):
    """A place in a file, from 1."""

    line: int
    column: int


class Source:
    """One YAML document: its plain data and where every part of it stands.

    ``places`` holds the places in the order of the text, eight bytes each: a node, then its parts; of a mapping's
    entry the key and then the value.
    """

    __slots__ = ("_steps", "data", "path", "places")

    def __init__(
        self, path: str, data: Any, places: array[int], steps: dict[int, dict[str | int, int]] | None = None
    ) -> None:
        self.path, self.data, self.places = path, data, places
        #: How far into a container its parts stand, by the container's identity; without it, asking for the place
        #: of every row of a long table would take time by the square of its length.
        self._steps: dict[int, dict[str | int, int]] = {} if steps is None else steps

    def place(self, where: Sequence[str | int] = (), *, key: bool = False) -> Mark:
        """The place of the part that ``where`` (keys and indexes) leads to, or of its key; of the nearest part above
        where there is no such part."""
        data, index, at_key = self.data, 0, 0
        for step in where:
            if isinstance(data, dict):
                offset = self._offsets(data).get(step)
                if offset is None and step == 0:
                    continue  # one item stands where a list is wanted, and is its first
                if offset is None:
                    break
                at_key, index, data = index + offset - 1, index + offset, data[str(step)]
            elif isinstance(data, list):
                offset = self._offsets(data).get(step)
                if offset is None:
                    break
                index += offset
                at_key, data = index, data[int(step)]
            elif step != 0:
                break
            # else: one item stands where a list is wanted, and is its first
        return Mark(*divmod(self.places[at_key if key else index], PACK))

    def problem(self, code: str, message: str, where: Sequence[str | int] = (), *, key: bool = False) -> Problem:
        """A problem at the place of ``where``."""
        line, column = self.place(where, key=key)
        return Problem(code, self.path, line, column, message)

    def forget(self) -> None:
        """Give back what was noted to find places quickly; they can still be asked for."""
        self._steps.clear()

    def _offsets(self, data: dict[str, Any] | list[Any]) -> dict[str | int, int]:
        """How many nodes after the container each of its parts stands."""
        found = self._steps.get(id(data))
        if found is None:
            found = self._steps[id(data)] = {}
            pairs, offset = (data.items(), 2) if isinstance(data, dict) else (enumerate(data), 1)
            skip = offset - 1
            for name, item in pairs:
                found[name] = offset
                offset += _count(item) + skip
        return found


def _count(data: Any) -> int:
    """How many nodes this part and its parts are."""
    if isinstance(data, dict):
        return 1 + len(data) + sum(map(_count, data.values()))
    return 1 + sum(map(_count, data)) if isinstance(data, list) else 1
