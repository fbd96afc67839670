"""CSV: scripts, customers, terms and who may do how much, as any spreadsheet opens them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from servkit.exchange import csv_file
from servkit.exchange.replies_table import replies_of, written_cells
from servkit.exchange.reply import Layout, ToolFile
from servkit.exchange.script_table import COLUMNS
from servkit.exchange.vocabulary import Vocabulary
from servkit.text import as_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.exchange.reply import Outgoing
    from servkit.exchange.source_file import SourceFile
    from servkit.exchange.tables import Table

TITLE, IS_TABLE, SUFFIX = "the spreadsheet", True, ".csv"
VOCABULARY = Vocabulary("own", has_fallback=True)
TELLS = frozenset(COLUMNS)


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> ToolFile:
    """The scripts of a spreadsheet. ``columns`` says what is in a column whose heading does not."""
    table = csv_file.read_table(file)
    rows = [(row.line, row.raw, [row.cells.get(name, "") for name in table.header]) for row in table.rows]
    replies, fields = replies_of(file, table.header, rows, columns)
    table.layout.style["fields"] = fields
    return ToolFile(file.name, table.layout, replies)


def new_layout(name: str) -> Layout:
    """A table with a column for everything that a script may say."""
    layout = csv_file.new_layout(COLUMNS)
    layout.style["fields"] = {key: key for key in COLUMNS}
    return layout


def write(script: Outgoing, layout: Layout, old: str | None) -> str:
    """A row."""
    before = csv_file.cells_of(old, layout) if old is not None else {}
    return csv_file.write_row(written_cells(script, layout, before), layout)


def read_table(file: SourceFile) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings and the rows of a table, each row with its line."""
    table = csv_file.read_table(file)
    return table.header, [(row.line, [row.cells.get(name, "") for name in table.header]) for row in table.rows]


def write_tables(tables: Sequence[Table]) -> bytes:
    """A table as a file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    for table in tables:
        writer.writerow(table.header)
        writer.writerows([[as_cell(cell) for cell in row] for row in table.rows])
    return out.getvalue().encode("utf-8", "backslashreplace")
