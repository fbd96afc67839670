"""Workbooks that can't be read: what they unpack to fills the memory, or they are damaged."""

from __future__ import annotations

import lzma
import struct
import zlib
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from typing import BinaryIO

#: A workbook that unpacks to more is none that people fill in.
LARGEST = 512 << 20
#: How zipfile, what unpacks for it, the parser of XML and openpyxl say that a workbook is damaged. A RuntimeError is a
#: part with a password, or one that is packed in a way that nobody knows.
DAMAGE = (BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, LookupError, SyntaxError,
          TypeError, AttributeError, ValueError, ArithmeticError)  # fmt: skip


def check_size(file: BinaryIO) -> None:
    """Raise ValueError for a workbook that unpacks to too much, and BadZipFile for what is none. The file is at its
    beginning afterwards."""
    file.seek(0)
    with ZipFile(file) as packed:
        size = sum(one.file_size for one in packed.infolist())
    file.seek(0)
    if size > LARGEST:
        raise ValueError(f"it unpacks to {size:,} bytes, and {LARGEST:,} is the limit")
