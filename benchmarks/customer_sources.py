"""What does it cost a lookup that a million customers are on record, in any source there is? Against a lookup of the
same customer in a book where they have a document, and which has no source.

    python benchmarks/customer_sources.py [ROWS] [SOURCE ...]

The first lookup after a file has changed makes its index. It is told apart, in seconds of the processor. PostgreSQL is
the one that the tests start; give its rows an index by id, as docs/language.md says.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
import tempfile
from contextlib import closing, contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from generate import customers_csv, generate
from pairs import SERVKIT, Command, compare, environment, heading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Table = tuple[list[str], Iterator[list[str]]]

DOCUMENTS, ROWS, TARGET = 200, 1_000_000, 1.3
#: A sheet of Excel has no more rows, and one of them has the headings.
MOST_IN_A_SHEET = 1_048_575
_NUMBERS = ("visits_a_year", "balance")
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
#: The parts of a workbook beside its sheet.
_WORKBOOK = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>
        <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
        <Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}">
        <sheets><sheet name="People" sheetId="1" r:id="a"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
        <Relationship Id="a" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""",
}


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    chosen = sys.argv[2:] or [*FILES, "sqlite", "postgres"]
    with tempfile.TemporaryDirectory() as folder, _postgres(wanted="postgres" in chosen) as address:
        work = Path(folder)
        people = customers_csv(work / "people.csv", rows)
        env = environment(work / "cache") | {"CRM_URL": address}
        without = _lookup(_with_document(work / "without", people), env, rows).settle()
        heading(f"{rows:,} customers in a source, against none")
        for name in chosen:
            book = generate(work / name, DOCUMENTS)
            entry = _write(name, book, people, address)
            with (book / "servkit.yaml").open("a") as settings:
                settings.write(f"customers: [{entry}]\n")
            first = _lookup(book, env, rows).run()
            compare(name, _lookup(book, env, rows).settle(), without, TARGET)
            if name in FILES:
                print(f"  the first lookup: {first.seconds:.1f} s, peak memory {first.peak:.0f} MiB", flush=True)


def _lookup(book: Path, env: dict[str, str], rows: int) -> Command:
    asked = ["lookup", f"X-{rows - 1}", "--about", "area-1", "--role", "technician", "--book", str(book)]
    return Command([SERVKIT, *asked], env)


def _with_document(book: Path, people: Path) -> Path:
    """A book in which the last of the customers has a document."""
    generate(book, DOCUMENTS)
    with closing(people.open("rb")) as file:
        file.seek(-200, 2)
        last = file.read().decode().splitlines()[-1]
    id_, name, plan, since, region, visits, balance = last.split(",")
    attributes = {"plan": plan, "since": since, "region": region, "visits_a_year": visits, "balance": f"{balance} USD"}
    data = {"kind": "customer", "id": id_, "name": name, "attributes": attributes}
    (book / "customers" / "last.yaml").write_text("\n".join(f"{key}: {json.dumps(data[key])}" for key in data))
    return book


def _table(people: Path) -> Table:
    rows = csv.reader(people.open(encoding="utf-8"))
    return next(rows), rows


def _write(name: str, book: Path, people: Path, address: str) -> str:
    """The customers in a source, and what servkit.yaml says to find them there."""
    if name in FILES:
        FILES[name](book / f"people.{name}", people)
        return f"people.{name}"
    header, rows = _table(people)
    columns = ", ".join(f"{column} {'integer' if column in _NUMBERS else 'text'}" for column in header)
    if name == "sqlite":
        with closing(sqlite3.connect(book / "crm.db")) as database, database:
            database.execute(f"CREATE TABLE people ({columns})")
            database.executemany(f"INSERT INTO people VALUES ({', '.join('?' * len(header))})", rows)
            database.execute("CREATE INDEX people_by_id ON people (id)")
        return '{database: "sqlite:crm.db", table: people}'
    import psycopg

    with psycopg.connect(address) as server:
        server.execute(f"CREATE TABLE people ({columns})")
        with server.cursor().copy("COPY people FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        server.execute("CREATE INDEX people_by_id ON people (id)")
    return '{database: "${CRM_URL}", table: people}'


def _write_csv(path: Path, people: Path) -> None:
    path.write_bytes(people.read_bytes())


def _write_tsv(path: Path, people: Path) -> None:
    path.write_bytes(people.read_bytes().replace(b",", b"\t"))


def _write_jsonl(path: Path, people: Path) -> None:
    header, rows = _table(people)
    with path.open("w") as file:
        file.writelines(json.dumps(dict(zip(header, row, strict=True))) + "\n" for row in rows)


def _write_parquet(path: Path, people: Path) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT * FROM read_csv('{people}')) TO '{path}' (FORMAT parquet)")


def _write_xlsx(path: Path, people: Path) -> None:
    """A workbook as other programs write it; openpyxl would take minutes."""
    header, rows = _table(people)
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as packed:
        for name, text in _WORKBOOK.items():
            packed.writestr(name, text)
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{_SHEETS}"><sheetData>'.encode())
            for row in chain([header], islice(rows, MOST_IN_A_SHEET)):
                cells = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
                sheet.write(f"<row>{cells}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")


FILES: dict[str, Callable[[Path, Path], None]] = {
    "csv": _write_csv,
    "tsv": _write_tsv,
    "jsonl": _write_jsonl,
    "parquet": _write_parquet,
    "xlsx": _write_xlsx,
}


@contextmanager
def _postgres(*, wanted: bool) -> Iterator[str]:
    """The address of a running PostgreSQL, which is gone in the end."""
    if not wanted:
        yield ""
        return
    sys.path.append(str(Path(__file__).parents[1] / "tests"))
    from postgres import postgres_cluster

    with postgres_cluster() as cluster:
        yield cluster.address()


if __name__ == "__main__":
    main()
