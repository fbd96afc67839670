"""How long do segments and terms of a whole customer base take? A million customers, 50 segments of 3 conditions and 20
terms, from Parquet to Parquet, against hand-written SQL for the segments alone, to which NULL is no.

    python benchmarks/assign.py [ROWS]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from assignment_book import hand_written_sql, write_book, write_customers
from pairs import SERVKIT, environment

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
        by_hand = [sys.executable, "-c", program]
        assign = [SERVKIT, "assign", "--book", str(book), "--to", str(work / "assigned.parquet")]
        env = environment(work / "cache")
        pairs = [(_seconds(assign, env), _seconds(by_hand, env)) for _ in range(ROUNDS)]
        ratio = median(ours / theirs for ours, theirs in pairs)
        reached = "reached" if ratio <= TARGET else "missed"
        ours, theirs = (median(seconds) for seconds in zip(*pairs, strict=True))
        print(f"{rows:,} customers: {ours:.1f} s, by hand {theirs:.1f} s")
        print(f"ratio {ratio:.2f}, target {TARGET}: {reached}")
        print(f"peak memory {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MiB")


def _seconds(command: list[str], env: dict[str, str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, env=env, check=True, capture_output=True)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
