"""Customers in a CSV or TSV file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.customers.cells import near_heading, place_in
from servkit.customers.csv_records import Dialect, Records, cells_of, decoded, places_of, read_dialect
from servkit.customers.file_source import FileSource
from servkit.customers.row_reader import text_of
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Mapping
    from typing import BinaryIO

    from servkit.customers.file_format import FileRecord
    from servkit.customers.surroundings import Surroundings

READS = (".csv", ".tsv")


def open_source(spec: Mapping[str, Any], around: Surroundings) -> FileSource:
    """The file that an entry under ``customers:`` names."""
    return FileSource(spec, around, CsvFormat(spec))


class CsvFormat:
    """A FileFormat (:mod:`servkit.customers.file_format`): cells parted by commas or another character."""

    is_stored = False
    learns_columns = False

    def __init__(self, spec: Mapping[str, Any]) -> None:
        self._spec = spec
        self.dialect = Dialect("utf-8", ",")
        #: The line behind the header.
        self.first_line = 0
        self._header_line = 0
        self.header: list[str] = []

    @property
    def not_text(self) -> str:
        """What to do about bytes that the encoding does not have."""
        name = self.dialect.encoding
        other = "windows-1252" if name == "utf-8" else "utf-8"
        advice = f"Save the file as UTF-8, or write its encoding, such as `encoding: {other}`."
        return f"It isn't text in {name.upper()}. {advice}"

    def begin(self, file: BinaryIO) -> tuple[object, ...]:
        delimiter = self._spec.get("delimiter") or ("tab" if self._spec["file"].lower().endswith(".tsv") else None)
        self.dialect = read_dialect(self._spec.get("encoding"), delimiter, file.read(64))
        return self.dialect

    def read(
        self,
        file: BinaryIO,
        faults: list[tuple[int, str]],
        ids: Collection[str] | None = None,
    ) -> Generator[FileRecord]:
        all_records = Records(file, self.dialect, faults)
        records = iter(all_records)
        first = next((record for record in records if any(map(text_of, record.cells))), None)
        if first is None:
            return
        self.header, self._header_line = list(map(text_of, first.cells)), first.line
        self.first_line = all_records.line + 1
        if place_in(self.header, self._spec.get("id") or "id") is not None:
            yield from records

    def no_id(self, column: str) -> tuple[int, str]:
        if not self.header:
            return 0, "The file is empty. Its first row should name the columns."
        header = self.header
        mark = next((mark for mark in ";\t|" if len(header) == 1 and mark in header[0]), None)
        advice = near_heading(column, header, "id") or "Write `id:` and the name of the column that holds the id."
        if mark:
            shown = "tab" if mark == "\t" else f'"{mark}"'
            advice = f"The cells seem to be separated by {shown}. Write `delimiter: {shown}`."
        return self._header_line, f"There is no column {quoted(column)}. {advice}"

    def cells(self, raw: bytes, start: int) -> tuple[list[str], list[tuple[int, int]]]:
        text = decoded(raw, start, self.dialect)
        return cells_of(text, self.dialect), places_of(text, self.dialect)
