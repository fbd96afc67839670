"""What was worked out once and is asked again: the same few values and conditions fill a whole book."""

from __future__ import annotations

from typing import TypeVar

#: So many are kept at most; a book that says more different things than that begins again with none.
MOST = 4096
#: A longer text or list is hardly said twice, and keeping it takes room.
LONGEST = 100

_K = TypeVar("_K")
_V = TypeVar("_V")


class Kept(dict[_K, _V]):
    """What was worked out, by what it was worked out from; never more than :data:`MOST`."""

    __slots__ = ()

    def keep(self, key: _K, value: _V) -> None:
        if len(self) >= MOST:
            self.clear()
        self[key] = value
