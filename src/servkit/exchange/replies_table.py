"""The rows of a spreadsheet as replies, and replies as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.exchange.headings import SCRIPTS, recognise
from servkit.exchange.names import title_of
from servkit.exchange.reply import Reply
from servkit.text import as_cell, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.exchange.reply import Layout, Outgoing
    from servkit.exchange.source_file import SourceFile

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def replies_of(
    file: SourceFile, header: Sequence[str], rows: Sequence[tuple[int, str, Sequence[str]]],
    chosen: Mapping[str, str] | None,
) -> tuple[list[Reply], dict[str, str]]:  # fmt: skip
    """The replies of a table, and which column holds what. A row is its line, its piece of the file, and its cells.
    Raises ServkitError where no column seems to hold texts."""
    columns = recognise(header, SCRIPTS, chosen)
    if columns.heading("say") is None:
        names = ", ".join(quoted(name, 30) for name in header if name)
        message = (
            f"No column seems to hold the texts. Say which one does, such as --column Reply=say. There are {names}."
        )
        raise file.fault(message, 1)
    places = {key: list(header).index(heading) for heading, key in columns.by_heading.items()}
    replies = []
    for line, raw, row in rows:
        cells = {key: unmarked(row[place]) for key, place in places.items()}
        title, short, id_ = (cells.get(key, "").strip() for key in ("title", "short", "id"))
        name = id_ or short or title
        text = cells["say"].replace("\r\n", "\n").strip("\n")
        why = "" if text.strip() else "it has no text"
        if not name:
            name = f"row {line}"
        details = tuple((key, cell) for key, cell in cells.items() if key not in ("title", "short", "say"))
        shown = " ".join((title or title_of(short or id_ or f"Row {line}")).split())
        replies.append(Reply(name, shown, text, raw, line, short=short or None, left_out=why, details=details))
    return replies, dict(columns.by_heading)


def written_cells(
    script: Outgoing, layout: Layout, before: Mapping[str, str], *, as_text: bool = False
) -> dict[str, str]:
    """The cells of a script by their headings; those that hold something else stay. ``as_text``: no cell is a formula
    whatever it begins with."""
    values = {**dict(script.details), "id": script.id, "title": script.title, "say": script.text}
    if script.short:
        values["short"] = script.short
    cells = dict(before)
    for heading, key in layout.style["fields"].items():
        if key == "id" and before:
            continue
        if key in ("say", "title") or key in values:
            cell = values.get(key, "")
            cells[heading] = cell if as_text else as_cell(cell)
    return cells


def unmarked(cell: str) -> str:
    """A cell without the mark that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
