"""Every source gives the same customers, found in the same ways, and says in one line what is wrong with it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from customers.tables import SOURCES, write_table
from postgres import PASSWORD
from servkit.book.problems import UnknownNameError
from servkit.book.reader import read_book, read_settings_file
from servkit.book.values import write
from servkit.cli import run
from servkit.customers.directory import Directory
from servkit.customers.sources import open_source
from servkit.customers.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from servkit.customers.customer_source import CustomerSource

pytestmark = pytest.mark.database

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
  phone: {type: text, find: yes}
"""
HEADER = ["Id", "name", "plan", "since", "balance", "visits", "vip", "tags", "phone", "other"]
ROWS: list[list[Any]] = [
    ["C-1", "José Ángel Bell", "monthly", "2021-04-12", "1,234.50", 12, "yes", "a;b", "+34 91 555-0142", "x"],
    ["C-2", "Jose Bellini", "single", None, None, None, None, None, None, None],
    ["c-3", "Łukasz O’Brien", "yearly", "2021-02-30", "1,234", None, "maybe", None, "0048 (22) 555 01", None],
    ["C-4", "Ann", None, None, None, 4, None, None, None, None],
    ["C-5", "Joanna Hannah 100%_", None, None, None, None, None, None, "Acme & Co", None],
    ["", "Nobody", None, None, None, None, None, None, None, None],
    ["C-2", "Second row", "monthly", None, None, None, None, None, None, None],
]


@pytest.fixture
def opened(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., CustomerSource]]:
    """Writes rows to a source and opens it."""
    sources: list[CustomerSource] = []

    def make(source: str, header: list[str] = HEADER, rows: list[list[Any]] = ROWS, **more: Any) -> CustomerSource:
        address = request.getfixturevalue("postgres") if source == "postgres" else ""
        spec = {**write_table(tmp_path, source, header, rows, address), **more}
        (tmp_path / "servkit.yaml").write_text(SETTINGS)
        around = Surroundings(tmp_path, read_settings_file(tmp_path), tmp_path / "cache", {"CRM_URL": address})
        sources.append(open_source(spec, around))
        return sources[-1]

    yield make
    for source in sources:
        source.close()


def _attributes(source: CustomerSource, id_: str) -> dict[str, str]:
    found = source.exact(id_)
    assert found is not None
    return {name: write(value) for name, value in found.attributes.items()}


@pytest.mark.parametrize("name", SOURCES)
def test_the_same_customers_in_every_source(opened: Callable[..., CustomerSource], name: str) -> None:
    source = opened(name)
    assert _attributes(source, "C-1") == {
        "plan": "monthly", "since": "2021-04-12", "balance": "1234.50 EUR", "visits": "12", "vip": "yes",
        "tags": "a; b", "phone": "+34 91 555-0142",
    }  # fmt: skip
    assert _attributes(source, "c-3") == {"phone": "0048 (22) 555 01"}
    assert source.exact("c-1") is None
    assert source.exact("C-9\0") is None
    found = source.exact("c-3")
    assert found is not None
    messages = [problem.message for problem in found.problems]
    assert [message.partition(": ")[0].partition(", ")[2] for message in messages] == [
        "column `plan`", "column `since`", "column `balance`", "column `vip`",
    ]  # fmt: skip
    assert all(message.endswith(" counts as unknown.") for message in messages)
    assert [problem.code for problem in source.exact("C-2").problems] == ["SK203"]  # type: ignore[union-attr]
    everybody = [one.id for one in source.all()]
    assert sorted(everybody) == ["C-1", "C-2", "C-2", "C-4", "C-5", "c-3"]
    assert sorted(one.id for one in source.everybody()) == sorted(everybody)


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize(
    ("folded", "ids"),
    [
        ("c-1", ["C-1"]),
        ("jose", ["C-1", "C-2"]),
        ("jose bell", ["C-1", "C-2"]),
        ("bell jose ang", ["C-1"]),
        ("ann", ["C-4"]),
        ("anna", ["C-5"]),
        ("100%_", ["C-5"]),
        ("%", ["C-5"]),
        ("lukasz", ["c-3"]),
        ("o'brien", ["c-3"]),
        ("34915550142", ["C-1"]),
        ("91 555 01 42", ["C-1"]),
        ("+48 22 55501", ["c-3"]),
        ("acme", ["C-5"]),
        ("zz", []),
        ("", []),
    ],
)
def test_who_is_meant_in_every_source(
    opened: Callable[..., CustomerSource], name: str, folded: str, ids: list[str]
) -> None:
    assert sorted({listing.id for listing in opened(name).search(folded)}) == ids


