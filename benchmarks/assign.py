"""How long do segments and terms of a whole customer base take? A million customers, 50 segments of 3 conditions and 20
terms, from Parquet to Parquet, against hand-written SQL for the segments alone, to which NULL is no.

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
        pairs = [(assign.run(), by_hand.run()) for _ in range(ROUNDS)]
        ratio = median(ours.seconds / theirs.seconds for ours, theirs in pairs)
        reached = "reached" if ratio <= TARGET else "missed"
        ours, theirs = (median(run.seconds for run in runs) for runs in zip(*pairs, strict=True))
        print(f"{rows:,} customers: {ours:.1f} s of the processor, by hand {theirs:.1f} s")
        print(f"ratio {ratio:.2f}, target {TARGET}: {reached}")
        print(f"peak memory {max(ours.peak for ours, _ in pairs):.0f} MiB")


if __name__ == "__main__":
    main()
