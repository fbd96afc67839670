"""The index of a customer file finds whom a plain look at every row would find, for any text."""

from __future__ import annotations

import csv
import threading
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servkit.book.reader import read_settings_file
from servkit.customers import index_file, name_search, name_tables, row_tables
from servkit.customers.search_key import closeness
from servkit.customers.sources.csv import open_source
from servkit.customers.surroundings import Surroundings
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from sqlite3 import Connection

    from servkit.customers.file_source import FileSource

SETTINGS = "servkit: 1\nname: B\nattributes:\n  phone: {type: text, find: yes}\n"
#: Pieces of names: accents in both forms, several scripts, and the signs that SQL, FTS and CSV have a meaning for.
PIECES = [
    *(
        "an",
        "Ann",
        "ANNA",
        "é",
        "e\u0301",
        "Zo\u00eb",
        "ß",
        "ø",
        "’",
        "'",
        '"',
        "%",
        "_",
        "*",
        "?",
        "[a]",
        "-",
        ";",
        "\0",
    ),
    *("\t", "  ", "\u00a0", "שרה", "سارة", "\u202e", "ﬁ", "Ⅳ", "ab", "0", "49", "x" * 40, "AND", "NEAR"),
]
names = st.lists(st.sampled_from([*PIECES, " ", " "]), max_size=6).map("".join)
phones = st.lists(st.sampled_from(["0", "49", "+49 ", "(12) ", "345", "67", "; ", "A", "é"]), max_size=5).map("".join)


def _opened(folder: Path, cache: Path | None) -> FileSource:
    return open_source({"file": "people.csv"}, Surroundings(folder, read_settings_file(folder), cache, {}))


def _write(folder: Path, rows: Sequence[Sequence[Any]]) -> None:
    (folder / "servkit.yaml").write_text(SETTINGS)
    text = StringIO()
    csv.writer(text).writerows([["id", "name", "phone"], *rows])
    (folder / "people.csv").write_bytes(text.getvalue().encode())


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    """So few rows make a block, and a word common, that small files take every way through the index."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(name_tables, "_BLOCK", 3)
        patch.setattr(name_search, "_COMMON", 3)
        patch.setattr(name_search, "_BLOCKS", 2)
        yield


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(people=st.lists(st.tuples(names, phones), min_size=1, max_size=12), data=st.data())
def test_the_index_finds_whom_every_row_by_itself_would(people: list[tuple[str, str]], data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder, [(f"C-{number}", *person) for number, person in enumerate(people)])
        source = _opened(folder, None)
        try:
            for _ in range(8):
                asked = data.draw(st.sampled_from([*(person[0] for person in people), "c-1", *PIECES]) | names | phones)
                begin = data.draw(st.integers(0, max(len(asked) - 1, 0)))
                asked = asked[begin : begin + data.draw(st.integers(1, 12))]
                folded = fold(asked.strip())
                if not folded.split():
                    assert source.search(folded) == []
                    continue
                close = {
                    f"C-{number}": closeness(f"C-{number}", called.strip(), phone.split(";"), folded)
                    for number, (called, phone) in enumerate(people)
                }
                best = min((found for found in close.values() if found is not None), default=None)
                expected = sorted(id_ for id_, found in close.items() if found is best is not None)
                assert sorted(listing.id for listing in source.search(folded)) == expected, asked
        finally:
            source.close()


def test_names_with_the_very_word_come_first_among_many(tmp_path: Path) -> None:
    rows = [(f"C-{number}", f"Anna{number} Bell", "") for number in range(300)] + [("C-900", "Ann Bell", "")]
    _write(tmp_path, rows)
    source = _opened(tmp_path, tmp_path / "cache")
    assert source.search("ann")[0].id == "C-900"
    assert len(source.search("ann")) == 200
    assert [listing.id for listing in source.search("nna299 be")] == ["C-299"]
    source.close()


def test_one_customer_waits_for_no_names_and_names_do_not_read_the_file_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, [("C-1", "Ann Bell", "+49 12 345"), ("C-2", "Bo", "")])
    read = []
    fill = row_tables.fill_row_tables

    def counted(*args: Any, **more: Any) -> None:
        read.append("file")
        fill(*args, **more)

    def named(connection: Connection) -> None:
        read.append("names")
        name_tables.make_name_tables(connection)

    monkeypatch.setattr("servkit.customers.file_index.fill_row_tables", counted)
    monkeypatch.setattr("servkit.customers.file_index.make_name_tables", named)
    for _ in range(2):
        source = _opened(tmp_path, tmp_path / "cache")
        assert source.exact("C-1") is not None
        source.close()
    assert read == ["file"]
    source = _opened(tmp_path, tmp_path / "cache")
    assert [listing.id for listing in source.search("bell")] == ["C-1"]
    assert [listing.id for listing in source.search("4912345")] == ["C-1"]
    assert source.exact("C-2") is not None
    source.close()
    assert read == ["file", "names"]
    with (tmp_path / "people.csv").open("a") as file:
        file.write("C-3,Cy Bell,\n")
    source = _opened(tmp_path, tmp_path / "cache")
    assert source.exact("C-3") is not None
    assert read == ["file", "names", "file"]
    assert sorted(listing.id for listing in source.search("bell")) == ["C-1", "C-3"]
    source.close()


def test_of_threads_that_need_a_new_index_one_makes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, [(f"C-{number}", f"Ann {number}", "") for number in range(50)])
    made, make = [], index_file._make

    def counted(*args: Any) -> None:
        made.append(threading.current_thread().name)
        waiting.wait()
        make(*args)

    monkeypatch.setattr(index_file, "_make", counted)
    waiting = threading.Event()
    found: list[object] = []

    def look() -> None:
        source = _opened(tmp_path, tmp_path / "cache")
        found.append(source.exact("C-7"))
        source.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    waiting.set()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len(found) == 4
    assert None not in found
