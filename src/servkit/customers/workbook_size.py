"""How much a workbook unpacks to: a small file can hold something that fills the memory."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    from typing import BinaryIO

#: A workbook that unpacks to more is none that people fill in.
LARGEST = 512 << 20


def check_size(file: BinaryIO) -> None:
    """Raise ValueError for a workbook that unpacks to too much, and BadZipFile for what is none. The file is at its
    beginning afterwards."""
    file.seek(0)
    with ZipFile(file) as packed:
        size = sum(one.file_size for one in packed.infolist())
    file.seek(0)
    if size > LARGEST:
        raise ValueError(f"it unpacks to {size:,} bytes, and {LARGEST:,} is the limit")
