"""DuckDB reads JSON Lines into the very cells that the desk reads, or leaves the file to the desk's reader."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from servkit.customers.cells import Typed, place_in
from servkit.customers.file_source import FileSource
from servkit.customers.row_reader import cell, usable_id
from servkit.customers.sources import open_source
from servkit.customers.surroundings import Surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from servkit.book.settings import Settings
    from servkit.bulk.engines.duckdb import DuckDb

_VALUES = ['"single"', '""', "5", "-5", "-0", "0", "1.10", "-0.0", "1e5", "1E400", "12345678901234567890123", "true",
           "false", "null", "NaN", "-Infinity", "nan", '["a", "b"]', "[1.10, 2]", "[]", "[1,]", '{"x": 1.10}',
           '{"visits": 7.10, "x": [2.50]}', '"a, 5"', '"at 10:30, {5}"', '"\\u00e9"', '"\\ud83d\\ude00"', '"\\ud800"',
           '"\\u0000"', '"\\u007f5"', '"say \\"visits\\": 1.5"', '"\\\\"', '"see, info: nan"', '"é\u2028"', "01", "tru",
           '"open', '"visits"', '"\x0b"', "[" * 150 + "]" * 150]  # fmt: skip
_KEYS = ["id", "id", "plan", "visits", "note", "Plan", " visits", "other", "a.b"]
_PAIRS = st.tuples(st.sampled_from(_KEYS), st.sampled_from([": ", ":", " : "]), st.sampled_from(_VALUES))
_LINES = st.one_of(
    st.lists(_PAIRS.map(lambda pair: '"{}"{}{}'.format(*pair)), max_size=6).map(
        lambda pairs: f"{{{', '.join(pairs)}}}"
    ),
    st.sampled_from(
        ["", " ", "{}", "[]", "5", '{"id": "C-1", "visits": 1.50}', '\ufeff{"id": 5}', '{"id": 7,}', "{} {}"]
    ),
)


def both(folder: Path, data: bytes, engine: DuckDb, book_settings: Settings) -> tuple[Any, Any]:
    """The ids and attributes of every line, and the faults, as DuckDB has them and as the desk has them."""
    (folder / "people.jsonl").write_bytes(data)
    around = Surroundings(folder, book_settings, None, {})
    own, desk = open_source({"file": "people.jsonl"}, around), open_source({"file": "people.jsonl"}, around)
    assert isinstance(own, FileSource)
    assert isinstance(desk, FileSource)
    relation, (reader, rows) = engine.relation(own), desk.read_all()
    places = [place_in(reader.header, column.name) for column in reader.columns.values()]
    read = [(row.line, row.id, [_exact(cell(row.cells, place)) for place in places]) for row in rows]
    desk_says = (read, reader.header, reader.columns, _told(desk))
    if relation is None:
        return None, desk_says
    names = [relation.columns[place] for place in places if place is not None]
    query = f"SELECT {', '.join(['number', relation.columns[reader.id_place or 0], *names])} FROM {relation.sql}"
    cut = [
        (number, usable_id(id_), [_exact(None if raw is None else engine.cell(raw, "JSON")) for raw in raws])
        for number, id_, *raws in sorted(engine.rows(query))
    ]
    own_reader = relation.reader
    return ([row for row in cut if row[1]], own_reader.header, own_reader.columns, _told(own)), desk_says


def _exact(found: object) -> tuple[bool, object]:
    """A cell, and whether the file has typed it."""
    return isinstance(found, Typed), found or None


def _told(source: FileSource) -> list[tuple[int, str]]:
    """The lines that are no objects; those without an id are told later."""
    return [fault for fault in source.faults or () if "usable id" not in fault[1]]


@settings(max_examples=25, deadline=None)
@given(lines=st.lists(_LINES, max_size=40), end=st.sampled_from(["\n", "\r\n"]))
@example(lines=['{"id": "A", "visits": 1.10}', '{"id": "B", "visits": 1.10, "visits": 2.20}'], end="\n")
@example(lines=['{"id": 5, "note": {"visits": 7.10}, "visits": 8.10}'], end="\n")
def test_any_lines_are_read_alike(
    lines: list[str], end: str, engine: DuckDb, book_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = "".join(line + end for line in ['{"id": "C-0", "visits": 0}', *lines]).encode()
    own, desk = both(tmp_path_factory.getbasetemp(), data, engine, book_settings)
    assert own is None or own == desk


def test_what_programs_write_is_read_by_duckdb(tmp_path: Path, engine: DuckDb, book_settings: Settings) -> None:
    rows = [{"id": f"C-{n}", "plan": None if n % 3 else "é", "visits": n * 1.1 if n % 2 else n, "note": ["a", "b, 5"],
             "seen": "2026-03-01T10:30:00"} for n in range(2000)]  # fmt: skip
    for separators in ((",", ":"), (", ", ": ")):
        for ascii_ in (True, False):
            lines = [json.dumps(row, separators=separators, ensure_ascii=ascii_) for row in rows]
            own, desk = both(tmp_path, "\n".join(lines).encode(), engine, book_settings)
            assert own == desk
            assert len(own[0]) == 2000


@pytest.mark.parametrize("data", [b'{"id": "\xff"}\n', b'{"id": "a"}\n{"id": "b"}\r\n', b'{"id": "\x7f5"}\n', b"[]\n"])
def test_other_files_are_left_to_the_desk(tmp_path: Path, data: bytes, engine: DuckDb, book_settings: Settings) -> None:
    (tmp_path / "people.jsonl").write_bytes(data)
    source = open_source({"file": "people.jsonl"}, Surroundings(tmp_path, book_settings, None, {}))
    assert engine.relation(source) is None
