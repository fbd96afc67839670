"""Excel workbooks: scripts, customers, terms and who may do how much. Reading and writing needs openpyxl."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from servkit.exchange.replies_table import replies_of, written_cells
from servkit.exchange.reply import Layout, ToolFile
from servkit.exchange.script_table import COLUMNS
from servkit.exchange.tables import Table
from servkit.exchange.vocabulary import Vocabulary
from servkit.exchange.workbook import read_rows, write_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.exchange.reply import Outgoing
    from servkit.exchange.source_file import SourceFile

TITLE, IS_TABLE, SUFFIX = "the workbook", True, ".xlsx"
VOCABULARY = Vocabulary("own", has_fallback=True)
TELLS = frozenset(COLUMNS)


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> ToolFile:
    """The scripts in the first sheet. ``columns`` says what is in a column whose heading does not."""
    header, rows = read_table(file)
    pieces = [(line, json.dumps(cells, ensure_ascii=False), cells) for line, cells in rows]
    replies, fields = replies_of(file, header, pieces, columns)
    return ToolFile(file.name, Layout("", "\n", "", {"header": header, "fields": fields}), replies)


def new_layout(name: str) -> Layout:
    """A sheet with a column for everything that a script may say."""
    return Layout("", "\n", "", {"header": list(COLUMNS), "fields": {key: key for key in COLUMNS}})


def write(script: Outgoing, layout: Layout, old: str | None) -> str:
    """A row, as JSON until the workbook is packed."""
    header = layout.style["header"]
    before = dict(zip(header, json.loads(old), strict=False)) if old is not None else {}
    cells = written_cells(script, layout, before, as_text=True)
    return json.dumps([cells.get(name, "") for name in header], ensure_ascii=False)


def packed(layout: Layout, pieces: Sequence[str]) -> bytes:
    """The workbook of some rows."""
    return write_workbook([Table("Scripts", layout.style["header"], [json.loads(piece) for piece in pieces])])


def read_table(file: SourceFile) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings and the rows of the first sheet, each row with its number."""
    rows = read_rows(file)
    if not rows:
        raise file.fault("The first sheet is empty. Its first row should name the columns.")
    (_, header), *rest = rows
    return header, [(number, [*cells, *[""] * (len(header) - len(cells))][: len(header)]) for number, cells in rest]


def write_tables(tables: Sequence[Table]) -> bytes:
    """A workbook with a sheet for each table."""
    return write_workbook(tables)
