"""Cells as text, for an index that keeps them: JSON, in which a typed cell is a list of one, and a list two deep."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from servkit.customers.cells import Typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.customers.cells import Cell


def encode_cells(cells: Sequence[Cell]) -> str:
    """The cells of one row as text."""
    return json.dumps([_encoded(cell) for cell in cells], separators=(",", ":"))


def decode_cells(text: str) -> list[Cell]:
    """The inverse of :func:`encode_cells`."""
    return [_decoded(data) for data in json.loads(text)]


def _encoded(cell: Cell) -> Any:
    if isinstance(cell, tuple):
        return [list(cell)]
    return [str(cell)] if isinstance(cell, Typed) else cell


def _decoded(data: Any) -> Cell:
    if isinstance(data, list):
        return tuple(data[0]) if isinstance(data[0], list) else Typed(data[0])
    cell: Cell = data
    return cell
