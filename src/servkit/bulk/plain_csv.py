"""CSV files that DuckDB can cut into lines, and lines into cells, exactly as :mod:`servkit.customers.csv_records` does.

DuckDB never decides what a quotation mark means: lines that have one are cut by the desk's own reader. A file with
anything else that a reader could understand in two ways is left to that reader as a whole.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from servkit.bulk.engine import LONG, TEXT, Relation
from servkit.customers.cells import used_columns
from servkit.customers.csv_records import read_record
from servkit.files import open_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from servkit.bulk.engine import LineEngine
    from servkit.customers.csv_records import Dialect
    from servkit.customers.file_source import FileSource
    from servkit.customers.sources.csv import CsvFormat

#: Every piece of a file has the end of a line: so no line is too long, nor any cell.
_PIECE = 1 << 16
#: Parts the columns of a file that is read as one column of lines.
_NO_TEXT = "\x01"
#: What a plain file has nowhere: the above, what stands for nothing in files on the way, and what is no text.
_NOT_PLAIN = (b"\x00", b"\x01", b"\x02")
#: DuckDB reads many times as many bytes at once. Lines of a plain file are shorter.
_LONGEST_LINE = 1 << 20


class _NotPlainError(Exception):
    """A line can only be understood together with others."""


def one_column(file: str, new_line: str = "\\n", longest: int = _LONGEST_LINE) -> str:
    """The SQL of a file, whose path is given as SQL, as a table with one column ``line``."""
    how = f"header = false, auto_detect = false, delim = '{_NO_TEXT}', quote = '', escape = '', new_line = '{new_line}'"
    how += ", hive_partitioning = false"
    return f"read_csv({file}, {how}, columns = {{'line': 'VARCHAR'}}, max_line_size = {longest})"


def lines_relation(engine: LineEngine, source: FileSource, format_: CsvFormat, table: str) -> Relation | None:
    """A table of the cells of a plain file, in texts; None where the file is not plain."""
    import duckdb

    reader, _ = source.read_all()
    new_line = _line_end(source.path) if format_.dialect.encoding == "utf-8" else None
    if new_line is None or reader.id_place is None:
        return None
    used = used_columns(source.spec, reader.header, reader.settings)
    names = [f"v{place}" for place in range(len(reader.header))]
    delimiter = engine.dialect.literal(format_.dialect.delimiter)
    numbered = f"SELECT row_number() OVER () AS number, line FROM {one_column(engine.file(source.path), new_line)}"
    lines = f"SELECT * FROM ({numbered}) WHERE number >= {format_.first_line} AND trim(line, {delimiter}) <> ''"
    cells = ", ".join(f"cells[{place + 1}] AS {names[place]}" for place in used)
    split = f"SELECT number, string_split(line, {delimiter}) AS cells FROM ({lines}) WHERE NOT contains(line, '\"')"
    try:
        marked = engine.rows(f"SELECT * FROM ({lines}) WHERE contains(line, '\"')")
        kinds = {"number": LONG} | {names[place]: TEXT for place in used}
        engine.load(f"{table}_marked", kinds, _cut(marked, used, format_.dialect))
        engine.create(table, f"SELECT number, {cells} FROM ({split}) UNION ALL SELECT * FROM {table}_marked")
        engine.drop(f"{table}_marked")
    except (duckdb.Error, _NotPlainError):
        return None
    return Relation(reader, table, "number", names, ["VARCHAR"] * len(names), source.faults)


def _cut(
    lines: Iterator[tuple[int, str]], used: Sequence[int], dialect: Dialect
) -> Iterator[tuple[int | str | None, ...]]:
    """The cells of lines with quotation marks."""
    for number, line in lines:
        cells, is_whole = read_record(line, dialect)
        if not is_whole:
            raise _NotPlainError
        if any(cells):
            yield number, *(cells[place] if place < len(cells) else None for place in used)


def _line_end(path: Path) -> str | None:
    """How a plain file ends its lines, as DuckDB writes it: UTF-8, with the same end to every line, and no line of more
    than 128 KiB."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    feeds = returns = pairs = 0
    ends_with_return = False
    try:
        with open_file(path) as file:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
                found = piece.count(b"\n")
                if any(sign in piece for sign in _NOT_PLAIN) or (not found and len(piece) == _PIECE):
                    return None
                feeds += found
                returns += piece.count(b"\r")
                pairs += piece.count(b"\r\n") + (ends_with_return and piece.startswith(b"\n"))
                ends_with_return = piece.endswith(b"\r")
            decoder.decode(b"", final=True)
    except (OSError, UnicodeDecodeError):
        return None
    if returns == 0:
        return "\\n"
    return "\\r\\n" if returns == feeds == pairs else None
