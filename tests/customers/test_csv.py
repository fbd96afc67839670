"""Customers in CSV files as companies really have them."""

from __future__ import annotations

import os
import random
from pathlib import Path
from runpy import run_path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servkit.book.library import Book
from servkit.book.problems import UnknownNameError
from servkit.book.reader import read_settings_file
from servkit.book.values import write
from servkit.customers import index_file
from servkit.customers.csv_records import cells_of, places_of, read_dialect
from servkit.customers.directory import Directory
from servkit.customers.sources import csv
from servkit.customers.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from servkit.answer.case import Customer
    from servkit.customers.file_source import FileSource

SETTINGS = """\
servkit: 1
name: B
currency: EUR
attributes:
  plan: {type: choice, of: [single, monthly]}
  since: {type: date}
  balance: {type: money}
  visits: {type: number}
  vip: {type: flag}
  tags: {type: list}
  note: {type: text}
  age: {type: number, from: 0}
"""
generate = run_path(str(Path(__file__).parents[2] / "benchmarks" / "generate.py"))


OPEN: list[FileSource | Directory] = []


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "cache"))
    yield tmp_path / "cache"
    while OPEN:
        OPEN.pop().close()


def made(folder: Path, data: str | bytes, more: str = "", **spec: Any) -> FileSource:
    folder.mkdir(exist_ok=True)
    (folder / "servkit.yaml").write_text(SETTINGS + more)
    (folder / "c.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    return opened(folder, **spec)


def opened(folder: Path, **spec: Any) -> FileSource:
    """The source of ``c.csv`` in a book's folder; closed when the test is over."""
    cache = Path(os.environ["SERVKIT_CACHE"])
    spec = {"file": "c.csv", **spec}
    source = csv.open_source(spec, Surroundings(folder, read_settings_file(folder), cache, {}))
    OPEN.append(source)
    return source


def values(customer: Customer | None) -> dict[str, str]:
    assert customer is not None
    return {name: write(value) for name, value in customer.attributes.items()}


def told(file: FileSource) -> list[str]:
    _ = file.header
    return [f"{problem.where}: {problem.message}" for problem in file.problems]


ROW = "id,name,plan,visits\nC-1,José Bell,monthly,3\n"


#: Letters whose codes hold those of line feed and carriage return.
WIDE = "id,name,x,plan,visits\nC-1,José Bell,\u0a0a\u0d0a\u0a00\u010a,monthly,3\n"


@pytest.mark.parametrize(
    ("data", "spec"),
    [
        (ROW, {}),
        (ROW.encode("utf-8-sig"), {}),
        (ROW.encode("utf-8-sig"), {"encoding": "utf-8-sig"}),
        (ROW.replace("\n", "\r\n"), {}),
        ("\n\r\n" + ROW, {}),
        (ROW.rstrip("\n"), {}),
        (ROW + "\n\n,,,\n", {}),
        (ROW.replace(",", ";"), {"delimiter": ";"}),
        (ROW.replace(",", "\t"), {"delimiter": "tab"}),
        (ROW.replace(",", "|"), {"delimiter": "|"}),
        (ROW.encode("latin-1"), {"encoding": "latin-1"}),
        (ROW.encode("cp1252"), {"encoding": "windows-1252"}),
        (ROW.replace(",", " , ").replace("id ", " id "), {}),
        (ROW.replace("id,name,plan,visits", "Id,NAME, Plan ,VISITS"), {}),
        (ROW.replace("id,name", "Konto,name"), {"id": "konto "}),
        (ROW.encode("utf-16"), {}),
        (WIDE.replace("\n", "\r\n").encode("utf-16-le"), {}),
        (b"\xff\xfe" + WIDE.encode("utf-16-le"), {}),
        (b"\xfe\xff" + WIDE.encode("utf-16-be"), {}),
        (ROW.encode("utf-16-be"), {}),
        (ROW.encode("utf-16"), {"encoding": "utf-16"}),
        (ROW.encode("utf-16"), {"encoding": "utf-8"}),
        (ROW.encode("utf-16-le"), {"encoding": "utf-16-le"}),
        (ROW.encode("utf-32"), {}),
        ('"id","name","plan","visits"\n"C-1","José Bell","monthly","3"\n', {}),
        ('id,name,plan,visits,x\nC-1,José Bell,monthly,3,"a ""b""\nc, d"\n', {}),
        ("visits,x,name,id,plan,x\n3,,José Bell,C-1,monthly,\n", {}),
        (
            "ACC,WHO,PL,N\nC-1,José Bell,monthly,3\n",
            {"id": "ACC", "name": "WHO", "attributes": {"plan": {"column": "PL"}, "visits": {"column": "N"}}},
        ),
    ],
)
def test_ways_to_write_a_file(tmp_path: Path, data: str | bytes, spec: dict[str, Any]) -> None:
    file = made(tmp_path / "b", data, **spec)
    found = file.exact("C-1")
    assert found is not None
    assert (found.name, found.problems, told(file)) == ("José Bell", (), [])
    assert values(found) == {"plan": "monthly", "visits": "3"}
    assert [one.id for one in file.all()] == ["C-1"]


@pytest.mark.parametrize(
    ("data", "spec", "message"),
    [
        (b"", {}, "c.csv: The file is empty. Its first row should name the columns."),
        (b"\n\n", {}, "c.csv: The file is empty. Its first row should name the columns."),
        (
            b"name,plan\nA,single\n",
            {},
            "c.csv:1:1: There is no column `id`. Write `id:` and the name of the column that holds the id.",
        ),
        (
            b"Kunden Nr,name\n1,A\n",
            {"id": "kunden_nr"},
            "c.csv:1:1: There is no column `kunden_nr`. Write `id: Kunden Nr`.",
        ),
        (
            b"\nid;name\n1;A\n",
            {},
            'c.csv:2:1: There is no column `id`. The cells seem to be separated by ";". Write `delimiter: ";"`.',
        ),
        (
            b"id\n1\n",
            {"encoding": "klingon"},
            "c.csv: The file can't be read: unknown encoding 'klingon'; write one such as utf-8 or latin-1.",
        ),
        (
            b"id\n1\n",
            {"encoding": "utf-16"},
            "c.csv: The file can't be read: it isn't in utf-16; try `encoding: utf-8`.",
        ),
        (
            b"id\n1\n",
            {"encoding": "cp037"},
            "c.csv: The file can't be read: the encoding cp037 is not supported; save the file as UTF-8.",
        ),
        (
            b"PK\x03\x04\x14\x00",
            {},
            (
                "c.csv: The file can't be read: it is an Excel workbook or another zip file, not a text file;"
                " give it its own ending, or save it as CSV."
            ),
        ),
        (
            b"id\n1\n",
            {"delimiter": ";;"},
            "c.csv: The file can't be read: the delimiter must be one character such as , or the word tab, not ';;'.",
        ),
        (
            b"id\n1\n",
            {"delimiter": '"'},
            "c.csv: The file can't be read: the delimiter must be one character such as , or the word tab, not '\"'.",
        ),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, data: bytes, spec: dict[str, Any], message: str) -> None:
    file = made(tmp_path / "b", data, **spec)
    assert told(file) == [message]
    assert file.exact("1") is None
    assert file.search("a") == []


def test_no_file_a_folder_and_a_pipe(tmp_path: Path) -> None:
    file = made(tmp_path / "b", ROW)
    made_with = ((os.mkdir, "it is a folder, not a file"), (os.mkfifo, "it is a pipe, not a file"))
    for make, message in ((None, "no such file"), *made_with):
        if file.path.is_dir():
            file.path.rmdir()
        file.path.unlink(missing_ok=True)
        if make:
            make(file.path)
        assert told(opened(tmp_path / "b")) == [f"c.csv: The file can't be read: {message}."]
        assert opened(tmp_path / "b").exact("C-1") is None


def test_header_only(tmp_path: Path) -> None:
    file = made(tmp_path / "b", "id,name\n")
    assert (told(file), list(file.all()), file.exact("id")) == ([], [], None)


NOT_UTF_8 = "It isn't text in UTF-8. Save the file as UTF-8, or write its encoding, such as `encoding: windows-1252`."


def test_rows_that_cannot_be_used_are_told_and_stop_nothing(tmp_path: Path) -> None:
    data = b"id,name,note\n,Nobody,x\nC\x001,Nul,x\n\xff,Bytes,x\nC-2,Two\nC-3,Three,x,,\nC-4,Four,x,extra\n"
    data += b"C-5,F\xefve,\xff\n"
    file = made(tmp_path / "b", data)
    assert told(file) == [
        f"c.csv:{line}:1: Row {line} was skipped: it has no usable id in column `id`." for line in (2, 3, 4)
    ]
    assert [(one.id, one.name, values(one)) for one in file.all()] == [
        ("C-2", "Two", {}),
        ("C-3", "Three", {"note": "x"}),
        ("C-4", "Four", {"note": "x"}),
        ("C-5", None, {}),
    ]
    assert [f"{p.where}: {p.message}" for one in file.all() for p in one.problems] == [
        "c.csv:7:12: Row 7 has 4 cells but the header has 3. Is a quotation mark missing?",
        f"c.csv:8:10: Row 8, column `note`: {NOT_UTF_8} So `note` counts as unknown.",
        f"c.csv:8:5: Row 8, column `name`: {NOT_UTF_8} So the name is unknown.",
    ]


def test_an_unclosed_quotation_mark_loses_one_row_s_cells_and_no_other_row(tmp_path: Path) -> None:
    rows = [f"C-{number},Person {number},text {number}\n" for number in range(2, 3000)]
    rows[3] = 'C-5,Person 5,"text 5\n'
    file = made(tmp_path / "b", "id,name,note\n" + "".join(rows))
    message = "c.csv:5:1: Row 5: a quotation mark is not closed. That cell and those after it count as unknown."
    assert told(file) == [message]
    assert [one.id for one in file.everybody()] == [f"C-{number}" for number in range(2, 3000)]
    assert values(file.exact("C-5")) == {}
    assert values(file.exact("C-2999")) == {"note": "text 2999"}
    assert {one.line for one in file.everybody()} == set(range(2, 3000))


def test_an_unclosed_quotation_mark_at_the_end_and_marks_within_cells(tmp_path: Path) -> None:
    file = made(tmp_path / "b", 'id,note\nC-1,5" pipe\nC-2,a "b" c\nC-3,"a"b\nC-4,"open')
    assert [values(one) for one in file.all()] == [{"note": '5" pipe'}, {"note": 'a "b" c'}, {"note": "ab"}, {}]
    assert len(told(file)) == 1


def test_lines_too_long_and_cells_too_long(tmp_path: Path) -> None:
    data = "id,note\nC-1," + "x" * 2_000_000 + "\nC-2," + "y" * 200_000 + '\nC-3,"' + "z\n" * 40_000 + '"\nC-4,ok\n'
    file = made(tmp_path / "b", data)
    assert told(file) == [
        "c.csv:2:1: Row 2 was skipped: it is longer than 1,048,576 bytes.",
        "c.csv:3:1: Row 3 was skipped: it has a cell of more than 131,072 characters.",
    ]
    assert [(one.id, one.line) for one in file.everybody()] == [("C-3", 4), ("C-4", 40005)]
    assert values(file.exact("C-4")) == {"note": "ok"}


def test_many_faults_are_a_number(tmp_path: Path) -> None:
    file = made(tmp_path / "b", "id,name\n" + ",x\n" * 1500)
    assert len(told(file)) == 21
    assert told(file)[-1] == "c.csv: 1,480 more rows have problems."


def test_ids_and_columns_that_are_there_twice(tmp_path: Path) -> None:
    file = made(tmp_path / "b", "id,plan,plan\nC-1,single,monthly\nC-2,,\nC-1,monthly,x\n")
    found = file.exact("C-1")
    assert values(found) == {"plan": "single"}
    assert found is not None
    assert [f"{p.where} {p.code}" for p in found.problems] == ["c.csv:4:1 SK203"]
    assert "again (first in row 2)" in found.problems[0].message
    assert told(file) == ["c.csv:1:1: The column `plan` appears twice. The first one is used."]


CELLS = [
    ("plan", {"words": {"M": "monthly", "": "single", "-": None}}, "M", "monthly"),
    ("plan", {"words": {"M": "monthly", "": "single"}}, "", "single"),
    ("plan", {"words": {"-": None}}, "-", None),
    ("plan", {}, "yearly", "`yearly` is not one of single, monthly"),
    ("vip", {"words": {"1": "yes", "0": "no"}}, "1", "yes"),
    ("vip", {}, "maybe", "`maybe` should be `yes` or `no`"),
    ("tags", {}, "a; b ;;a", "a; b"),
    ("tags", {"words": {"all": ["x", "y"]}}, "all", "x; y"),
    ("visits", {}, "007", "`007` should be a number"),
    ("visits", {"number": "1,234.56"}, "1,234,567.5", "1234567.5"),
    ("visits", {"number": "1.234,56"}, "1.234,56", "1234.56"),
    ("visits", {"number": "1.234,56"}, "-1.234", "-1234"),
    ("visits", {"number": "1 234,56"}, "1\u202f234,5", "1234.5"),
    ("visits", {"number": "1 234,56"}, "1\xa0234", "1234"),
    ("visits", {"number": "1234.56"}, "12.5", "12.5"),
    ("visits", {"number": "1.234,56"}, "12.34", "`12.34` is not a number written as 1.234,56"),
    ("visits", {"number": "1,234.56"}, "1,23", "`1,23` is not a number written as 1,234.56"),
    ("visits", {"number": "1.234,56"}, "1,2,3", "`1,2,3` should be a number"),
    ("balance", {"number": "1.234,56"}, "1.234,5 USD", "1234.50 USD"),
    ("balance", {"number": "1.234,56"}, "1.234,50", "1234.50 EUR"),
    ("balance", {}, "12.50", "12.50 EUR"),
    ("balance", {}, "84.835,00 €", "84835 EUR"),
    ("balance", {}, "(32,474.00)", "-32474 EUR"),
    ("balance", {}, "84.835 EUR", "84.835 EUR"),
    ("balance", {"number": "1.234,56"}, "84.835", "84835 EUR"),
    ("balance", {"number": "1,234.56"}, "€84,835", "84835 EUR"),
    ("balance", {}, "84.835", "`84.835` can be read as 84835 or as 84.835. Say how the column writes numbers"),
    ("balance", {}, "$1,234.00", "`$` is not a sign of EUR, the book's currency"),
    ("balance", {"number": "1,234.56"}, "1.234,56 €", "`1.234,56 €` is not a number written as 1,234.56"),
    ("age", {}, "-1", "`-1` is less than 0, the least that `from` allows"),
    ("since", {"date": "%d.%m.%Y"}, "01.03.2026", "2026-03-01"),
    ("since", {"date": "%d.%m.%Y"}, "31.02.2026", "`31.02.2026` is not a date written as %d.%m.%Y"),
    ("since", {}, "1/3/2026", "`1/3/2026` should be a day such as 2026-03-01"),
    ("note", {}, "  kept  ", "kept"),
    ("note", {}, "", None),
]


@pytest.mark.parametrize(("name", "style", "cell", "said"), CELLS)
def test_cells(tmp_path: Path, name: str, style: dict[str, Any], cell: str, said: str | None) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    file = made(
        tmp_path / "b", f'id,K,V\nX,1,1\nC-1,"a\nb, ""c""",{quoted}\n', attributes={name: {"column": "V", **style}}
    )
    found = file.exact("C-1")
    assert found is not None
    if name in found.attributes or said is None:
        assert values(found) == ({} if said is None else {name: said})
    else:
        (problem,) = found.problems
        assert (problem.line, problem.column) == (4, 11)
        assert problem.message.startswith(f"Row 3, column `V`: {said}")
        assert problem.message.endswith(f" So `{name}` counts as unknown.")


def test_a_mapped_column_that_is_not_there(tmp_path: Path) -> None:
    found = made(tmp_path / "b", "id,a\nC-1,x\n", attributes={"note": {"column": "N"}, "plan": {"column": "a"}}).exact(
        "C-1"
    )
    assert found is not None
    assert [f"{p.where}: {p.message}" for p in found.problems] == [
        "c.csv:1:1: There is no column `N`, so `note` is unknown. Correct the name.",
        "c.csv:2:5: Row 2, column `a`: `x` is not one of single, monthly. So `plan` counts as unknown.",
    ]


@given(
    st.lists(
        st.lists(st.text(st.sampled_from('ab",\n ;é'), max_size=5), min_size=1, max_size=4), min_size=1, max_size=3
    )
)
@settings(deadline=None)
def test_the_place_of_every_cell(rows: list[list[str]]) -> None:
    dialect = read_dialect(None, None)
    for row in rows:
        text = ",".join('"' + cell.replace('"', '""') + '"' for cell in row)
        assert cells_of(text, dialect) == row
        lines = text.split("\n")
        for cell, (line, column) in zip(row, places_of(text, dialect), strict=True):
            assert lines[line][column - 1] == '"'
            assert lines[line][column:].startswith(cell.partition("\n")[0].replace('"', '""'))


@given(st.text(st.sampled_from('ab",\n;\r\0é\ufeff'), max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_at_all(tmp_path: Path, text: str) -> None:
    file = made(tmp_path / "b", "id,name,note\n" + text)
    for one in file.everybody():
        assert file.exact(one.id) is not None
    assert len(list(file.all())) == len(list(file.everybody()))
    file.close()


# --- looking people up -------------------------------------------------------------------------------------------

PEOPLE = (
    "id,name\nC-1,José Ángel Bell\nC-2,Jose Bellini\nc-3,Łukasz O’Brien\nC-4,Ann\nC-5,Joanna Hannah\nC-6,Ann\nX-9,\n"
)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ("C-1", ["C-1"]),
        ("c-1", ["C-1"]),
        ("C-3", ["c-3"]),
        ("jose", ["C-1", "C-2"]),
        ("JOSÉ BELL", ["C-1", "C-2"]),
        ("angel", ["C-1"]),
        ("bell jose ang", ["C-1"]),
        ("ann", ["C-4", "C-6"]),
        ("anna", ["C-5"]),
        ("ellini", ["C-2"]),
        ("lukasz", ["c-3"]),
        ("o'brien", ["c-3"]),
        ("  ann ", ["C-4", "C-6"]),
        ("x-9", ["X-9"]),
        ("%", []),
        ("zz", []),
        ("", []),
    ],
)
def test_who_is_meant(tmp_path: Path, wanted: str, ids: list[str]) -> None:
    folder = made(tmp_path / "b", PEOPLE, "customers: c.csv\n").path.parent
    people = Directory(Book(read_settings_file(folder), []), folder)
    OPEN.append(people)
    assert sorted(match.id for match in people.find(wanted)) == ids
    if len(ids) == 1:
        found = people.one(wanted)
        assert not isinstance(found, list)
        assert found.id == ids[0]


def test_somebody_unknown_is_told_with_the_nearest(tmp_path: Path) -> None:
    folder = made(tmp_path / "b", PEOPLE, "customers: c.csv\n").path.parent
    people = Directory(Book(read_settings_file(folder), []), folder)
    OPEN.append(people)
    for wanted, near in (
        ("Jsoe Bel", "José Ángel Bell"),
        ("Joane", "Joanna Hannah"),
        ("C-77", "C-1"),
        ("Josef Bellini", "Jose Bellini"),
    ):
        with pytest.raises(UnknownNameError) as raised:
            people.one(wanted)
        assert near in raised.value.known


def test_a_whole_name_is_found_behind_hundreds_that_hold_it(tmp_path: Path) -> None:
    rows = [f"J-{number},Joanna {number}\n" for number in range(500)]
    file = made(tmp_path / "b", "id,name\n" + "".join(rows) + "A,Ann\n")
    assert [row.id for row in file.search("ann")] == ["A"]
    assert len(file.search("anna")) == 200
    assert file.starting("J-49") == ["J-49", *(f"J-49{number}" for number in range(10))]


# --- the index ----------------------------------------------------------------------------------------------------


def _in_place(path: Path) -> None:
    before = path.stat()
    with path.open("r+") as file:
        file.write(path.read_text().replace("3\n", "4\n"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _by_rename(path: Path) -> None:
    before = path.stat()
    path.with_name("n").write_text(path.read_text().replace("3\n", "4\n"))
    os.utime(path.with_name("n"), ns=(before.st_atime_ns, before.st_mtime_ns))
    path.with_name("n").replace(path)


@pytest.mark.parametrize("racy", [-1, 60_000_000_000])
@pytest.mark.parametrize("change", [_in_place, _by_rename])
def test_a_file_that_changed(
    tmp_path: Path, change: Callable[[Path], None], racy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_file, "RACY_NS", racy)
    assert values(made(tmp_path / "b", ROW).exact("C-1"))["visits"] == "3"
    for _ in range(2):
        change(tmp_path / "b" / "c.csv")
        assert values(opened(tmp_path / "b").exact("C-1"))["visits"] == "4"


def test_a_row_that_moves_under_our_hands_is_never_somebody_else_s(tmp_path: Path) -> None:
    file = made(tmp_path / "b", "id,visits\nC-1,1\nC-2,2\n")
    everybody = file.all()
    assert next(everybody).id == "C-1"
    (tmp_path / "b" / "c.csv").write_text("id,visits\nC-9,9\nC-8,8\nC-2,5\n")
    assert values(next(everybody)) == {"visits": "5"}
    everybody = file.all()
    assert next(everybody).id == "C-9"
    (tmp_path / "b" / "c.csv").write_text("id,visits\nC-9,9\n")
    gone = next(everybody)
    assert (gone.id, gone.attributes) == ("C-8", {})


@pytest.mark.parametrize("how", ["gone", "garbage", "cut", "foreign", "folder", "unwritable", "torn"])
def test_a_broken_index(tmp_path: Path, cache: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f"C-{number},Person {number},monthly,3\n" for number in range(1, 400))
    made(tmp_path / "b", "id,name,plan,visits\n" + rows).search("x")
    (path,) = cache.glob("customers-*.sqlite")
    whole = path.read_bytes()
    if how == "unwritable":
        monkeypatch.setenv("SERVKIT_CACHE", "/proc/nowhere")
    elif how == "folder":
        path.unlink()
        path.mkdir()
    elif how == "gone":
        path.unlink()
    else:
        middle = whole[:9000] + os.urandom(20_000) + whole[29_000:]
        path.write_bytes({"garbage": os.urandom(9000), "cut": whole[:5000], "foreign": b"hello", "torn": middle}[how])
    for _ in range(2):
        file = opened(tmp_path / "b")
        for number in random.Random(1).sample(range(1, 400), 30):
            assert values(file.exact(f"C-{number}")) == {"plan": "monthly", "visits": "3"}
            assert [row.id for row in file.search(f"person {number}")][:1] in (
                [f"C-{number}"],
                [f"C-{number}0"],
            ) or number < 40


def test_the_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_file, "RACY_NS", -1)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "servkit.yaml").write_text(SETTINGS)
    generate["customers_csv"](tmp_path / "b" / "c.csv", 20_000)
    assert opened(tmp_path / "b").exact("X-15000") is not None
    monkeypatch.setattr(csv, "Records", None)
    monkeypatch.setattr(index_file, "_content", None)
    file = opened(tmp_path / "b")
    assert file.exact("X-19999") is not None
    assert [row.id for row in file.search("person 12345")] == ["X-12345"]
    assert file.search("nobody") == []
    assert any("19999" in name for name in file.similar("persn 19999"))


def test_a_file_just_written_is_compared_and_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path / "b", ROW).search("x")
    monkeypatch.setattr(csv, "Records", None)
    assert opened(tmp_path / "b").exact("C-1") is not None
    monkeypatch.setattr(index_file, "RACY_NS", -1)
    assert opened(tmp_path / "b").exact("C-1") is not None
    monkeypatch.setattr(index_file, "_content", None)
    assert opened(tmp_path / "b").exact("C-1") is not None
