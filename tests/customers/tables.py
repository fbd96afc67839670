"""The same customers in every source there is."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SOURCES = ("csv", "tsv", "jsonl", "parquet", "xlsx", "sqlite", "postgres")


def write_table(
    folder: Path, source: str, header: Sequence[str], rows: Sequence[Sequence[Any]], address: str = ""
) -> dict[str, str]:
    """Write rows to a source; what servkit.yaml says to find them there."""
    if source in ("csv", "tsv"):
        path = folder / f"people.{source}"
        with path.open("w", newline="") as file:
            writer = csv.writer(file, delimiter="," if source == "csv" else "\t")
            writer.writerows([header, *rows])
    elif source == "jsonl":
        path = folder / "people.jsonl"
        lines = [json.dumps(dict(zip(header, row, strict=True))) for row in rows]
        path.write_text("\n".join(lines) + "\n")
    elif source == "parquet":
        path = folder / "people.parquet"
        _parquet(path, header, rows)
    elif source == "xlsx":
        path = folder / "people.xlsx"
        _workbook(path, header, rows)
    elif source == "sqlite":
        path = folder / "people.sqlite"
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as connection, connection:
            _fill(connection, "people", header, rows, "?")
        connection.close()
        return {"database": f"sqlite:{path.name}", "table": "people"}
    else:
        import psycopg

        with psycopg.connect(address) as server:
            server.execute("DROP TABLE IF EXISTS people")
            _fill(server, "people", header, rows, "%s")
        return {"database": "${CRM_URL}", "table": "people"}
    return {"file": path.name}


def _fill(connection: Any, table: str, header: Sequence[str], rows: Sequence[Sequence[Any]], mark: str) -> None:
    columns = [f'"{name}" {_type([row[place] for row in rows])}' for place, name in enumerate(header)]
    connection.execute(f'CREATE TABLE "{table}" ({", ".join(columns)})')
    for row in rows:
        connection.execute(f'INSERT INTO "{table}" VALUES ({", ".join([mark] * len(header))})', row)


def _type(values: Sequence[Any]) -> str:
    kinds = {type(value) for value in values if value is not None}
    return "integer" if kinds == {int} else "double precision" if kinds == {float} else "text"


def _parquet(path: Path, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    import duckdb

    with duckdb.connect() as connection:
        columns = [f'"{name}" {_type([row[place] for row in rows])}' for place, name in enumerate(header)]
        connection.execute(f"CREATE TABLE people ({', '.join(columns).replace('double precision', 'double')})")
        if rows:
            connection.executemany(
                f"INSERT INTO people VALUES ({', '.join(['?'] * len(header))})", [list(r) for r in rows]
            )
        connection.execute(f"COPY people TO '{path}' (FORMAT parquet)")


def _workbook(path: Path, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for row in (header, *rows):
        sheet.append(list(row))
    book.save(path)
