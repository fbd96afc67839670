"""CSV files that DuckDB can cut into lines, and lines into cells, exactly as :mod:`servkit.customers.csv_records` does.

DuckDB never decides what a quotation mark means: lines that have one are cut by the desk's own reader. A file with
anything else that a reader could understand in two ways is left to that reader as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.bulk.engine import LONG, TEXT, Relation
from servkit.bulk.plain_lines import NotPlainError, line_end, numbered_lines
from servkit.customers.cells import used_columns
from servkit.customers.csv_records import read_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.bulk.engine import LineEngine
    from servkit.customers.csv_records import Dialect
    from servkit.customers.file_source import FileSource
    from servkit.customers.sources.csv import CsvFormat


def lines_relation(engine: LineEngine, source: FileSource, format_: CsvFormat, table: str) -> Relation | None:
    """A table of the cells of a plain file, in texts; None where the file is not plain."""
    import duckdb

    reader, _ = source.read_all()
    new_line = line_end(source.path) if format_.dialect.encoding == "utf-8" else None
    if new_line is None or reader.id_place is None:
        return None
    used = used_columns(source.spec, reader.header, reader.settings)
    names = [f"v{place}" for place in range(len(reader.header))]
    delimiter = engine.dialect.literal(format_.dialect.delimiter)
    numbered = numbered_lines(engine.file(source.path), new_line)
    lines = f"SELECT * FROM ({numbered}) WHERE number >= {format_.first_line} AND trim(line, {delimiter}) <> ''"
    cells = ", ".join(f"cells[{place + 1}] AS {names[place]}" for place in used)
    split = f"SELECT number, string_split(line, {delimiter}) AS cells FROM ({lines}) WHERE NOT contains(line, '\"')"
    try:
        marked = engine.rows(f"SELECT * FROM ({lines}) WHERE contains(line, '\"')")
        kinds = {"number": LONG} | {names[place]: TEXT for place in used}
        engine.load(f"{table}_marked", kinds, _cut(marked, used, format_.dialect))
        engine.create(table, f"SELECT number, {cells} FROM ({split}) UNION ALL SELECT * FROM {table}_marked")
        engine.drop(f"{table}_marked")
    except (duckdb.Error, NotPlainError):
        return None
    return Relation(reader, table, "number", names, ["VARCHAR"] * len(names), source.faults)


def _cut(
    lines: Iterator[tuple[int, str]], used: Sequence[int], dialect: Dialect
) -> Iterator[tuple[int | str | None, ...]]:
    """The cells of lines with quotation marks."""
    for number, line in lines:
        cells, is_whole = read_record(line, dialect)
        if not is_whole:
            raise NotPlainError
        if any(cells):
            yield number, *(cells[place] if place < len(cells) else None for place in used)
