"""The terminal at hand: how wide it is, whether it shows styles, and Rich's console for it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

#: Longer lines are hard to read; in fewer columns nothing fits.
WIDEST, NARROWEST = 100, 24


def columns() -> int:
    """How wide lines may be: COLUMNS, else the terminal's own width (in a pipe, that of whoever reads it), else 80."""
    width = 0
    with suppress(ValueError):
        width = int(os.environ.get("COLUMNS", ""))
    for stream in (sys.stdout, sys.stderr):
        if width <= 0:
            with suppress(OSError, ValueError, AttributeError):
                width = os.get_terminal_size(stream.fileno()).columns
    return max(min(width if width > 0 else 80, WIDEST), NARROWEST)


def has_styles(stream: TextIO) -> bool:
    """Whether to style output: NO_COLOR says no, then FORCE_COLOR yes (as in Python itself), else a terminal does."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return can_move(stream)


def can_move(stream: TextIO) -> bool:
    """Whether it is a terminal that can go back and write over what it shows."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def console(stream: TextIO) -> Console:
    """A console that takes every text as it is: no markup, no emoji codes, nothing highlighted."""
    from rich.console import Console
    from rich.theme import Theme

    styled = has_styles(stream)
    return Console(
        file=stream,
        width=columns(),
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=styled or can_move(stream),
        color_system="standard" if styled else None,
        no_color=False,
        legacy_windows=False,
        theme=Theme({"markdown.code": "cyan", "markdown.h2": "bold cyan"}),
    )
