"""One YAML document as plain data, and where every part of it stands."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problems import Problem

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from servkit.book.plain_yaml import Plain

#: A place is packed into one number, the line times this and the column.
PACK = 1 << 20
#: Whoever asks for more places of a file than this is sooner served with all of them.
_MOST_ASKED = 16
#: A document as plain data, which travels quickly: its path, its data, and its file or the places in it.
Packed = tuple[str, Any, bytes, bytes]


class Mark(NamedTuple):
    """A place in a file, from 1."""

    line: int
    column: int


class Source:
    """One YAML document: its plain data and where every part of it stands.

    Places are held in the order of the text, eight bytes each: a node, then its parts; of a mapping's entry the key and
    then the value. A file that was read the quick way is held as it is instead (``raw``), and composed when somebody
    asks for a place; its lines are known without.
    """

    __slots__ = ("_asked", "_places", "_plain", "_raw", "_steps", "data", "path")

    def __init__(
        self,
        path: str,
        data: Any,
        places: array[int] | None = None,
        steps: dict[int, dict[str | int, int]] | None = None,
        *,
        raw: bytes = b"",
        plain: Plain | None = None,
    ) -> None:
        self.path, self.data = path, data
        self._places, self._raw, self._plain = places, raw, plain
        #: How often a place has been looked up on its own.
        self._asked = 0
        #: How far into a container its parts stand, by the container's identity; without it, asking for the place
        #: of every row of a long table would take time by the square of its length.
        self._steps = steps

    def place(self, where: Sequence[str | int] = (), *, key: bool = False) -> Mark:
        """The place of the part that ``where`` (keys and indexes) leads to, or of its key; of the nearest part above
        where there is no such part."""
        if self._places is None and self._asked < _MOST_ASKED:
            self._asked += 1
            if (found := self._plain_place(where, key=key)) is not None:
                return found
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
        return Mark(*divmod(self._all_places()[at_key if key else index], PACK))

    def line(self, where: Sequence[str | int] = ()) -> int:
        """The line of the part that ``where`` leads to; of the nearest part above where there is no such part."""
        if self._places is not None:
            return self.place(where).line
        if self._plain is None:
            self._plain = self._read_again()
        _, line, lines = self._plain
        for step in where:
            if isinstance(lines, dict):
                part = lines.get(step)  # type: ignore[arg-type] # an index is no key, and not found
                if part is None and step == 0:
                    continue  # one item stands where a list is wanted, and is its first
            else:
                part = lines[step] if isinstance(step, int) and 0 <= step < len(lines) else None
            if part is None:
                break
            if isinstance(part, int):
                return part  # a text, or a collection in brackets on one line
            line, lines = part
        return line

    def one_line(self, where: Sequence[str | int]) -> int | None:
        """The line on which a part stands with all that is in it; None where that is not known."""
        if self._places is not None:
            return None
        if self._plain is None:
            self._plain = self._read_again()
        part: Any = self._plain[1:]
        for step in where:
            lines = part[1]
            part = lines.get(step) if isinstance(lines, dict) else None
            if part is None or isinstance(part, int):
                return part
        return None

    def problem(self, code: str, message: str, where: Sequence[str | int] = (), *, key: bool = False) -> Problem:
        """A problem at the place of ``where``."""
        line, column = self.place(where, key=key)
        return Problem(code, self.path, line, column, message)

    def forget(self) -> None:
        """Give back what was noted to find places quickly; they can still be asked for."""
        self._steps = self._plain = None

    def packed(self) -> Packed:
        """The document as plain data."""
        return self.path, self.data, self._raw, b"" if self._places is None else self._places.tobytes()

    @classmethod
    def unpacked(cls, packed: Packed) -> Source:
        """The document that was packed so."""
        path, data, raw, packed_places = packed
        if not packed_places:
            return cls(path, data, raw=raw)
        from array import array

        return cls(path, data, array("Q", packed_places), raw=raw)

    def _text(self) -> str:
        return self._raw.removeprefix(BOM_UTF8).decode()

    def _read_again(self) -> Plain:
        from servkit.book.plain_yaml import read_plain

        plain = read_plain(self._text())
        assert plain is not None, f"{self.path}: what was plain is so no more"
        return plain

    def _plain_place(self, where: Sequence[str | int], *, key: bool) -> Mark | None:
        from servkit.book.plain_places import find_place

        if self._plain is None:
            self._plain = self._read_again()
        found = find_place(self._text(), self._plain, where, key=key)
        return None if found is None else Mark(*found)

    def _all_places(self) -> array[int]:
        """The place of every node, in the order of the text."""
        if self._places is None:
            from servkit.book.composing import compose

            (found,) = compose(self.path, self._text(), [])
            assert found.data == self.data, f"{self.path}: libyaml reads it otherwise"
            self._places, self._raw, self._plain = found._places, b"", None  # noqa: SLF001 - one of our own
        assert self._places is not None
        return self._places

    def _offsets(self, data: dict[str, Any] | list[Any]) -> dict[str | int, int]:
        """How many nodes after the container each of its parts stands."""
        if self._steps is None:
            self._steps = {}
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