@pytest.mark.parametrize("name", SOURCES)
def test_completion_and_near_names_in_every_source(opened: Callable[..., CustomerSource], name: str) -> None:
    source = opened(name)
    assert {"C-1", "C-2", "C-4", "C-5"} <= set(source.starting("C-"))
    assert "Joanna Hannah 100%_" in source.starting("Joan")
    assert "+34 91 555-0142" in source.starting("+34")
    assert "Joanna Hannah 100%_" in list(source.similar("joana hanna"))


@pytest.mark.parametrize("name", ["jsonl", "parquet", "sqlite", "postgres", "xlsx"])
def test_what_a_source_has_typed_itself_is_read_by_its_type(opened: Callable[..., CustomerSource], name: str) -> None:
    source = opened(name, ["id", "name", "balance", "visits"], [[17, "Ann", 84.835, 1.5], [18, "Bo", 1234.0, 2.0]])
    assert _attributes(source, "17") == {"balance": "84.835 EUR", "visits": "1.5"}
    assert _attributes(source, "18") == {"balance": "1234 EUR", "visits": "2"}
    assert source.exact("017") is None


def test_types_of_postgres(opened: Callable[..., CustomerSource], postgres: str) -> None:
    import psycopg

    query = """
        SELECT 'C-1' AS id, 'Ann' AS name, 84.835::numeric AS balance, 'NaN'::numeric AS visits, true AS vip,
               ARRAY['a', 'b;c'] AS tags, timestamp '2021-04-12 10:30' AS since, NULL::text AS phone
        UNION ALL SELECT 'C-2', 'Bo', 'infinity', 1e30::numeric, false, '{}', 'infinity', '100%'
        UNION ALL SELECT 'C-3', 'Cy', 1, 1, NULL, NULL, date '0044-03-15 BC', ''
    """
    with psycopg.connect(postgres):
        source = opened("postgres", table=None, query=query + ";")
    assert _attributes(source, "C-1") == {
        "balance": "84.835 EUR",
        "vip": "yes",
        "tags": "a; b;c",
        "since": "2021-04-12",
    }
    assert _attributes(source, "C-2") == {"vip": "no", "tags": "", "phone": "100%"}
    assert _attributes(source, "C-3") == {"balance": "1 EUR", "visits": "1"}


def test_types_of_a_workbook(opened: Callable[..., CustomerSource]) -> None:
    rows: list[list[Any]] = [["C-1", datetime(2021, 4, 12, 10, 30), date(2021, 4, 12)], ["C-2", "#N/A", True]]  # noqa: DTZ001
    source = opened("xlsx", ["id", "since", "phone"], rows)
    assert _attributes(source, "C-1") == {"since": "2021-04-12", "phone": "2021-04-12"}
    assert _attributes(source, "C-2") == {"phone": "true"}


