"""From the cells of a source to codes, exactly as the desk reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ValueProblem
from servkit.bulk.codes import coded
from servkit.customers.cells import cell_value, is_text
from servkit.customers.row_reader import text_of

if TYPE_CHECKING:
    from servkit.book.values import Value
    from servkit.bulk.codes import AttributeCodes, Coded
    from servkit.bulk.unread import Unread
    from servkit.customers.cells import Cell
    from servkit.customers.row_reader import RowReader

#: So many different cells of one column are remembered.
MAX_REMEMBERED = 50_000


class CellCoder:
    """Codes the cells of one attribute in one source."""

    def __init__(self, reader: RowReader, codes: AttributeCodes, unread: Unread) -> None:
        self.codes, self._unread, self._reader = codes, unread, reader
        self._column = reader.columns.get(codes.name)
        self._attribute = reader.settings.names[codes.name]
        self._met: dict[Cell, Coded] = {}

    def code(self, cell: Cell, count: int = 1) -> Coded:
        """The code of a cell; ``count`` is how many rows have it."""
        if cell is None or self._column is None:
            return None
        if cell in self._met:
            return self._met[cell]
        value = self._value(cell, count)
        found: Coded = None
        if value is not None:
            found = self.codes.code(value) if self.codes.is_cut else coded(value)
        if len(self._met) < MAX_REMEMBERED and value is not None:
            self._met[cell] = found
        return found

    def _value(self, cell: Cell, count: int) -> Value | None:
        assert self._column is not None
        try:
            if isinstance(cell, str) and not is_text(cell):
                raise ValueProblem(self._reader.not_text)  # noqa: TRY301 - one kind of fault
            return cell_value(cell, self._column, self._attribute, self._reader.settings)
        except ValueProblem as bad:
            self._unread.add(self._column.name, text_of(cell), str(bad), count)
            return None
