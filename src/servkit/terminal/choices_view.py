"""Several customers or scripts that may be meant, each with the name to ask by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from servkit.terminal.screen import Screen, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.languages.catalogue import Catalogue

#: So many customers are listed.
MOST = 20
#: A longer name has a line of its own.
_WIDEST = 32


def choices_screen(choices: Sequence[tuple[str, str]], words: Catalogue, heading: str = "") -> Screen:
    """Pairs of a name to ask by and what a person calls it, a line each."""
    screen = Screen()
    if heading:
        screen.put(heading, "bold")
    column = min(max((cell_len(one_line(name)) for name, _ in choices[:MOST]), default=8) + 4, _WIDEST)
    for name, title in choices[:MOST]:
        screen.pair(name, title, column=column)
    if len(choices) > MOST:
        more = words.gettext("… and {count} more. Type more of the name.", count=len(choices) - MOST)
        screen.put(more, "dim", indent=2)
    return screen
