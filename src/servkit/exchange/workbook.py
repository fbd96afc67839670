"""Excel workbooks, read and written by openpyxl: the first sheet as rows of texts, and sheets that people can use."""

from __future__ import annotations

import io
import re
import warnings
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from servkit.book.problems import ServkitError
from servkit.customers.cells import as_cell
from servkit.customers.row_reader import text_of
from servkit.customers.workbook_formulas import SAVE_AGAIN, without_value
from servkit.customers.workbook_size import DAMAGE, check_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.exchange.source_file import SourceFile
    from servkit.exchange.tables import Table

#: A sheet with more is none that people fill in.
MOST_CELLS, MOST_COLUMNS = 5_000_000, 2_000
_DAMAGED = "This is a damaged workbook, or none. Save it again."
#: More fit into no cell of Excel.
LONGEST_CELL = 32_767
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NARROWEST, _WIDEST = 9, 70
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_ERRORS = frozenset({"#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!"})


def read_rows(file: SourceFile) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet that have any text, each with its number. Raises ServkitError."""
    if file.data.startswith(b"\xd0\xcf\x11\xe0"):
        raise file.fault("This is an old Excel workbook, or one with a password. Save it as .xlsx without one.")
    if not file.data.startswith(b"PK\x03\x04"):
        raise file.fault("This isn't an Excel workbook.")
    load = _openpyxl().load_workbook
    try:
        check_size(io.BytesIO(file.data))
    except ValueError as fault:
        raise file.fault(f"This workbook can't be read: {fault}.") from None
    except (*DAMAGE, OSError):
        raise file.fault(_DAMAGED) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about colors and other looks
            book = load(io.BytesIO(file.data), read_only=True, data_only=True)
            formulas = load(io.BytesIO(file.data), read_only=True)
            with closing(book), closing(formulas):
                _check_formulas(file, book.worksheets[0], formulas.worksheets[0])
                return list(_rows(file, book.worksheets[0]))
    except (*DAMAGE, OSError):
        raise file.fault(_DAMAGED) from None


def _rows(file: SourceFile, sheet: Any) -> Iterator[tuple[int, list[str]]]:
    count = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        count += len(row)
        if count > MOST_CELLS or len(row) > MOST_COLUMNS:
            raise file.fault(f"The first sheet has more than {MOST_CELLS:,} cells. Take the empty ones out.", number)
        cells = ["" if value in _ERRORS else text_of(as_cell(value)) for value in row]
        if any(cells):
            yield number, cells


def _check_formulas(file: SourceFile, sheet: Any, formulas: Any) -> None:
    """Raise ServkitError where formulas have no values: a program that only writes workbooks doesn't work them out."""
    found = [
        written[place].coordinate
        for shown, written in zip(sheet.iter_rows(), formulas.iter_rows(), strict=False)
        for place in without_value(shown, written)
    ]
    if found:
        more = f", and {len(found) - 1:,} more have none" if len(found) > 1 else ""
        message = f"The formula in {found[0]} has no saved value{more}. {SAVE_AGAIN}, then import it again."
        raise file.fault(message, int(re.sub(r"\D", "", found[0])))


def write_workbook(tables: Sequence[Table]) -> bytes:
    """A workbook with a sheet for each table: headings that stay, columns as wide as what is in them, and no formula
    anywhere. The same tables give the same bytes. Raises ServkitError for what no cell can hold."""
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        _write_sheet(book.create_sheet(table.title[:31]), table)
    book.properties.creator = "servkit"
    book.properties.created = book.properties.modified = _NEVER.replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    return _settled(out.getvalue())


def _write_sheet(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    top = Alignment(vertical="top", wrap_text=True)
    for column, heading in enumerate(table.header, 1):
        cell = _text_cell(sheet.cell(1, column), heading, table, 1)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EEF4")
        longest = max((_width(text) for row in table.rows[:500] for text in row[column - 1 : column]), default=0)
        width = min(max(longest, len(heading) + 4, _NARROWEST) + 2, _WIDEST)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(table.rows, 2):
        for column, text in enumerate(row, 1):
            if text:
                _text_cell(sheet.cell(number, column), text, table, number).alignment = top
    sheet.freeze_panes = "B2" if len(table.header) > 1 else "A2"
    if table.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.header))}{len(table.rows) + 1}"
    sheet.sheet_view.zoomScale = 100
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _text_cell(cell: Any, text: str, table: Table, row: int) -> Any:
    """A cell that is text whatever it begins with. What looks like a formula is marked, so that it stays text where
    somebody edits it."""
    text = _ILLEGAL.sub("\ufffd", text)
    if len(text) > LONGEST_CELL:
        where = f"{table.title}, row {row}"
        raise ServkitError(f"{where}: a cell of Excel holds {LONGEST_CELL:,} characters, and this has {len(text):,}.")
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True
    return cell


def _width(text: str) -> int:
    return max(map(len, text.split("\n")), default=0)


def _settled(data: bytes) -> bytes:
    """A workbook without the time at which it was packed."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as packed, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for one in packed.infolist():
            info = ZipInfo(one.filename, (2000, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            again.writestr(info, _undated(packed.read(one)))
    return out.getvalue()


def _undated(data: bytes) -> bytes:
    stamp = _NEVER.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(?=</)", rb"\g<1>" + stamp, data)


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise ServkitError("Excel workbooks need openpyxl. Install it with: pip install 'servkit[xlsx]'") from None
    return openpyxl
