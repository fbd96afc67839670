"""Several customers or scripts that may be meant, each with the name to ask by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from servkit.terminal.screen import Screen, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

#: So many customers are listed.
MOST = 20
#: A longer name has a line of its own.
_WIDEST = 32


def choices_screen(choices: Sequence[tuple[str, str]], heading: str = "") -> Screen:
    """Pairs of a name to ask by and what a person calls it, a line each."""
    screen = Screen()
    if heading:
        screen.put(heading, "bold")
    column = min(max((cell_len(one_line(name)) for name, _ in choices[:MOST]), default=8) + 4, _WIDEST)
    for name, title in choices[:MOST]:
        screen.pair(name, title, column=column)
    if len(choices) > MOST:
        screen.put(f"… and {len(choices) - MOST} more. Type more of the name.", "dim", indent=2)
    return screen
