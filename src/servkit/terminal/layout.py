"""Lines for a terminal: wrapped to its width, aligned whatever the script, styled where styles are wanted.

The desk does not load Rich: it would take longer than the whole answer.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from servkit.text import clean, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

_STYLES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}
#: Wider lines are hard to read; narrower than this nothing fits. Below ``ROOMY`` nothing stands side by side.
WIDEST, NARROWEST, ROOMY = 100, 24, 60


def wants_styles(stream: TextIO) -> bool:
    """Whether to style output: NO_COLOR says no, then FORCE_COLOR yes (as Python itself has it), else whether it goes
    to a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and stream.isatty()


def columns() -> int:
    """How wide lines may be: COLUMNS, else the terminal's own width (in a pipe, that of whoever reads it), else 80."""
    wide = 0
    with suppress(ValueError):
        wide = int(os.environ.get("COLUMNS", ""))
    for stream in (sys.stdout, sys.stderr):
        if wide <= 0:
            with suppress(OSError, ValueError, AttributeError):
                wide = os.get_terminal_size(stream.fileno()).columns
    return max(min(wide if wide > 0 else 80, WIDEST), NARROWEST)


class Screen:
    """Collects lines. Every text that is not servkit's own goes through :meth:`put`, which shows it as it is."""

    def __init__(self, wide: int | None = None, *, styled: bool | None = None) -> None:
        self.wide = wide if wide is not None else columns()
        self.styled = styled if styled is not None else wants_styles(sys.stdout)
        self.lines: list[str] = []

    @property
    def roomy(self) -> bool:
        """Whether two things have room side by side."""
        return self.wide >= ROOMY

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
        self.put(flat(text), "bold", *styles)

    def put(
        self,
        text: str,
        *styles: str,
        indent: int = 0,
        mark: str = "",
        hang: int | None = None,
        lead: tuple[str, ...] = (),
    ) -> None:
        """A text of any length: wrapped, its own line breaks and lists kept, ``mark`` (styled ``lead``) before it.

        What follows the first line stands under the text; with ``hang``, so far to the right of the mark.
        """
        mark = shown(mark)
        deeper = indent + (width(mark) if hang is None else hang)
        room = max(self.wide - deeper, 8)
        taken = width(mark) + indent - deeper
        if taken > room - 8 and (text or taken > room):  # the mark fills its line, or more
            self.put(mark.rstrip(), *lead, indent=indent)
            if text:
                self.put(text.lstrip(), *styles, indent=deeper)
            return
        first, *rest = shown(text).split("\n")
        lines = [*_wrapped(first, room, taken), *(line for paragraph in rest for line in _wrapped(paragraph, room))]
        for place, line in enumerate(lines):
            start = " " * indent + self.style(mark, *lead) if place == 0 else " " * deeper
            self.lines.append(start + self.style(line, *styles))

    def labelled(self, label: str, text: str, *styles: str, indent: int = 4, lead: tuple[str, ...] = ("bold",)) -> None:
        """A label and its text: run on, or the text under it where it is a list or has several lines."""
        if "\n" in text.strip():
            self.put(f"{label}:", *lead, indent=indent)
            self.put(text.strip(), *styles, indent=indent + 2)
        else:
            self.put(text, *styles, indent=indent, mark=f"{label}: ", hang=2, lead=lead)

    def pair(
        self,
        left: str,
        right: str,
        *,
        indent: int = 2,
        column: int = 28,
        styles: tuple[str, ...] = (),
        name: tuple[str, ...] = (),
    ) -> None:
        """A name and what it is, in two columns; where there is no room for two, as ``name: what it is``."""
        label = flat(left)
        if not self.roomy:
            self.put(right, *styles, indent=indent, mark=f"{label}: " if right else label, hang=2, lead=name)
            return
        if width(label) + indent + 2 > column:
            self.put(label, *name, indent=indent)
            label = ""
        lines = [
            line for paragraph in shown(right).split("\n") for line in _wrapped(paragraph, max(self.wide - column, 8))
        ]
        for place, line in enumerate(lines):
            start = (
                " " * indent + self.style(label, *name) + " " * (column - indent - width(label))
                if place == 0 and label
                else " " * column
            )
            self.lines.append(start + self.style(line, *styles))

    def bullets(self, texts: Iterable[str], *, indent: int = 2, mark: str = "• ", lead: tuple[str, ...] = ()) -> None:
        for text in texts:
            self.put(text, indent=indent, mark=mark, lead=lead)

    def rule(self) -> None:
        self.gap()
        self.lines.append(self.style("─" * self.wide, "dim"))

    def text(self) -> str:
        """Everything, ready to print."""
        return "\n".join(line.rstrip() for line in self.lines).strip("\n") + "\n"


def shown(text: str) -> str:
    """A text as a terminal may have it."""
    return clean(text).expandtabs(4)


def flat(text: str) -> str:
    """A text on one line: names and titles."""
    return " ".join(shown(text).split())


def _wrapped(paragraph: str, room: int, taken: int = 0) -> list[str]:
    """The lines of a paragraph, whose first has so much less room; an item of a list hangs by its own marker."""
    inset = _marker(paragraph)
    if inset and taken <= 0:
        body = wrap(paragraph[inset:], max(room - inset, 8))
        return [(paragraph[:inset] if place == 0 else " " * inset) + line for place, line in enumerate(body or [""])]
    if taken <= 0:
        return wrap(paragraph, room) or [""]
    first, *rest = wrap(
        f"{'x' * (taken - 1)} {paragraph}", room
    )  # so wide a word stands for the mark, and is taken off
    return [first[taken:], *rest]


def _marker(paragraph: str) -> int:
    """How far an item of a list is set in: ``- ``, ``* ``, ``• ``, ``1. ``; 0 for what is none."""
    body = paragraph.lstrip(" ")
    inset = len(paragraph) - len(body)
    number = body.partition(" ")[0]
    if body[:2] in ("- ", "* ", "+ ", "• ", "– "):
        return inset + 2
    if number[-1:] in (".", ")") and number[:-1].isdecimal() and len(number) < 5:
        return inset + len(number) + 1
    return 0
