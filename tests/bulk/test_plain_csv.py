"""DuckDB cuts a CSV file into the very cells that the desk reads, or leaves it to the desk's reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from servkit.customers.file_source import FileSource
from servkit.customers.sources import open_source
from servkit.customers.surroundings import Surroundings
from servkit.files import open_file

if TYPE_CHECKING:
    from pathlib import Path

    from servkit.book.settings import Settings
    from servkit.bulk.engines.duckdb import DuckDb

_HEADER = "id,plan,name,note\n"
_PIECES = ["a", "C-1", ",", ",", "\n", "\n", '"', '"', '""', "\r\n", "\r", " ", "\t", ";", "é", "\u2028", "\x0b",
           "\x02", "\x00", "NULL", "\\N", "#", "'"]  # fmt: skip


def both(
    folder: Path, data: bytes, engine: DuckDb, book_settings: Settings, **spec: str
) -> tuple[list[tuple[Any, ...]] | None, list[tuple[Any, ...]]]:
    """The lines with their ids, plans and notes, as DuckDB has them and as the desk has them."""
    (folder / "people.csv").write_bytes(data)
    source = open_source({"file": "people.csv", **spec}, Surroundings(folder, book_settings, None, {}))
    assert isinstance(source, FileSource)
    relation = engine.relation(source)
    cut = None
    if relation is not None:
        names = [relation.columns[place] for place in (0, 1, 3)]
        cut = sorted(engine.rows(f"SELECT number, {', '.join(names)} FROM {relation.sql}"))
    with open_file(source.path) as file:
        source.format.begin(file)
        records = [record for record in source.format.read(file, []) if any(record.cells)]
    read: list[tuple[Any, ...]] = [(line, *(cells[place] if place < len(cells) else None for place in (0, 1, 3)))
            for line, _, _, cells in records]  # fmt: skip
    return cut, read


@settings(max_examples=200)
@given(pieces=st.lists(st.sampled_from(_PIECES), max_size=30))
@example(pieces=['C-1,"a, b",x,"say ""hi"""\n', 'C-2,a"b,"c"d,e\n'])
@example(pieces=['C-1,"not closed\n', "C-2,b\n"])
@example(pieces=["C-1,a\r\n", "C-2,b\n"])
def test_any_text_is_cut_alike(
    pieces: list[str], engine: DuckDb, book_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = (_HEADER + "".join(pieces)).encode()
    cut, read = both(tmp_path_factory.getbasetemp(), data, engine, book_settings)
    assert cut is None or cut == read


@pytest.mark.parametrize(
    ("data", "spec"),
    [
        (b"id,plan,name,note\nC-1,a,b,c\n\n,,,\nC-2,\xc3\xa9\n", {}),
        (b"\xef\xbb\xbf\n id ,plan,name,note\r\nC-1,a,b,c".replace(b"\n ", b"\r\n "), {}),
        (b'id;plan;name;note\n"C-1";"a;b";"c";"d ""e"""\n', {"delimiter": ";"}),
        (b'id,plan,name,note,"mo\nre"\nC-1,a,b,c\n', {}),
        (b"id,plan,name,note\n" + b"".join(b"C-%d,a,b,%d\n" % (n, n) for n in range(200_000)), {}),
    ],
)
def test_plain_files_are_cut_by_duckdb(
    tmp_path: Path, data: bytes, spec: dict[str, str], engine: DuckDb, book_settings: Settings
) -> None:
    cut, read = both(tmp_path, data, engine, book_settings, **spec)
    assert cut == read
    assert cut


@pytest.mark.parametrize(
    "rows",
    [
        b"C-1,\xff\n",
        b"C-1,a\x00b\n",
        b"C-1,a\rb\n",
        b"C-1,a\r\nC-2,b\n",
        b"C-1," + b"x" * (1 << 17) + b"\n",
        b'C-1,"a\nb"\n',
        b'C-1,"a',
    ],
)
def test_other_files_are_left_to_the_desk(tmp_path: Path, rows: bytes, engine: DuckDb, book_settings: Settings) -> None:
    cut, _ = both(tmp_path, _HEADER.encode() + rows, engine, book_settings)
    assert cut is None
