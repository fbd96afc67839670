"""Customers in the first sheet of an Excel workbook, read by openpyxl (``pip install 'servkit[xlsx]'``)."""

from __future__ import annotations

import warnings
from collections import Counter
from contextlib import closing
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from servkit.customers.cells import Typed, as_cell, near_heading, place_in, used_columns
from servkit.customers.file_format import FileRecord
from servkit.customers.file_source import FileSource
from servkit.customers.row_reader import text_of
from servkit.customers.workbook_formulas import SAVE_AGAIN, has_formulas, without_value
from servkit.customers.workbook_size import DAMAGE, check_size
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator, Mapping
    from typing import BinaryIO

    from servkit.customers.cells import Cell
    from servkit.customers.surroundings import Surroundings

READS = (".xlsx", ".xlsm")
_DAMAGED = "it is a damaged workbook, or none"
#: What a workbook says in the place of a value that it could not work out.
_ERRORS = frozenset({"#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!"})


def open_source(spec: Mapping[str, Any], around: Surroundings) -> FileSource:
    """The file that an entry under ``customers:`` names."""
    return FileSource(spec, around, WorkbookFormat(spec, around))


class WorkbookFormat:
    """A FileFormat (:mod:`servkit.customers.file_format`): the first row with any text has the headings."""

    is_stored = True
    learns_columns = False
    not_text = "It isn't text."

    def __init__(self, spec: Mapping[str, Any], around: Surroundings) -> None:
        self._spec, self._settings = spec, around.settings
        self._header_line = 0
        self.header: list[str] = []
        #: By column, the errors in place of values.
        self._errors: dict[int, list[str]] = {}

    def begin(self, file: BinaryIO) -> tuple[object, ...]:
        begin = file.read(4)
        if begin == b"\xd0\xcf\x11\xe0":
            raise ValueError("it is an old Excel workbook, or one with a password; save it as .xlsx without one")
        if begin != b"PK\x03\x04":
            raise ValueError("it isn't an Excel workbook")
        return ("workbook", str(self._spec.get("attributes")), tuple(self._settings.names))

    def read(
        self,
        file: BinaryIO,
        faults: list[tuple[int, str]],
        ids: Collection[str] | None = None,
    ) -> Generator[FileRecord]:
        try:
            from openpyxl import load_workbook
        except ImportError:
            raise ValueError("Excel workbooks need openpyxl. Install it with: pip install 'servkit[xlsx]'") from None
        self.header, self._errors = [], {}
        _check(file)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about colors and other looks
                with closing(load_workbook(file, read_only=True, data_only=True)) as book:
                    yield from self._rows(book.worksheets[0].iter_rows())
                    for fault in self._wrong(book.worksheets[0].title):
                        faults.append(fault)  # noqa: PERF402 - not every kind of list takes many at once
                    if has_formulas(file):
                        with closing(load_workbook(file, read_only=True)) as formulas:
                            for fault in self._unsaved(book.worksheets[0], formulas.worksheets[0]):
                                faults.append(fault)  # noqa: PERF402 - not every kind of list takes many at once
        except DAMAGE as bad:
            raise ValueError(_DAMAGED) from bad

    def _rows(self, rows: Any) -> Iterator[FileRecord]:
        for number, row in enumerate(rows, 1):
            cells = [_cell(found) for found in row]
            if self.header:
                for place, found in enumerate(row):
                    if found.value in _ERRORS:
                        self._errors.setdefault(place, []).append(found.value)
                yield FileRecord(number, 0, 0, cells)
            elif any(cells):
                self.header, self._header_line = [text_of(cell) for cell in cells], number
                if place_in(self.header, self._spec.get("id") or "id") is None:
                    return

    def _wrong(self, sheet: str) -> Iterator[tuple[int, str]]:
        """What to say of the columns that a customer is read from, where cells hold errors."""
        for place in used_columns(self._spec, self.header, self._settings):
            if errors := self._errors.get(place):
                cells = "1 cell holds" if len(errors) == 1 else f"{len(errors):,} cells hold"
                what = " and ".join(dict.fromkeys(errors)) if len(set(errors)) < 3 else f"{errors[0]} and other errors"
                where = f"in column {quoted(self.header[place])} of sheet {quoted(sheet)}"
                yield 0, f"{cells} {what} {where}, so what they should say is unknown. Correct the formula."

    def _unsaved(self, sheet: Any, written: Any) -> Iterator[tuple[int, str]]:
        """What to say of the columns that a customer is read from, where formulas have no values."""
        rows = zip(sheet.iter_rows(), written.iter_rows(), strict=False)
        below = islice(rows, self._header_line, None)
        count = Counter(place for shown, formulas in below for place in without_value(shown, formulas))
        for place in used_columns(self._spec, self.header, self._settings):
            if count[place]:
                formulas = "1 formula has" if count[place] == 1 else f"{count[place]:,} formulas have"
                where = f"in column {quoted(self.header[place])} of sheet {quoted(sheet.title)}"
                yield 0, f"{formulas} no saved value {where}, so what they should say is unknown. {SAVE_AGAIN}."

    def no_id(self, column: str) -> tuple[int, str]:
        if not self.header:
            return 0, "The first sheet is empty. Its first row should name the columns."
        advice = near_heading(column, self.header, "id") or "Write `id:` and the name of the column that holds the id."
        return self._header_line, f"There is no column {quoted(column)} in the first sheet. {advice}"

    def cells(self, raw: bytes, start: int) -> tuple[list[Cell], list[tuple[int, int]]]:
        raise NotImplementedError


def _check(file: BinaryIO) -> None:
    try:
        check_size(file)
    except BadZipFile as bad:
        raise ValueError(_DAMAGED) from bad


def _cell(found: Any) -> Cell:
    value = found.value
    if isinstance(value, str) and value in _ERRORS:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool) and "%" in (found.number_format or ""):
        return Typed(f"{(Decimal(repr(value)) * 100).normalize():f} %")
    return as_cell(value)
