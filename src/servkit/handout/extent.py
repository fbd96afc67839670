"""About how many lines a block takes on paper, so that a format knows what fits on a page without being broken."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import Any

from servkit.handout.model import Lines, Run, Table, plain

#: Letters on a line of a page.
WIDTH = 80


def widths(table: Table) -> tuple[int, ...]:
    """How wide columns are beside each other: each as its longest word at least, and wider for more text."""
    most = 20 if len(table.head) > 4 else 32
    columns = (
        [plain(cell) for cell in column] for column in zip(table.head, *(row.cells for row in table.rows), strict=False)
    )
    return tuple(
        max(
            min(max(len(word) for text in texts for word in re.split("[ \n-]", text)), 15),
            min(max(map(len, texts)), most),
            5,
        )
        for texts in columns
    )


def lines(part: Any) -> int:
    """The lines of a block, or of anything that is in one."""
    if isinstance(part, Table):
        width = max(WIDTH // max(len(part.head), 1), 8)
        rows = (max((-(-len(plain(cell)) // width) or 1 for cell in row.cells), default=1) for row in part.rows)
        return sum(rows) + 2
    if isinstance(part, Lines):
        return 2 * part.count
    if isinstance(part, tuple) and part and all(isinstance(item, Run) for item in part):
        return sum(1 + len(line) // WIDTH for line in plain(part).split("\n"))
    if isinstance(part, tuple):
        return sum(map(lines, part))
    return sum(lines(getattr(part, field.name)) for field in fields(part)) + 1 if is_dataclass(part) else 0
