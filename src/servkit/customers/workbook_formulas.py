"""Formulas in a workbook that have no saved value: a program that only writes workbooks doesn't work them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

#: What to do about them.
SAVE_AGAIN = "Open the workbook in Excel or LibreOffice and save it"
#: How a formula begins in a sheet's XML.
_FORMULA = re.compile(rb"<(?:\w{1,40}:)?f[\s/>]")
_CHUNK, _LONGEST = 1 << 20, 64


def has_formulas(file: BinaryIO) -> bool:
    """Whether any sheet has a formula. Far quicker than reading the cells. The file is at its beginning afterwards."""
    file.seek(0)
    with ZipFile(file) as packed:
        sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/")]
        found = any(_holds_formula(packed, name) for name in sheets)
    file.seek(0)
    return found


def without_value(shown: Sequence[Any], written: Sequence[Any]) -> list[int]:
    """The places in a row, from 0, whose formula has no value: ``shown`` has the values of the row, and ``written`` the
    formulas."""
    pairs = zip(shown, written, strict=False)
    return [
        place
        for place, (value, cell) in enumerate(pairs)
        if cell.data_type == "f" and value.value is None and value.data_type == "n"  # an empty text is "s"
    ]


def _holds_formula(packed: ZipFile, name: str) -> bool:
    tail = b""
    with packed.open(name) as sheet:
        while chunk := sheet.read(_CHUNK):
            if _FORMULA.search(tail + chunk):
                return True
            tail = chunk[-_LONGEST:]
    return False
