"""Rows for whole customer bases are what the desk says of each customer, from every source and in every format."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import sys
import tempfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import duckdb
import psycopg
import pytest

from bulk.hostile import ON, rows, write_book
from customers.tables import write_table
from servkit import open_book
from servkit.answer.answer_json import answer_json
from servkit.answer.case import Case
from servkit.answer.resolver import resolve
from servkit.bulk.engines.duckdb import DuckDb
from servkit.bulk.postgres_table import Target
from servkit.bulk.postgres_table import write_table as write_table_of
from servkit.cli import run
from servkit.customers.directory import Directory
from servkit.customers.file_index import FileIndex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.database

SOURCES = ("csv", "jsonl", "parquet", "sqlite", "postgres")


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "cache"))


def expected(root: Path, role: str | None, environment: dict[str, str]) -> list[dict[str, Any]]:
    """What ``servkit lookup --format json`` says of everybody, as a row of JSON Lines."""
    book = open_book(root)
    out = []
    with Directory(book, root, environment=environment) as directory:
        for id_ in sorted({listing.id for listing in directory.everybody()}):
            answer = answer_json(resolve(book, Case(ON, directory.exact(id_), role=role)))
            keys = ("state", "value", "may_be", "you_may") if role else ("state", "value", "may_be")
            terms = {ref: {key: term[key] for key in keys if key in term} for ref, term in answer["terms"].items()}
            out.append(
                {
                    "id": id_,
                    "segments": [segment["id"] for segment in answer["segments"]],
                    "might_be": [segment["id"] for segment in answer["might_be"]],
                    "ask": [ask["name"] for ask in answer["ask"]],
                    "terms": terms,
                }
            )
    return out


def assigned(root: Path, target: Path, *args: str) -> int:
    return run(["assign", "--book", str(root), "--on", ON.isoformat(), "--to", str(target), *args])


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Rows of JSON Lines, without terms that are not in the answer."""
    out = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        row["terms"] = {ref: term for ref, term in row["terms"].items() if term["state"] != "none"}
        out.append(row)
    return out


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("role", [None, "supervisor"])
def test_every_row_is_what_the_desk_says(
    tmp_path: Path, source: str, role: str | None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = request.getfixturevalue("postgres") if source == "postgres" else ""
    monkeypatch.setenv("CRM_URL", address)
    (tmp_path / "book").mkdir()
    header, data = rows(80, seed=len(source))
    root = write_book(tmp_path / "book", json.dumps([write_table(tmp_path / "book", source, header, data, address)]))
    options = ["--role", role] if role else []
    assert assigned(root, tmp_path / "out.jsonl", *options) == 0
    found = read_lines(tmp_path / "out.jsonl")
    wanted = expected(root, role, {"CRM_URL": address})
    assert [row["id"] for row in found] == [row["id"] for row in wanted]
    assert [pair for pair in zip(found, wanted, strict=True) if pair[0] != pair[1]][:2] == []


def written(amount: Any) -> str | None:
    """An amount of ``servkit lookup --format json`` as text."""
    text: str | None = amount["text"] if isinstance(amount, dict) else amount
    return text


@pytest.fixture
def spark() -> Iterator[None]:
    """A Spark that runs from one command to the next."""
    from pyspark.sql import SparkSession

    session = SparkSession.builder.getOrCreate()
    yield
    session.stop()


@pytest.mark.parametrize("engine", ["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def test_every_engine_says_what_the_desk_says(tmp_path: Path, engine: str, request: pytest.FixtureRequest) -> None:
    if engine == "spark":
        request.getfixturevalue("spark")
    header, data = rows(200)
    typed = """
        SELECT 'C-' || range AS id, CASE WHEN range % 7 = 0 THEN NULL WHEN range % 7 = 1 THEN 'nan'::DOUBLE ELSE
                 (range % 40 - 20) / 8 END AS score,
               (range % 25)::DECIMAL(9, 3) - 1 AS visits, (range * 61 % 3000)::DECIMAL(12, 2) - 500 AS balance,
               CASE WHEN range % 11 = 0 THEN DATE '5000000-01-01' ELSE
                 DATE '2022-01-01' + (range * 13 % 2000)::INTEGER END AS since,
               TIMESTAMP '2025-06-01 10:00:00' + to_days((range * 7 % 500)::INTEGER) AS seen, range % 3 = 0 AS vip,
               ['partner', 'x'][1:(range % 3)] AS tags, (range % 5)::FLOAT / 3 AS credit
        FROM range(120)
    """
    (tmp_path / "book").mkdir()
    write_table(tmp_path / "book", "parquet", header, data)
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({typed}) TO '{tmp_path / 'book' / 'typed.parquet'}' (FORMAT parquet)")
    root = write_book(tmp_path / "book", "[people.parquet, typed.parquet]")
    target = tmp_path / "out.parquet"
    assert assigned(root, target, "--engine", engine, "--role", "supervisor") == 0
    files = f"{target}/*.parquet" if target.is_dir() else str(target)
    with duckdb.connect() as connection:
        relation = connection.execute(f"SELECT * FROM read_parquet('{files}')")
        names = [column[0] for column in relation.description]
        found = [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
    wanted = expected(root, "supervisor", {})
    for row, line in zip(found, wanted, strict=True):
        assert [row[name] for name in ("id", "segments", "might_be", "ask")] == list(line.values())[:4]
        for ref in ("service.fee", "service.refund", "service.window", "service.words", "special.gift"):
            term = line["terms"].get(ref, {"state": "none"})
            assert (row[f"{ref}.state"], row[ref]) == (term["state"], written(term.get("value"))), (line["id"], ref)
            assert row[f"{ref}.you_may"] == written(term.get("you_may"))
            assert len(row[f"{ref}.may_be"]) == len(term.get("may_be", []))
    since = ["--changed-since", str(tmp_path / "out.parquet")]
    assert assigned(root, target, "--engine", engine, "--role", "supervisor", *since) == 0
    with duckdb.connect() as connection:
        assert connection.execute(f"SELECT count(*) FROM read_parquet('{files}')").fetchall() == [(0,)]


def test_typed_values_of_postgres_are_what_the_desk_says(
    tmp_path: Path, postgres: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    query = """
        SELECT 'C-' || n AS id, (n % 25)::int8 AS visits,
               CASE WHEN n % 7 = 0 THEN NULL WHEN n % 7 = 1 THEN 'NaN'::float8 ELSE (n % 40 - 20) / 8.0 END AS score,
               CASE WHEN n % 9 = 0 THEN 'NaN' ELSE (n * 61 % 3000)::numeric - 500.5 END AS balance,
               CASE WHEN n % 11 = 0 THEN 'infinity' ELSE date '2022-01-01' + n * 13 % 2000 END AS since,
               timestamp '2025-06-01 10:00' + make_interval(days => n * 7 % 500) AS seen, n % 3 = 0 AS vip,
               ARRAY['partner', 'x'] AS tags, (n % 5)::float4 / 3 AS credit,
               CASE WHEN n % 2 = 0 THEN 'single' END AS plan
        FROM generate_series(1, 100) AS n
    """
    monkeypatch.setenv("CRM_URL", postgres)
    root = write_book(tmp_path / "book", json.dumps([{"database": "${CRM_URL}", "query": " ".join(query.split())}]))
    assert assigned(root, tmp_path / "out.jsonl", "--engine", "postgres") == 0
    found, wanted = read_lines(tmp_path / "out.jsonl"), expected(root, None, {"CRM_URL": postgres})
    assert [pair for pair in zip(found, wanted, strict=True) if pair[0] != pair[1]][:2] == []
    capsys.readouterr()
    assert run(["assign", "--book", str(root), "--sql", "postgres"]) == 0
    assert 'WHEN (abs(CAST(src."score" AS double precision))' in capsys.readouterr().out
    assert (
        run(["assign", "--book", str(root), "--on", ON.isoformat(), "--engine", "postgres", "--to", "${CRM_URL}#rows"])
        == 0
    )
    query = 'SELECT id, segments, might_be, ask, "service.window" FROM "rows" ORDER BY id COLLATE "C"'
    with psycopg.connect(postgres) as connection:
        table = connection.execute(query.encode()).fetchall()
    lists = [(row["id"], row["segments"], row["might_be"], row["ask"]) for row in wanted]
    assert [row[:4] for row in table] == lists
    assert [row[4] for row in table] == [row["terms"].get("service.window", {}).get("value") for row in wanted]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sources and documents, joined by id."""
    (tmp_path / "book").mkdir()
    header, data = rows(60)
    (tmp_path / "book" / "more.csv").write_text(
        "id,name,plan,vip,score\nC-00001,A,single,yes,1\nX-1,New,monthly,no,0.1\n"
    )
    first = write_table(tmp_path / "book", "jsonl", header, data)
    return write_book(tmp_path / "book", json.dumps([first, "more.csv"]))


@pytest.mark.parametrize("source", ["csv", "jsonl", "xlsx", "parquet"])
def test_a_file_is_read_without_an_index(tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of millions of rows would not fit into memory. Somebody with a promise is found on the way."""
    (tmp_path / "book").mkdir()
    header, data = rows(60)
    root = write_book(tmp_path / "book", json.dumps([write_table(tmp_path / "book", source, header, data)]))
    wanted = expected(root, None, {})
    monkeypatch.setattr(FileIndex, "connection", property(lambda _: pytest.fail("an index was made")))
    assert assigned(root, tmp_path / "out.jsonl") == 0
    assert read_lines(tmp_path / "out.jsonl") == wanted
    promised = next(row for row in read_lines(tmp_path / "out.jsonl") if row["id"] == "C-00005")
    assert "80 days" in json.dumps(promised["terms"]["service.window"])


def test_json_lines_learn_of_columns_late(tmp_path: Path) -> None:
    """A later key that is written just so takes the place of one that is only alike."""
    (tmp_path / "book").mkdir()
    lines = [{"id": "A", "PLAN": "single", "Visits": 20}, {"id": "B", "plan": "commercial", "vip": True, "Visits": 1}]
    (tmp_path / "book" / "people.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    root = write_book(tmp_path / "book", "[people.jsonl]")
    assert assigned(root, tmp_path / "out.jsonl") == 0
    assert read_lines(tmp_path / "out.jsonl") == expected(root, None, {})


def test_rows_that_cannot_be_used_are_told_with_their_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "book").mkdir()
    data = "id,plan\n" + "".join(f"C-{number},single\n,single\n" for number in range(30))
    (tmp_path / "book" / "people.csv").write_text(data)
    root = write_book(tmp_path / "book", "[people.csv]")
    assert assigned(root, tmp_path / "out.jsonl") == 0
    told = capsys.readouterr().err
    assert "people.csv:3:1: Row 3 was skipped: it has no usable id in column `id`." in told
    assert "people.csv: 10 more rows have problems." in told


@pytest.mark.parametrize("source", ["csv", "jsonl", "xlsx", "sqlite", "parquet"])
def test_a_source_without_ids_writes_nothing(tmp_path: Path, source: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "book").mkdir()
    spec = write_table(tmp_path / "book", source, ["number", "plan"], [["C-1", "single"]])
    root = write_book(tmp_path / "book", json.dumps([spec]))
    (tmp_path / "out.jsonl").write_text("before")
    assert assigned(root, tmp_path / "out.jsonl") == 2
    told = capsys.readouterr().err
    assert re.fullmatch(r"servkit: \S+: There is no (column|key) `id`.*\n", told)
    assert (tmp_path / "out.jsonl").read_text() == "before"


@pytest.mark.parametrize("source", ["csv", "jsonl", "parquet", "sqlite"])
def test_a_column_that_is_gone_is_told(tmp_path: Path, source: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "book").mkdir()
    spec = write_table(tmp_path / "book", source, ["id", "plan"], [["C-1", "single"]])
    root = write_book(tmp_path / "book", json.dumps([spec | {"attributes": {"plan": "PLAN_CD", "vip": "plan"}}]))
    assert assigned(root, tmp_path / "out.jsonl") == 0
    assert "There is no column `PLAN_CD`, so `plan` is unknown." in capsys.readouterr().err


@pytest.mark.parametrize(
    "goals",
    [
        ("--count", "--to", "out.csv"),
        ("--count", "--segment", "loyal"),
        ("--why", "C-00003", "--count"),
        ("--why", "C-00003", "--segment", "loyal"),
        ("--sql", "duckdb", "--to", "out.csv"),
    ],
)
def test_one_run_has_one_result(book: Path, goals: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assign", "--book", str(book), *goals]) == 2
    first, second = [goal for goal in goals if goal.startswith("--")]
    assert f"{first} and {second} are two different results." in capsys.readouterr().err


def test_the_engines_are_those_that_there_are(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assign", "--book", str(book), "--engine", "plain_csv"]) == 2
    assert "choose from duckdb, postgres, spark" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("engine", "name"),
    [
        ("duckdb", "a\\[b]*?.parquet"),
        ("duckdb", "{a,b} [c].parquet"),
        pytest.param("spark", "{a,b} é%20#[c]\\*?.parquet", marks=pytest.mark.spark),
    ],
)
def test_a_file_of_any_name_is_read_and_compared_with(
    tmp_path: Path, engine: str, name: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    if engine == "spark":
        request.getfixturevalue("spark")
    home = tmp_path / "é%20{a,b}"
    home.mkdir()
    header, data = rows(4)
    write_table(home, "parquet", header, data)
    (home / "people.parquet").rename(home / name)
    (home / "aX.parquet").write_bytes(b"another file")
    root = write_book(home, json.dumps([name]))
    before = tmp_path / name
    assert assigned(root, before, "--engine", engine) == 0
    assert before.exists()
    if engine == "duckdb":
        assert assigned(root, tmp_path / "out.jsonl") == 0
        assert read_lines(tmp_path / "out.jsonl") == expected(root, None, {})
        capsys.readouterr()
        assert assigned(root, home / f"after {name}", "--changed-since", str(before)) == 0
        assert "wrote 0 rows" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="its signals are others")
@pytest.mark.parametrize("way", ["SIGINT", "SIGTERM", "SIGHUP", "within a query of DuckDB"])
def test_an_interrupted_run_leaves_nothing(
    book: Path, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def write(_: DuckDb, __: Any, path: Path, ___: str) -> int:
        path.write_text("half")
        if not way.startswith("SIG"):
            raise RuntimeError("Query interrupted")
        os.kill(os.getpid(), getattr(signal, way))
        return 0

    (tmp_path / "files").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "files"))
    monkeypatch.setattr(DuckDb, "write", write)
    (tmp_path / "out.parquet").write_text("before")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background
    try:
        assert assigned(book, tmp_path / "out.parquet") == 130
    finally:
        signal.signal(signal.SIGINT, before)
    assert capsys.readouterr().err == ""
    assert (tmp_path / "out.parquet").read_text() == "before"
    assert [*(tmp_path / "files").iterdir(), *tmp_path.glob(".*")] == []


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_a_full_disk_is_one_line_and_leaves_nothing(
    book: Path, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # or half of it stays for the next test
    assert assigned(book, tmp_path / f"out.{ending}") == 0
    size, before = (tmp_path / f"out.{ending}").stat().st_size, resource.getrlimit(resource.RLIMIT_FSIZE)
    capsys.readouterr()
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, before[1]))
    try:
        code = assigned(book, tmp_path / f"full.{ending}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    told = capsys.readouterr().err
    assert (code, told.count("\n")) == (2, 1), told
    assert "can't be written: File too large." in told
    assert [path.name for path in tmp_path.iterdir() if "full" in path.name or path.name.startswith(".")] == []


def test_all_formats_say_the_same(book: Path, tmp_path: Path) -> None:
    for ending in ("jsonl", "csv", "parquet"):
        assert assigned(book, tmp_path / f"out.{ending}", "--role", "supervisor") == 0
    lines = read_lines(tmp_path / "out.jsonl")
    assert lines == expected(book, "supervisor", {})
    with duckdb.connect() as connection:
        relation = connection.execute("SELECT * FROM read_parquet(?)", [str(tmp_path / "out.parquet")])
        names = [column[0] for column in relation.description]
        table = [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        texts = list(csv.DictReader(file))
    assert names == list(texts[0])
    for row, text, line in zip(table, texts, lines, strict=True):
        assert row["id"] == text["id"] == line["id"]
        assert row["segments"] == line["segments"] == [part for part in text["segments"].split("; ") if part]
        term = line["terms"].get("service.window", {"state": "none"})
        assert (row["service.window"] or "", row["service.window.state"]) == (term.get("value") or "", term["state"])
        assert (text["service.window"], text["service.window.state"]) == (term.get("value") or "", term["state"])
        assert (text["service.window.you_may"] or None) == row["service.window.you_may"] == term.get("you_may")
        assert [item for item in text["service.window.may_be"].split("; ") if item] == row["service.window.may_be"]


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_only_rows_that_have_changed(book: Path, tmp_path: Path, ending: str) -> None:
    assert assigned(book, tmp_path / f"before.{ending}") == 0
    (book / "more.csv").write_text("id,name,plan,vip\nC-00001,A,commercial,yes\nX-2,Newer,monthly,no\n")
    since = ["--changed-since", str(tmp_path / f"before.{ending}")]
    assert assigned(book, tmp_path / f"after.{ending}", *since) == 0
    with duckdb.connect() as connection:
        after = str(tmp_path / f"after.{ending}")
        ids = connection.execute(f"SELECT id FROM '{after}' ORDER BY 1".replace(".jsonl'", ".jsonl'")).fetchall()
    assert ("X-2",) in ids
    assert len(ids) <= 2


def test_changes_need_a_destination(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assign", "--book", str(book), "--changed-since", str(tmp_path / "before.csv")]) == 2
    assert "--changed-since needs a file to write to: --to FILE" in capsys.readouterr().err
    assert assigned(book, tmp_path / "after.csv", "--changed-since", str(tmp_path / "before.csv")) == 2
    assert "before.csv: There is no such file." in capsys.readouterr().err
    assert not (tmp_path / "after.csv").exists()


def test_who_is_in_a_segment_and_how_many(book: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    wanted = [row["id"] for row in expected(book, None, {}) if "loyal" in row["segments"]]
    assert run(["assign", "--book", str(book), "--on", ON.isoformat(), "--segment", "loyal"]) == 0
    assert capsys.readouterr().out.split("\n")[:-1] == wanted
    assert run(["assign", "--book", str(book), "--on", ON.isoformat(), "--segment", "loyal", "--format", "json"]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == wanted
    assert run(["assign", "--book", str(book), "--on", ON.isoformat(), "--count", "--format", "json"]) == 0
    counted = json.loads(capsys.readouterr().out)
    everybody = expected(book, None, {})
    assert counted["customers"] == len(everybody)
    assert {segment["id"]: segment["in"] for segment in counted["segments"]}["loyal"] == len(wanted)
    assert counted["nowhere"] == sum(not row["segments"] and not row["might_be"] for row in everybody)
    assert run(["assign", "--book", str(book), "--on", ON.isoformat(), "--count"]) == 0
    assert f"{len(everybody)} customers" in capsys.readouterr().out
    assert assigned(book, tmp_path / "loyal.csv", "--segment", "loyal") == 0
    assert len((tmp_path / "loyal.csv").read_text().splitlines()) == 1 + len(wanted)


def test_what_could_not_be_read_is_counted(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert assigned(book, tmp_path / "out.csv") == 0
    told = capsys.readouterr().err
    assert "count as unknown in column `plan`." in told
    assert "is less than 0, the least that `from` allows." in told


def test_rows_without_a_destination_are_printed(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assign", "--book", str(book), "--on", ON.isoformat(), "--about", "service"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["id"] for line in lines] == [row["id"] for row in expected(book, None, {})]


def test_a_row_is_explained_as_the_desk_does(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assign", "--book", str(book), "--on", ON.isoformat(), "--why", "C-00003"]) == 0
    assert "Person 3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("out.xlsx", "Give the file one of the endings .parquet, .csv and .jsonl."),
        ("no/folder/out.csv", "There is no such folder."),
        ("folder.csv", "There is something of this name that is not a file."),
        ("postgresql://me:secret@host/db#people", "Write a table as '${NAME}#table'."),
        ("${NOT_SET}#", "Write a table as '${NAME}#table'."),
        ("${NOT_SET}#people", "The environment variable NOT_SET isn't set."),
        ("x" * 5000 + ".csv", "The file can't be written: File name too long."),
    ],
)
def test_a_destination_that_cannot_be(
    book: Path, tmp_path: Path, to: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder.csv").mkdir()
    target = to if to.startswith(("$", "postgresql:")) else str(tmp_path / to)
    assert run(["assign", "--book", str(book), "--on", ON.isoformat(), "--to", target]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "secret" not in told
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_table_of_postgres(book: Path, postgres: str, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("OUT_URL", postgres)
    command = ["assign", "--book", str(book), "--on", ON.isoformat(), "--to", "${OUT_URL}#assigned"]
    assert run(command) == 0
    assert run(command) == 0  # its own table is replaced
    query = 'SELECT id, segments, "service.window" FROM assigned ORDER BY id COLLATE "C"'
    with psycopg.connect(postgres) as connection:
        found = connection.execute(query.encode()).fetchall()
        connection.execute("CREATE TABLE IF NOT EXISTS theirs (id text)")
    wanted = expected(book, None, {})
    assert [row[:2] for row in found] == [(row["id"], row["segments"]) for row in wanted]
    capsys.readouterr()
    assert run([*command[:-1], "${OUT_URL}#theirs"]) == 2
    assert (
        "The table theirs is there already, and servkit did not make it. Choose another name."
        in capsys.readouterr().err
    )


def test_an_interrupted_table_stays_as_it_was(postgres: str) -> None:
    def rows_until_interrupted() -> Iterator[tuple[str, str]]:
        yield "C-2", "half"
        raise KeyboardInterrupt

    target, environment = Target("OUT_URL", "interrupted"), {"OUT_URL": postgres}
    assert write_table_of(target, environment, [("plan", False)], [("C-1", "whole")]) == 1
    with pytest.raises(KeyboardInterrupt):
        write_table_of(target, environment, [("plan", False)], rows_until_interrupted())
    with closing(psycopg.connect(postgres)) as connection:
        assert connection.execute("SELECT * FROM interrupted").fetchall() == [("C-1", "whole")]


def test_a_source_that_is_gone_writes_nothing(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "more.csv").unlink()
    (tmp_path / "out.csv").write_text("before")
    assert assigned(book, tmp_path / "out.csv") == 2
    assert "more.csv: The file can't be read: no such file." in capsys.readouterr().err
    assert (tmp_path / "out.csv").read_text() == "before"
