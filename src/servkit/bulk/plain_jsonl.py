"""JSON Lines that DuckDB can read exactly as :mod:`servkit.customers.sources.jsonl` does.

DuckDB looks for keys; what a value means, Python says, once for every different one. A number is marked before it is
looked for, so that it keeps its digits. A line that the two could understand in two ways is read by the desk's reader.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from servkit.bulk.engine import LONG, TEXT, Relation
from servkit.bulk.plain_lines import NotPlainError, line_end, numbered_lines
from servkit.customers.cells import place_in
from servkit.customers.row_reader import usable_id
from servkit.customers.sources.jsonl import MOST_COLUMNS, cell_of, number_of, object_in
from servkit.files import open_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from decimal import Decimal

    from servkit.bulk.engine import LineEngine
    from servkit.customers.cells import Cell
    from servkit.customers.file_source import FileSource
    from servkit.customers.row_reader import RowReader

    #: Writes a text as SQL.
    Literal = Callable[[str], str]

#: Stands before the digits of a number. No plain file has it.
_NUMBER = "\x7f"
_STRING = r'"(?:[^"\\]|\\.)*"'
_DIGITS = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_SPLIT, _MARK = rf"({_STRING})|([:,\[] *)({_DIGITS})", rf'\1\2"{_NUMBER}\3"'
#: What DuckDB reads and Python does not, or not alike: a comma too many, a number that is none, a control character.
_LAX = r",\s*[\]}]|[:\[,]\s*-?(?i:nan|inf)|\\u00[017]"
#: An object without escapes, lists and objects in it: what looks like a key of it is one.
_IS_FLAT = "NOT contains(line, '\\') AND NOT contains(line, '[') AND length(line) - length(replace(line, '{', '')) = 1"
#: So many brackets are never nested too deeply.
_MOST_BRACKETS = 100
#: A key that is written the same in a path.
_PLAIN_KEY = re.compile(r"[\w -]+")
#: Of these types, what DuckDB says of an id is what Python says.
_PLAIN_IDS = "('VARCHAR', 'UBIGINT', 'NULL')"


def objects_relation(engine: LineEngine, source: FileSource, table: str) -> Relation | None:
    """A table of the ids, as text, and of the values of the attributes, as JSON; None where the file is not plain."""
    import duckdb

    new_line = line_end(source.path)
    if new_line is None or not _is_read(source):
        return None
    lines = f"SELECT * FROM ({numbered_lines(engine.file(source.path), new_line)}) WHERE line IS NOT NULL"
    try:
        header = _header(engine, lines)
        if header is None:
            return None
        reader = source.read_under(header)
        used = _used(reader)
        if used is None or reader.id_place is None:
            return None
        _create(engine, lines, reader, used, source, table)
    except (duckdb.Error, NotPlainError):
        return None
    names = [f"v{place}" for place in range(len(header))]
    types = ["JSON"] * len(header)
    names[reader.id_place], types[reader.id_place] = "id", "VARCHAR"
    return Relation(reader, table, "number", names, types, source.faults)


def json_cell(raw: str) -> Cell:
    """What a value of a table of :func:`objects_relation` holds."""
    return cell_of(_unmarked(json.loads(raw)))


def _is_read(source: FileSource) -> bool:
    """Whether the format takes the file at all."""
    try:
        with open_file(source.path) as file:
            source.format.begin(file)
    except (OSError, ValueError):
        return False
    return True


def _header(engine: LineEngine, lines: str) -> list[str] | None:
    """All keys, in the order in which they are first there; None for too many."""
    sql = engine.dialect
    plain = f"SELECT min(number), json_keys(line) FROM ({lines}) WHERE {_is_plain(sql.literal)} GROUP BY 2"
    found = [(number, keys) for number, keys in engine.rows(plain)]
    if any(len(set(keys)) != len(keys) for _, keys in found):
        raise NotPlainError  # of two values of a key, Python takes the last one
    found += ((number, list(data)) for number, data in _others(engine, lines, "true", []))
    header = list(dict.fromkeys(key for _, keys in sorted(found) for key in keys))
    return header if len(header) <= MOST_COLUMNS else None


def _used(reader: RowReader) -> list[int] | None:
    """The places of the attributes; None where a key is not plain, or the id is an attribute as well."""
    places = {place_in(reader.header, column.name) for column in reader.columns.values()}
    used = sorted(place for place in places if place is not None)
    keys = [reader.header[place] for place in [*used, *([reader.id_place] if reader.id_place is not None else [])]]
    return None if reader.id_place in places or not all(map(_PLAIN_KEY.fullmatch, keys)) else used


def _create(
    engine: LineEngine, lines: str, reader: RowReader, used: Sequence[int], source: FileSource, table: str
) -> None:
    """Make the table: of the plain lines in DuckDB, of the others in Python."""
    literal = engine.dialect.literal
    id_path = literal(f'$."{reader.header[reader.id_place or 0]}"')
    has_plain_id = f"coalesce(json_type(line, {id_path}), 'NULL') IN {_PLAIN_IDS}"
    id_ = f"json_extract_string(line, {id_path})"
    keys = [reader.header[place] for place in used]
    paths = ", ".join(literal(f'$."{key}"') for key in keys)
    raw = f"CAST(json_extract(line, [{paths}]) AS VARCHAR[])" if keys else "CAST([] AS VARCHAR[])"
    plain = f"SELECT number, line, {id_} AS id, {raw} AS raw FROM ({lines}) WHERE"
    plain += f" CASE WHEN {_is_plain(literal)} THEN {has_plain_id} ELSE false END"
    plain = f"SELECT number, id, {_values(keys, paths, literal)} AS found FROM ({plain})"
    listed = "".join(f", found[{at}] AS v{place}" for at, place in enumerate(used, 1))
    kinds = {"number": LONG, "id": TEXT} | {f"v{place}": TEXT for place in used}
    faults = source.faults
    assert faults is not None
    id_key = reader.header[reader.id_place or 0]
    rows = (
        (number, usable_id(cell_of(data.get(id_key))), *(_marked(data.get(reader.header[place])) for place in used))
        for number, data in _others(engine, lines, has_plain_id, faults)
    )
    engine.load(f"{table}_others", kinds, rows)
    engine.create(table, f"SELECT number, id{listed} FROM ({plain}) UNION ALL SELECT * FROM {table}_others")
    engine.drop(f"{table}_others")


def _values(keys: Sequence[str], paths: str, literal: Literal) -> str:
    """The SQL of the list of the values of keys, as JSON with marked numbers."""
    if not keys:
        return "raw"
    marked = f"replace(regexp_replace(line, {literal(_SPLIT)}, {literal(_MARK)}, 'g'), '\"{_NUMBER}\"', '')"
    quick = ", ".join(_value(f"raw[{at}]", key, literal) for at, key in enumerate(keys, 1))
    return f"CASE WHEN {_IS_FLAT} THEN [{quick}] ELSE CAST(json_extract({marked}, [{paths}]) AS VARCHAR[]) END"


def _value(found: str, key: str, literal: Literal) -> str:
    """The SQL of a value in a flat object. DuckDB keeps the digits of short numbers; others are taken from the line."""
    pattern = f'"{key}" *: *({_DIGITS})'
    digits = f"regexp_extract(line, {literal(pattern)}, 1)"
    number = f"CASE WHEN regexp_full_match({found}, '[1-9][0-9]*') THEN {found} ELSE {digits} END"
    return f"CASE WHEN regexp_matches({found}, '^-?[0-9]') THEN '\"{_NUMBER}' || {number} || '\"' ELSE {found} END"


def _is_plain(literal: Literal) -> str:
    """Whether a line is an object that DuckDB and Python understand alike."""
    brackets = "length(line) - length(replace(replace(line, '[', ''), '{', ''))"
    valid = "CASE WHEN json_valid(line) THEN json_type(line) = 'OBJECT' ELSE false END"
    return f"({brackets} <= {_MOST_BRACKETS} AND NOT regexp_matches(line, {literal(_LAX)}) AND {valid})"


def _others(
    engine: LineEngine, lines: str, has_plain_id: str, faults: list[tuple[int, str]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects in the lines that are not plain, as the desk reads them."""
    plain = f"CASE WHEN {_is_plain(engine.dialect.literal)} THEN {has_plain_id} ELSE false END"
    for number, line in engine.rows(f"SELECT number, line FROM ({lines}) WHERE NOT ({plain})"):
        raw = f"{line}\n".encode()
        if b"\\u007" in raw.lower():
            raise NotPlainError
        if not raw.strip():
            continue
        try:
            yield number, object_in(raw)
        except ValueError as bad:
            faults.append((number, f"Row {number} was skipped: {bad}."))


def _marked(value: Any) -> str | None:
    """A value as JSON, in which numbers keep their digits."""
    return None if value is None else json.dumps(value, default=lambda number: f"{_NUMBER}{number}")


def _unmarked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unmarked(item) for item in value]
    if isinstance(value, dict):
        return {key: _unmarked(item) for key, item in value.items()}
    return _number(value) if isinstance(value, str) and value.startswith(_NUMBER) else value


def _number(text: str) -> Decimal | str:
    return number_of(text.removeprefix(_NUMBER))
