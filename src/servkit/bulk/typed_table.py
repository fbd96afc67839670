"""A table of a database whose columns have types: their codes are worked out there, and only codes leave it.

What no type settles (texts, lists, numbers of unusual size) leaves it as it is, and Python reads it as the desk does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.bulk.reading import CellCoder
from servkit.bulk.size_cases import size_case
from servkit.customers.cells import as_cell, place_in
from servkit.customers.row_reader import usable_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.bulk.duckdb_engine import DuckDbEngine
    from servkit.bulk.reading import Coded
    from servkit.customers.sql_source import SqlSource


def add_typed_table(engine: DuckDbEngine, source: SqlSource, types: Sequence[str]) -> None:
    """Code the customers of a table."""
    reader = source.reader
    assert reader.id_place is not None
    selected = [source.column(reader.id_place)]
    coders = [CellCoder(reader, codes, engine.unread) for codes in engine.codes]
    for codes in engine.codes:
        column = reader.columns.get(codes.name)
        place = None if column is None else place_in(source.header, column.name)
        if column is None or place is None:
            selected += ["NULL", "NULL"]
            continue
        sql, attribute = source.column(place), engine.settings.names[codes.name]
        case = None
        if codes.is_cut and not column.words and attribute.floor is None:
            case = size_case(sql, types[place], attribute, codes, engine.settings.currency)
        if case is None:
            selected += ["NULL", sql]
        else:
            selected += [
                f"CASE WHEN {case.guard} THEN {case.code} END",
                f"CASE WHEN {case.guard} THEN NULL ELSE {sql} END",
            ]
    engine.statements.append(f"SELECT {', '.join(selected)} FROM {source.shown}")

    def rows() -> Iterator[tuple[Coded, ...]]:
        for number, (raw, *pairs) in enumerate(source.select(selected)):
            id_ = usable_id(as_cell(raw))
            if id_ is None:
                engine.skipped_ids += 1
                continue
            coded: list[Coded] = [id_, number]
            for coder, code, left in zip(coders, pairs[::2], pairs[1::2], strict=True):
                coded.append(coder.code(as_cell(left)) if code is None else code)
            yield tuple(coded)

    engine.add_rows(rows())
