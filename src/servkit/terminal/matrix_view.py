"""The consistency matrix: areas down, channels across, a letter for each kind of document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from servkit.lint.fixtures.matrix import NEEDS
from servkit.terminal.screen import Screen, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from servkit.lint.fixtures.matrix import Matrix

_LETTERS = {"standard": "S", "script": "W", "procedure": "P", "recovery": "R"}


def matrix_screen(matrix: Matrix) -> Screen:
    """The matrix, its legend, and what is missing."""
    screen = Screen()
    screen.add(_Grid(matrix))
    screen.gap()
    screen.put("S standard, W words (a script), P procedure, R recovery; ! required but missing, · not required")
    gaps = list(matrix.gaps())
    if not gaps:
        screen.put("Every area has what it requires.", "green")
    for area, kind, channels in gaps:
        where = f" on {', '.join(map(str, channels))}" if channels != (None,) else ""
        screen.put(f"{area} has no {kind}{where}", "red")
    return screen


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table; on a terminal that is too narrow for it, a block for each area."""

    matrix: Matrix

    def lines(self, _console: Console, width: int) -> Iterator[Text]:
        areas = {area: one_line(area) for area in self.matrix.settings.areas}
        channels = {channel: one_line(channel or "any") for channel in self.matrix.channels}
        first = max(map(cell_len, areas.values()), default=4)
        other = max(len(NEEDS), *map(cell_len, channels.values())) + 2
        if first + 2 + len(channels) * other <= width:
            yield self._row("", first, [Text(set_cell_size(name, other)) for name in channels.values()], "bold")
            for area, name in areas.items():
                yield self._row(name, first, [self._cell(area, channel, other) for channel in channels])
            return
        for area, name in areas.items():
            yield Text(name, "bold")
            for channel in self.matrix.channels_of(area):
                yield Text.assemble("  ", self._cell(area, channel, len(NEEDS) + 2), channels[channel])

    def _row(self, name: str, first: int, cells: list[Text], style: str = "") -> Text:
        return Text.assemble(set_cell_size(name, first + 2), *cells, style=style)

    def _cell(self, area: str, channel: str | None, width: int) -> Text:
        """Four letters: what there is, ``!`` for what is required but missing, ``·`` for what is not required."""
        cell = Text()
        if channel in self.matrix.channels_of(area):
            for kind in NEEDS:
                if self.matrix.count(area, kind, channel):
                    cell.append(_LETTERS[kind])
                else:
                    cell.append(*(("!", "bold red") if self.matrix.required(area, kind) else ("·", "dim")))
        cell.pad_right(width - len(cell))
        return cell
