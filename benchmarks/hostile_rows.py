"""Does every row of ``servkit assign`` say what the desk says? Customers with values that nobody expects, from CSV,
Parquet and PostgreSQL; every row is held against the desk's own resolution, and some against ``servkit lookup``.

    python benchmarks/hostile_rows.py [ROWS] [SAMPLE]

A hundred thousand rows take about an hour: nearly every one is answered by itself.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from pairs import SERVKIT, environment

from bulk.hostile import ON, rows, write_book
from customers.tables import write_table
from postgres import postgres_cluster
from servkit import open_book
from servkit.answer.answer_json import answer_json
from servkit.answer.case import Case, Customer
from servkit.answer.resolver import resolve
from servkit.customers.directory import Directory

ENGINES = {"csv": "duckdb", "parquet": "duckdb", "postgres": "postgres"}
ROLE = "supervisor"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sample = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    header, data = rows(count, seed=7)
    told: dict[str, list[tuple[Customer, dict[str, Any]]]] = {}
    with tempfile.TemporaryDirectory() as folder, postgres_cluster() as cluster:
        os.environ["CRM_URL"] = cluster.address()
        for source, engine in ENGINES.items():
            book = Path(folder) / source
            book.mkdir()
            write_book(book, json.dumps([write_table(book, source, header, data, cluster.address())]))
            env = environment(Path(folder) / "cache")
            options = ["--book", str(book), "--on", ON.isoformat(), "--role", ROLE]
            target = book / "out.jsonl"
            subprocess.run(
                [SERVKIT, "assign", *options, "--engine", engine, "--to", str(target)],
                env=env, check=True, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            found = {row["id"]: row for row in map(json.loads, target.read_text("utf-8").splitlines())}
            different = _compare(book, found, told, Path(folder) / "cache")
            print(f"{source}: {len(found):,} rows, {different} different", flush=True)
            wrong = 0
            for id_ in random.Random(1).sample(sorted(found), min(sample, len(found))):
                command = [SERVKIT, "lookup", id_, *options, "--format", "json"]
                said = subprocess.run(command, env=env, check=True, capture_output=True).stdout
                wrong += _row(id_, json.loads(said)) != _without_absent(found[id_])
            print(f"{source}: {sample} rows against servkit lookup, {wrong} different", flush=True)


def _compare(
    root: Path, found: dict[str, Any], told: dict[str, list[tuple[Customer, dict[str, Any]]]], cache: Path
) -> int:
    """How many rows differ. ``told`` is what the desk said of customers who were read alike from other sources."""
    book = open_book(root)
    different = 0
    with Directory(book, root, cache=cache, environment=os.environ) as directory:
        ids = sorted({listing.id for listing in directory.everybody()})
        if ids != sorted(found):
            print(f"{root.name}: other ids than at the desk")
        for id_ in ids:
            customer = directory.exact(id_)
            assert customer is not None
            known = told.setdefault(id_, [])
            row = next((row for one, row in known if one.attributes == customer.attributes), None)
            if row is None:
                row = _row(id_, answer_json(resolve(book, Case(ON, customer, role=ROLE))))
                known.append((customer, row))
            different += id_ not in found or _without_absent(found[id_]) != row
    return different


def _row(id_: str, answer: dict[str, Any]) -> dict[str, Any]:
    """An answer of ``servkit lookup --format json`` as a row."""
    keys = ("state", "value", "may_be", "you_may")
    return {
        "id": id_,
        "segments": [segment["id"] for segment in answer["segments"]],
        "might_be": [segment["id"] for segment in answer["might_be"]],
        "ask": [ask["name"] for ask in answer["ask"]],
        "terms": {ref: {key: term[key] for key in keys if key in term} for ref, term in answer["terms"].items()},
    }


def _without_absent(row: dict[str, Any]) -> dict[str, Any]:
    """A row without the terms that are not in the answer."""
    return {**row, "terms": {ref: term for ref, term in row["terms"].items() if term["state"] != "none"}}


if __name__ == "__main__":
    main()
