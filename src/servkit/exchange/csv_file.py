"""CSV files in pieces: each row with its own text and line."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from servkit.exchange.reply import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.exchange.source_file import SourceFile

#: A cell with more characters has a quotation mark too many.
LONGEST_CELL = 1_000_000
_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'[",;\t|\r\n]')


class Row(NamedTuple):
    """A row by its headings."""

    cells: dict[str, str]
    raw: str
    line: int


class CsvTable(NamedTuple):
    layout: Layout
    header: list[str]
    rows: list[Row]


def read_table(file: SourceFile) -> CsvTable:
    """The rows of a file whose first row names the columns. Raises ServkitError."""
    text = file.text()
    if "\0" in text:
        raise file.fault(
            "There is a NUL character in this file, so it is no CSV file.", text.count("\n", 0, text.index("\0")) + 1
        )
    delimiter = _delimiter(text)
    records = list(_records(file, text, delimiter))
    first = next((number for number, (cells, _, _) in enumerate(records) if any(cells)), None)
    if first is None:
        raise file.fault("The file is empty. Its first row should name the columns.")
    header = [cell.strip() for cell in records[first][0]]
    rows, before = [], sum(len(raw) for _, raw, _ in records[: first + 1])
    for cells, raw, line in records[first + 1 :]:
        if any(cell.strip() for cell in cells):
            rows.append(Row(dict(zip(header, cells, strict=False)), raw, line))
        elif rows:
            rows[-1] = rows[-1]._replace(raw=rows[-1].raw + raw)
        else:
            before += len(raw)
    ending = "\r\n" if "\r\n" in text[:before] else "\n"
    tail = ""
    if rows and not rows[-1].raw.endswith(("\n", "\r")):
        rows[-1] = rows[-1]._replace(raw=rows[-1].raw)
    style = {"header": header, "delimiter": delimiter, "ending": ending, "all": _all_quoted(rows)}
    return CsvTable(Layout(text[:before], "", tail, style), header, rows)


def new_layout(header: Sequence[str], delimiter: str = ",") -> Layout:
    """The layout of a new file."""
    style = {"header": list(header), "delimiter": delimiter, "ending": "\n", "all": False}
    return Layout(_line(header, style), "", "", style)


def write_row(cells: Mapping[str, str], layout: Layout) -> str:
    """A row as the file writes it. A cell whose heading the file does not have is left out."""
    return _line([cells.get(name, "") for name in layout.style["header"]], layout.style)


def cells_of(raw: str, layout: Layout) -> dict[str, str]:
    """The cells of a row by their headings."""
    cells = next(csv.reader(io.StringIO(raw, newline=""), delimiter=layout.style["delimiter"]), [])
    return dict(zip(layout.style["header"], cells, strict=False))


def _line(cells: Sequence[str], style: Mapping[str, object]) -> str:
    out = io.StringIO(newline="")
    quoting: Literal[0, 1] = csv.QUOTE_ALL if style["all"] else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=str(style["delimiter"]), lineterminator=str(style["ending"]), quoting=quoting)
    writer.writerow(cells)
    return out.getvalue()


def _all_quoted(rows: Sequence[Row]) -> bool:
    """Whether the file puts every cell in quotation marks."""
    shown = [row.raw.strip() for row in rows[:20]]
    return bool(shown) and all(raw.startswith('"') and raw.endswith('"') and '","' in raw for raw in shown)


def _delimiter(text: str) -> str:
    """What stands between the cells of the first line that has any text."""
    first = next((line for line in text[:20_000].splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=lambda mark: (bare.count(mark), -_DELIMITERS.index(mark)))


class _Lines:
    """The lines of a text, one after the other; remembers how far they were read."""

    def __init__(self, text: str) -> None:
        self.lines = io.StringIO(text, newline="")
        self.read: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.read.append(line)
            yield line


def _records(file: SourceFile, text: str, delimiter: str) -> Iterator[tuple[list[str], str, int]]:
    """The cells of every record, with its text and its line."""
    lines, line = _Lines(text), 1
    limit = csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    try:
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                raise file.fault(_reason(fault), line) from None
            raw = "".join(lines.read)
            lines.read.clear()
            yield cells, raw, line
            line += raw.count("\n") or 1
    finally:
        csv.field_size_limit(limit)


def _reason(fault: csv.Error) -> str:
    text = str(fault)
    if "field larger" in text:
        return f"A cell has more than {LONGEST_CELL:,} characters: a quotation mark is missing somewhere."
    if "unexpected end" in text:
        return "The file ends in the middle of a cell: a quotation mark isn't closed. Export it again."
    return 'The quotation marks of this row don\'t match. Write a mark inside a cell twice ("").'
