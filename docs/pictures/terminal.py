"""Draws the first screen of a command's output: reads it with its colours from stdin, writes SVG to stdout.

The arguments are the command to show, and the heading before which the picture ends.
"""

from __future__ import annotations

import io
import re
import sys

from rich.console import Console
from rich.text import Text

_WIDTH = 92


def main(command: str, end: str) -> None:
    """Write the picture."""
    lines = Text.from_ansi(sys.stdin.read()).split("\n")
    shown = next((number for number, line in enumerate(lines) if line.plain == end), len(lines))
    console = Console(record=True, width=_WIDTH, file=io.StringIO(), highlight=False, markup=False)
    console.print(Text(f"$ {command}", style="bold"))
    for line in lines[:shown]:
        console.print(line)
    svg = console.export_svg(title="At the desk")
    sys.stdout.write(re.sub(r"@font-face {.*?}", "", svg, flags=re.DOTALL))  # no font from the network


if __name__ == "__main__":
    main(*sys.argv[1:])