def test_formulas_of_a_workbook_that_were_never_worked_out_are_told(
    opened: Callable[..., CustomerSource], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [[f"C-{number}", f"=A{number}", "=1+1", "=2+2", 3] for number in range(1, 4)]
    source = opened("xlsx", ["id", "name", "balance", "other", "visits"], rows)
    with closing(Workbook()) as book:
        assert book.active is not None
        book.active.title = "Kunden"
        for row in [["id", "name", "balance", "other", "visits"], *rows, ["C-4", "Ann", 5, "=2+2", "=2"]]:
            book.active.append(row)
        book.save(tmp_path / "people.xlsx")
    assert _attributes(source, "C-2") == {"visits": "3"}
    told = "{} no saved value in column `{}` of sheet `Kunden`, so what they should say is unknown."
    told += " Open the workbook in Excel or LibreOffice and save it."
    counts = (("3 formulas have", "name"), ("3 formulas have", "balance"), ("1 formula has", "visits"))
    assert {(problem.path, problem.line) for problem in source.problems} == {("people.xlsx", 0)}
    assert [problem.message for problem in source.problems] == [told.format(*count) for count in counts]
    (tmp_path / "servkit.yaml").write_text(SETTINGS + "customers: [people.xlsx]\n")
    run(["lint", "--book", str(tmp_path), "--format", "concise"])
    told = " ".join(capsys.readouterr().out.split())
    assert "SK510" in told
    assert "`people.xlsx`: 3 formulas have no saved value in column `balance` of sheet `Kunden`" in told
    run(["lookup", "C-2", "--book", str(tmp_path)])
    assert "3 formulas have no saved value in column `balance`" in " ".join(capsys.readouterr().out.split())


def test_errors_of_a_workbook_are_told(opened: Callable[..., CustomerSource]) -> None:
    rows = [["C-1", "#REF!", 3, "#N/A"], ["C-2", "#N/A", "#DIV/0!", "x"], ["C-3", 5, 4, "#N/A"]]
    source = opened("xlsx", ["id", "balance", "visits", "other"], rows)
    assert _attributes(source, "C-2") == {}
    where = "in column `{}` of sheet `Sheet`, so what they should say is unknown. Correct the formula."
    assert [problem.message for problem in source.problems] == [
        f"2 cells hold #REF! and #N/A {where.format('balance')}",
        f"1 cell holds #DIV/0! {where.format('visits')}",
    ]


@pytest.mark.parametrize("name", ["peo*", "peo?le", "peo[p]le", "plan=single/people"])
def test_only_the_very_file_is_read(opened: Callable[..., CustomerSource], tmp_path: Path, name: str) -> None:
    for ending in ("parquet", "csv"):
        path = tmp_path / f"{name}.{ending}"
        path.parent.mkdir(exist_ok=True)
        source = opened(ending, ["id", "name"], [["C-2", "Somebody else"]], file=path.relative_to(tmp_path).as_posix())
        other = tmp_path / f"people.{ending}"
        (tmp_path / f"people_of.{ending}").write_bytes(other.read_bytes())
        opened(ending, ["id", "name"], [["C-1", "Bell"]])
        other.rename(path)
        (tmp_path / f"people_of.{ending}").rename(other)
        assert _attributes(source, "C-1") == {}
        assert source.exact("C-2") is None
        (tmp_path / "servkit.yaml").write_text(SETTINGS + f"customers: ['{name}.{ending}']\n")
        out = tmp_path / f"{ending}.jsonl"
        assert run(["assign", "--book", str(tmp_path), "--to", str(out)]) == 0
        assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == ["C-1"]


def test_types_of_parquet(opened: Callable[..., CustomerSource], tmp_path: Path) -> None:
    import duckdb

    source = opened("parquet")
    query = """
        SELECT 'C-1' AS id, 84.835::DECIMAL(9, 3) AS balance, ['a', 'b;c'] AS tags, DATE '2021-04-12' AS since,
               'NaN'::DOUBLE AS visits, true AS vip
        UNION ALL SELECT 'C-2', 1, [], 'infinity'::DATE, 'infinity'::DOUBLE, false
    """
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{tmp_path / 'people.parquet'}' (FORMAT parquet)")
    assert _attributes(source, "C-1") == {
        "balance": "84.835 EUR",
        "tags": "a; b;c",
        "since": "2021-04-12",
        "vip": "yes",
    }
    assert _attributes(source, "C-2") == {"balance": "1 EUR", "tags": "", "vip": "no"}


# --- what can be wrong -----------------------------------------------------------------------------------------------


def _fault(source: CustomerSource) -> str:
    with closing(source):
        return _fault_of(source)


def _fault_of(source: CustomerSource) -> str:
    assert source.exact("C-1") is None
    assert source.search("bell") == []
    assert list(source.all()) == []
    (problem,) = source.problems
    assert problem.code == "SK510"
    assert PASSWORD not in problem.message + problem.path
    return problem.message


@pytest.mark.parametrize("name", ["jsonl", "parquet", "xlsx"])
@pytest.mark.parametrize("data", [b"", b"\0\xff" * 40, b"PK\x03\x04nonsense", b"PAR1nonsense", b"[1, 2]", b"{}\n"])
def test_a_file_that_is_something_else(
    opened: Callable[..., CustomerSource], tmp_path: Path, name: str, data: bytes
) -> None:
    source = opened(name)
    (tmp_path / f"people.{name}").write_bytes(data)
    assert source.exact("C-1") is None
    assert source.problems
    assert all(problem.message.endswith((".", ")")) for problem in source.problems)


def test_lines_of_json_that_cannot_be_used(opened: Callable[..., CustomerSource], tmp_path: Path) -> None:
    source = opened("jsonl")
    lines = ['{"id": "C-1", "plan": "single", "since": {"y": 1}}', "{", "[]", '{"id": 1e400}', "", '{"name": "Nobody"}',
             "[" * 5000, '{"id": "C-2", "visits": NaN}', '{"id": "C-3", "visits": "1"}x']  # fmt: skip
    (tmp_path / "people.jsonl").write_text("\n".join(lines))
    assert _attributes(source, "C-1") == {"plan": "single"}
    assert _attributes(source, "C-2") == {}
    assert [problem.line for problem in source.problems] == [2, 3, 6, 7, 9]


def test_a_database_that_is_gone_locked_or_none(opened: Callable[..., CustomerSource], tmp_path: Path) -> None:
    path = tmp_path / "people.sqlite"
    source = opened("sqlite", table="poeple")
    assert _fault(source) == "There is no table `poeple`. Did you mean `people`?"
    assert _fault(opened("sqlite", id="no")) == (
        "There is no column `no`. Write `id:` and the name of the column that holds the id."
    )
    fault = _fault(opened("sqlite", table=None, query="SELEKT 1"))
    assert fault == "The query can't be read at `1`. Write it as `select … from …`."
    locked = opened("sqlite")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert _fault(locked) == "The database is locked by another program. Try again in a moment."
    connection.close()
    gone = opened("sqlite")
    path.unlink()
    assert _fault(gone) == "The database can't be read: no such file."
    path.mkdir()
    around = Surroundings(tmp_path, read_settings_file(tmp_path), None, {})
    assert _fault(open_source({"database": "sqlite:people.sqlite", "table": "people"}, around)) == (
        "The database can't be read: it is a folder, not a file."
    )
    (tmp_path / "text.sqlite").write_text("no database" * 100)
    assert _fault(open_source({"database": "sqlite:text.sqlite", "table": "people"}, around)) == (
        "The database can't be read: it isn't an SQLite database, or it is damaged."
    )


def test_a_database_is_never_written(opened: Callable[..., CustomerSource]) -> None:
    source = opened("sqlite", table=None, query="SELECT 1 AS id) AS x; DROP TABLE people; --")
    assert "can't be read" in _fault(source)
    assert opened("sqlite").exact("C-1") is not None


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (None, "The environment variable CRM_URL isn't set. It holds the address: postgresql://host/database."),
        (f"not-an-address-{PASSWORD}", "CRM_URL holds no address. Write it as postgresql://user@host/database."),
        (f"postgresql://a:{PASSWORD}@h:{PASSWORD}/x", "The database at the address in CRM_URL can't be reached."),
        (f"postgresql://a:{PASSWORD}@/x?host=/nowhere", "No database answers at the address in CRM_URL."),
        (f"postgresql://a:{PASSWORD}@localhost:1/x", "No database answers at the address in CRM_URL."),
        (f"postgresql://a:{PASSWORD}@no.invalid/x", "The computer that CRM_URL names can't be found."),
        ("wrong password", "The database refuses the user or the password in CRM_URL."),
        ("wrong database", "There is no such database or user as CRM_URL names."),
    ],
)
def test_a_bad_address_is_told_without_a_word_of_it(
    tmp_path: Path, postgres: str, address: str | None, said: str
) -> None:
    if address == "wrong password":
        address = postgres.replace(PASSWORD, PASSWORD[::-1])
    elif address == "wrong database":
        address = postgres.replace("/postgres?", "/nobodys?")
    (tmp_path / "servkit.yaml").write_text(SETTINGS)
    environment = {} if address is None else {"CRM_URL": address}
    around = Surroundings(tmp_path, read_settings_file(tmp_path), None, environment)
    assert _fault(open_source({"database": "${CRM_URL}", "table": "people"}, around)) == said


