"""Lines for a terminal: wrapped to its width, aligned whatever the script, styled where styles are wanted.

The desk does not load Rich: it would take longer than the whole answer.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, TextIO

from servkit.text import clean, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "magenta": "35", "cyan": "36"}
#: Wider lines are hard to read; narrower than this nothing fits.
WIDEST, NARROWEST = 100, 24


def wants_styles(stream: TextIO) -> bool:
    """Whether to style output: FORCE_COLOR says yes, NO_COLOR says no, else whether it goes to a terminal."""
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def columns() -> int:
    """How wide lines may be."""
    return max(min(shutil.get_terminal_size((80, 24)).columns, WIDEST), NARROWEST)


class Screen:
    """Collects lines. Every text that is not servkit's own goes through :meth:`put`, which shows it as it is."""

    def __init__(self, wide: int | None = None, *, styled: bool | None = None) -> None:
        self.wide = wide if wide is not None else columns()
        self.styled = styled if styled is not None else wants_styles(sys.stdout)
        self.lines: list[str] = []

    def style(self, text: str, *styles: str) -> str:
        """The text in some styles."""
        if not self.styled or not styles or not text:
            return text
        return f"\x1b[{';'.join(_STYLES[style] for style in styles)}m{text}\x1b[0m"

    def gap(self) -> None:
        """One empty line, wherever something stands above it."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def heading(self, text: str, *styles: str) -> None:
        """A heading with a gap above it."""
        self.gap()
        self.lines.append(self.style(clean(text), "bold", *styles))

    def put(self, text: str, *styles: str, indent: int = 0, mark: str = "", hang: int | None = None) -> None:
        """A text of any length: wrapped, its own line breaks kept, ``mark`` before its first line."""
        deeper = indent + (width(mark) if hang is None else hang)
        room = max(self.wide - deeper, 8)
        shown = clean(text).expandtabs(4)
        if hang is not None:  # the mark is the beginning of the text
            mark, shown = "", mark + shown
        lines = [line for paragraph in shown.split("\n") for line in wrap(paragraph, room)]
        for place, line in enumerate(lines or [""]):
            lead = " " * indent + mark if place == 0 else " " * deeper
            self.lines.append(lead + self.style(line, *styles))

    def pair(self, left: str, right: str, *, indent: int = 2, column: int = 28, styles: tuple[str, ...] = ()) -> None:
        """A name and what it is, side by side where there is room, else one under the other."""
        name = clean(left)
        if self.wide < 60 or width(name) + indent + 2 > column:
            self.put(name, indent=indent)
            self.put(right, *styles, indent=indent + 2)
            return
        lead = " " * indent + name + " " * (column - indent - width(name))
        room = max(self.wide - column, 8)
        lines = [line for paragraph in clean(right).split("\n") for line in wrap(paragraph, room)] or [""]
        for place, line in enumerate(lines):
            self.lines.append((lead if place == 0 else " " * column) + self.style(line, *styles))

    def bullets(self, texts: Iterable[str], *, indent: int = 2, mark: str = "• ") -> None:
        for text in texts:
            self.put(text, indent=indent, mark=mark)

    def rule(self) -> None:
        self.gap()
        self.lines.append(self.style("─" * self.wide, "dim"))

    def text(self) -> str:
        """Everything, ready to print."""
        return "\n".join(line.rstrip() for line in self.lines).strip("\n") + "\n"
