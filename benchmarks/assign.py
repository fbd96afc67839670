"""How long do segments and terms of a whole customer base take? A million customers, 50 segments of 3 conditions and 20
terms, from Parquet to Parquet, against hand-written SQL for the segments alone, to which NULL is no. Beside it stands
the least that the 63 columns cost: DuckDB alone writes the finished table, in which every text is a number already.

    python benchmarks/assign.py [ROWS]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from assignment_book import hand_written_sql, write_book, write_customers
from pairs import SERVKIT, Command, environment

ROUNDS, TARGET = 3, 1.0


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        book = work / "book"
        write_book(book)
        write_customers(book / "people.parquet", rows)
        query = hand_written_sql(book / "people.parquet", work / "by-hand.parquet")
        program = f"import duckdb; duckdb.connect(config={{'threads': 2}}).execute({query!r})"
        env = environment(work / "cache")
        by_hand = Command([sys.executable, "-c", program], env)
        assign = Command([SERVKIT, "assign", "--book", str(book), "--to", str(work / "assigned.parquet")], env)
        assign.run()
        copy = Command([sys.executable, "-c", _copy_program(work)], env)
        runs = [(assign.run(), by_hand.run(), copy.run()) for _ in range(ROUNDS)]
        ratio = median(ours.seconds / theirs.seconds for ours, theirs, _ in runs)
        least = median(copied.seconds / theirs.seconds for _, theirs, copied in runs)
        reached = "reached" if ratio <= TARGET else "missed"
        ours, theirs, copied = (median(run.seconds for run in kind) for kind in zip(*runs, strict=True))
        print(f"{rows:,} customers: {ours:.1f} s of the processor, by hand {theirs:.1f} s")
        print(f"ratio {ratio:.2f}, target {TARGET}: {reached}")
        print(f"to write the finished table alone, DuckDB needs {copied:.1f} s: ratio {least:.2f}")
        print(f"peak memory {max(ours.peak for ours, _, _ in runs):.0f} MiB")


def _copy_program(work: Path) -> str:
    """A program that writes what was assigned once more, from a table in which texts are numbers."""
    import duckdb

    database = work / "finished.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"CREATE TABLE texts AS FROM read_parquet('{work / 'assigned.parquet'}')")
        casts = []
        for place, (name, type_, *_) in enumerate(connection.execute("DESCRIBE texts").fetchall()[1:]):
            is_list = type_.endswith("[]")
            text = f'unnest("{name}")' if is_list else f'"{name}"'
            texts = f"SELECT DISTINCT text FROM (SELECT {text} AS text FROM texts) WHERE text IS NOT NULL"
            connection.execute(f"CREATE TYPE text_{place} AS ENUM ({texts})")
            casts.append(f'CAST("{name}" AS text_{place}{"[]" * is_list}) AS "{name}"')
        connection.execute(f"CREATE TABLE finished AS SELECT * REPLACE ({', '.join(casts)}) FROM texts")
        connection.execute("DROP TABLE texts")
    query = f"COPY finished TO '{work / 'copied.parquet'}' (FORMAT parquet)"
    options = "read_only=True, config={'threads': 2}"
    return f"import duckdb; duckdb.connect({str(database)!r}, {options}).execute({query!r})"


if __name__ == "__main__":
    main()
