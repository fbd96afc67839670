"""Customers in a file of JSON Lines: one object a line."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from servkit.customers.cells import as_cell, near_heading
from servkit.customers.csv_records import MAX_LINE
from servkit.customers.file_format import FileRecord
from servkit.customers.file_source import FileSource
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Mapping
    from typing import BinaryIO

    from servkit.customers.cells import Cell
    from servkit.customers.surroundings import Surroundings

READS = (".jsonl", ".ndjson")
#: More columns than this are data in the place of names.
MOST_COLUMNS = 10_000


def open_source(spec: Mapping[str, Any], around: Surroundings) -> FileSource:
    """The file that an entry under ``customers:`` names."""
    return FileSource(spec, around, JsonLinesFormat())


class JsonLinesFormat:
    """A FileFormat (:mod:`servkit.customers.file_format`): the columns are the keys of all objects."""

    is_stored = False
    learns_columns = True
    not_text = "It isn't text: it holds half a pair of surrogates."

    def __init__(self) -> None:
        self.header: list[str] = []
        self._places: dict[str, int] = {}

    def begin(self, file: BinaryIO) -> tuple[object, ...]:
        begin = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
        if begin.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in begin:
            raise ValueError("it isn't JSON in UTF-8, but UTF-16 or no text at all; save it as UTF-8")
        if begin.startswith(b"["):
            raise ValueError("it is one JSON list; write one object a line, without the brackets around them")
        return ("json lines",)

    def read(
        self,
        file: BinaryIO,
        faults: list[tuple[int, str]],
        ids: Collection[str] | None = None,
    ) -> Generator[FileRecord]:
        self.header, self._places = [], {}
        file.seek(0)
        line = start = 0
        while raw := file.readline(MAX_LINE):
            line += 1
            begin, start = start, start + len(raw)
            if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
                faults.append((line, f"Row {line} was skipped: it is longer than {MAX_LINE:,} bytes."))
                start = _skip(file, start)
                continue
            if not raw.strip():
                continue
            try:
                data = object_in(raw)
            except ValueError as bad:
                faults.append((line, f"Row {line} was skipped: {bad}."))
                continue
            self._learn(data)
            if len(self.header) > MOST_COLUMNS:
                raise ValueError(f"it has more than {MOST_COLUMNS:,} different keys")
            yield FileRecord(line, begin, len(raw), self._in_order(data))

    def no_id(self, column: str) -> tuple[int, str]:
        if not self.header:
            return 0, "The file is empty. Write one JSON object a line."
        advice = near_heading(column, self.header, "id") or "Write `id:` and the name of the key that holds the id."
        return 1, f"There is no key {quoted(column)}. {advice}"

    def cells(self, raw: bytes, start: int) -> tuple[list[Cell], list[tuple[int, int]]]:
        self._learn_header()
        try:
            return self._in_order(object_in(raw)), []
        except ValueError:
            return [], []  # the file has changed

    def _learn(self, data: Mapping[str, Any]) -> None:
        for name in data:
            if name not in self._places:
                self._places[name] = len(self.header)
                self.header.append(name)

    def _learn_header(self) -> None:
        if len(self._places) != len(self.header):
            self._places = {name: place for place, name in enumerate(self.header)}

    def _in_order(self, data: Mapping[str, Any]) -> list[Cell]:
        cells: list[Cell] = [None] * len(self.header)
        for name, value in data.items():
            if name in self._places:
                cells[self._places[name]] = cell_of(value)
        return cells


def cell_of(value: Any) -> Cell:
    """A value of JSON as a cell."""
    return json.dumps(value, default=str) if isinstance(value, dict) else as_cell(value)


def _skip(file: BinaryIO, start: int) -> int:
    while more := file.readline(MAX_LINE):
        start += len(more)
        if more.endswith(b"\n"):
            break
    return start


def object_in(raw: bytes) -> dict[str, Any]:
    """The object in a line. Raises ValueError, with the reason."""
    try:
        text = raw.decode("utf-8-sig")
        data = _DECODER.decode(text)
    except UnicodeDecodeError:
        raise ValueError("it isn't text in UTF-8") from None
    except json.JSONDecodeError as bad:
        raise ValueError(f"it isn't JSON (column {bad.colno})") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(data, dict):
        raise ValueError('it isn\'t a JSON object; write one as {"id": …}')  # noqa: TRY004 - one kind of fault
    return data


def number_of(digits: str) -> Decimal | str:
    """A number of JSON, with all its digits; the text of one that no decimal can be."""
    try:
        return Decimal(digits)
    except InvalidOperation:
        return digits


_DECODER = json.JSONDecoder(parse_float=number_of, parse_int=number_of, parse_constant=lambda _: None)