def test_a_table_a_column_and_a_query_of_postgres_that_are_wrong(opened: Callable[..., CustomerSource]) -> None:
    assert _fault(opened("postgres", table="poeple")) == "There is no table `poeple`. Did you mean `people`?"
    assert "There is no column `no`" in _fault(opened("postgres", id="no"))
    assert _fault(opened("postgres", table=None, query="SELECT missing FROM people")) == (
        'The database refuses the query: `column "missing" does not exist`.'
    )
    assert "refuses the query" in _fault(opened("postgres", table=None, query="SELECT 1) AS x; DROP TABLE people; --"))
    source = opened("postgres", attributes={"plan": {"column": "PLAN_CD"}})
    found = source.exact("C-1")
    assert found is not None
    assert [problem.message for problem in found.problems] == [
        "There is no column `PLAN_CD`, so `plan` is unknown. Write `plan: plan`."
    ]


@pytest.mark.parametrize(
    ("source", "library", "extra"),
    [("parquet", "duckdb", "bulk"), ("xlsx", "openpyxl", "xlsx"), ("postgres", "psycopg", "postgres")],
)
def test_a_library_that_is_missing(
    opened: Callable[..., CustomerSource], monkeypatch: pytest.MonkeyPatch, source: str, library: str, extra: str
) -> None:
    found = opened(source)
    monkeypatch.setitem(sys.modules, library, None)
    assert f"Install it with: pip install 'servkit[{extra}]'" in _fault(found)


