"""The consistency matrix: which area has what it requires, on which channel (BOOK.md 2 and 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings

#: What an area may require, in the order in which it is told.
NEEDS = ("standard", "script", "procedure", "recovery")


class Matrix:
    """How many documents of each kind an area has on a channel, today."""

    def __init__(self, settings: Settings, kinds: Mapping[str, Sequence[Entry]], today: int) -> None:
        self.settings = settings
        #: Where the book declares no channels, one column stands for them all.
        self.channels: tuple[str | None, ...] = settings.channels or (None,)
        self._count: dict[tuple[str, str, str | None], int] = {}
        for kind in NEEDS:
            for entry in kinds[kind]:
                if not entry.in_force(today):
                    continue
                for area in entry.list("areas"):
                    for channel in entry.list("channels") or self.channels:
                        place = (area, kind, channel)
                        self._count[place] = self._count.get(place, 0) + 1

    def channels_of(self, area: str) -> tuple[str | None, ...]:
        """The channels on which an area has to be consistent."""
        return tuple(self.settings.areas[area].get("channels") or self.channels)

    def required(self, area: str, kind: str) -> bool:
        """Whether the area requires a document of this kind."""
        return bool(self.settings.areas[area].get(kind) == "required")

    def count(self, area: str, kind: str, channel: str | None) -> int:
        """How many documents of the kind the area has on the channel."""
        return self._count.get((area, kind, channel), 0)

    def is_empty(self, area: str) -> bool:
        """Whether there is nothing of the area at all, on any channel."""
        return not any(place[0] == area for place in self._count)

    def gaps(self) -> Iterator[tuple[str, str, tuple[str | None, ...]]]:
        """Areas that lack something they require, and on which channels."""
        for area in self.settings.areas:
            for kind in NEEDS:
                lacking = [channel for channel in self.channels_of(area) if not self.count(area, kind, channel)]
                if lacking and self.required(area, kind):
                    yield area, kind, tuple(lacking)


def matrix(settings: Settings, kinds: Mapping[str, Sequence[Entry]], today: int) -> Matrix:
    """The matrix of the book as it stands today."""
    return Matrix(settings, kinds, today)
