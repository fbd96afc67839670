"""All rows of a customer file in one pass: no index, and no more memory for ten million rows than for ten."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problems import ServkitError
from servkit.customers.cells import place_in
from servkit.customers.row_reader import Row, cell, row_reader, usable_id, usable_name
from servkit.customers.row_tables import without_id
from servkit.files import open_file

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Mapping
    from pathlib import Path

    from servkit.book.settings import Settings
    from servkit.customers.file_format import FileFormat
    from servkit.customers.row_reader import RowReader


class Faults(list[tuple[int, str]]):
    """The first faults of a file, as line (0 for the whole file) and message. ``total`` is how many there are."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self.total = most, 0

    def append(self, fault: tuple[int, str]) -> None:
        """Count a fault, and keep it if it is one of the first."""
        self.total += 1
        if len(self) < self._most:
            super().append(fault)


class RowStream(NamedTuple):
    """The file of a source. ``spec`` is the entry under ``customers:``, ``shown`` the name of the file in messages."""

    spec: Mapping[str, Any]
    shown: str
    path: Path
    format: FileFormat
    settings: Settings
    faults: Faults

    def reader(self) -> RowReader:
        """What reads a row. Raises ServkitError where the file cannot be read."""
        try:
            with open_file(self.path) as file:
                self.format.begin(file)
                with closing(self.format.read(file, [])) as records:
                    for _ in records:
                        if not self.format.learns_columns:
                            break
        except (OSError, ValueError) as bad:
            raise self._unreadable(bad) from None
        found = row_reader(self.spec, self.shown, list(self.format.header), self.settings)
        return found._replace(not_text=self.format.not_text)

    def rows(self, reader: RowReader, ids: Collection[str] | None = None) -> Generator[Row]:
        """The rows with a usable id; where only some ``ids`` matter, others may be left out. Raises ServkitError where
        the file cannot be read to its end."""
        id_place, name_place = reader.id_place, place_in(reader.header, reader.name)
        if id_place is None:
            self.faults.append(self.format.no_id(reader.id))
            return
        try:
            with open_file(self.path) as file:
                self.format.begin(file)
                for number, (line, _, _, cells) in enumerate(self.format.read(file, self.faults, ids), 1):
                    id_ = usable_id(cell(cells, id_place))
                    if id_ is not None:
                        yield Row(id_, usable_name(cell(cells, name_place)), cells, line)
                    elif any(cells):
                        self.faults.append(without_id(line, number, reader.id))
        except (OSError, ValueError) as bad:
            raise self._unreadable(bad) from None

    def _unreadable(self, bad: OSError | ValueError) -> ServkitError:
        reason = "no such file" if isinstance(bad, FileNotFoundError) else getattr(bad, "strerror", None) or bad
        return ServkitError(f"The file can't be read: {reason}.", path=self.shown)