def test_a_lookup_without_such_a_source_loads_no_library_for_one(tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text(SETTINGS + "customers: [people.csv]\n")
    (tmp_path / "people.csv").write_text("id,name\nC-1,Ann\n")
    program = (
        "import sys; from servkit.cli import run; run(['lookup', 'C-1', '--book', sys.argv[1]]);"
        "print([name for name in ('duckdb', 'openpyxl', 'psycopg') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_desk_answers_from_the_rest(
    opened: Callable[..., CustomerSource],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened("csv")
    monkeypatch.delenv("CRM_URL", raising=False)
    sources = (
        'customers: [people.csv, {database: "${CRM_URL}", table: people}, {database: "sqlite:no", table: people}]\n'
    )
    (tmp_path / "servkit.yaml").write_text(SETTINGS + sources)
    run(["lookup", "C-1", "--book", str(tmp_path)])
    out = " ".join(capsys.readouterr().out.split())
    assert "José Ángel Bell" in out
    assert "The environment variable CRM_URL isn't set." in out
    assert "The database can't be read: no such file." in out
    with Directory(read_book(tmp_path), tmp_path) as directory, pytest.raises(UnknownNameError) as raised:
        directory.one("C-99")
    assert str(raised.value.hint).startswith("${CRM_URL} people: The environment variable CRM_URL isn't set.")


def test_checks_use_no_network(
    opened: Callable[..., CustomerSource], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened("csv")
    (tmp_path / "servkit.yaml").write_text(SETTINGS + 'customers: [{database: "${CRM_URL}", table: people}]\n')
    scenario = "kind: scenario\nid: s\ntitle: S\ncustomer: C-1\ngiven: {today: 2026-01-01}\nexpect: {}\n"
    (tmp_path / "s.yaml").write_text(scenario)
    run(["lint", "--book", str(tmp_path), "--format", "json", "--select", "SK2,SK5"])
    found = capsys.readouterr().out
    assert '"findings": []' in found
    assert "${CRM_URL} people, because checks use no network" in found


def test_numbers_of_any_size_are_values_or_faults(opened: Callable[..., CustomerSource]) -> None:
    numbers = [float("inf"), float("-inf"), float("nan"), 1e300, -1e-300, 5e-324, 0.1, -0.0, 1e15]
    source = opened("parquet", ["id", "visits"], [[f"N{place}", number] for place, number in enumerate(numbers)])
    found = [_attributes(source, f"N{place}").get("visits") for place in range(len(numbers))]
    assert found == [None, None, None, None, None, None, "0.1", "0", "1000000000000000"]
    assert Decimal(found[-1] or "") == Decimal(10**15)
