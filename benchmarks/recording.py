"""What does a journal of 100,000 entries cost? The report in seconds, and a lookup against one without a journal.

python benchmarks/recording.py
"""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from generate import generate
from pairs import SERVKIT, Command, compare, environment, heading

from servkit.journal.entry import Draft, new_draft
from servkit.journal.sqlite_engine import SqliteEngine
from servkit.journal.store import Journal

ENTRIES, CUSTOMERS, DOCUMENTS = 100_000, 2_000, 200
#: The report takes at most so long, a lookup at most so many times as long as one without a journal.
SECONDS, RATIO = 5.0, 1.1
_START = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        env = environment(work / "cache") | {"SERVKIT_DATA": str(work / "nothing")}
        book = generate(work / "book", DOCUMENTS)
        owners = [*book.glob("policys/*.yaml"), *book.glob("standards/*.yaml")]
        _write(work / "journal.sqlite", sorted(f"{path.stem}.window" for path in owners)[:20])
        heard = env | {"SERVKIT_JOURNAL": str(work / "journal.sqlite")}
        heading(f"a journal of {ENTRIES:,} entries")
        lookup = [SERVKIT, "lookup", "C-3", "--format", "json", "--book", str(book)]
        compare("lookup --format json", Command(lookup, heard).settle(), Command(lookup, env).settle(), RATIO, 15)
        asked = [SERVKIT, "report", "--format", "json", "--book", str(book)]
        report = Command(asked, heard).settle()
        seconds = min(report.run().seconds for _ in range(3))
        told = json.loads(subprocess.run(asked, env=heard, check=True, capture_output=True).stdout)
        edits = sum(one["proposal"] is not None for one in told["stretched"])
        verdict = "reached" if seconds <= SECONDS else "missed"
        print(f"report with {edits} proposals: {seconds:.2f} s (target {SECONDS:g} s: {verdict})")


def _write(path: Path, refs: list[str]) -> None:
    """Two years of a company's desk, the same every time but for the ids."""
    chance, moment = random.Random(1), _START
    with Journal(SqliteEngine(path, create=True)) as journal:
        begun = time.perf_counter()
        drafts = []
        for number in range(ENTRIES):
            moment += timedelta(minutes=chance.randrange(20))
            drafts.append(_draft(chance, number, moment, refs))
        journal.append(drafts)
        print(f"written in {time.perf_counter() - begun:.0f} s")


def _draft(chance: random.Random, number: int, moment: datetime, refs: list[str]) -> Draft:
    customer, by = f"C-{chance.randrange(CUSTOMERS)}", chance.choice(["Ruth", "Walt", "Sam", "Ann"])
    kind = chance.choices(["note", "grant", "promise", "recovery", "praise", "answer"], [50, 15, 10, 10, 5, 10])[0]
    ref, days = chance.choice(refs), chance.randrange(41, 60)
    bodies: dict[str, dict[str, Any]] = {
        "note": {"sort": "signal", "say": f"Note {number}, the back door before five"},
        "grant": {"term": ref, "value": f"{days} days", "stretch": True, "role": "technician",
                  "because": "we came late", "approved": {"by": "Sam", "role": "supervisor", "state": "stated"}},
        "promise": {"term": ref, "value": f"{days} days", "until": "2027-01-01"},
        "recovery": {"recovery": f"recovery-{chance.randrange(9)}", "due": "2026-06-01T12:00"},
        "praise": {"colleague": "Walt", "say": "drove back in the evening"},
        "answer": {"answer": {"terms": {ref: {"value": "20 days"}}}},
    }  # fmt: skip
    return new_draft(kind, {"by": by} | bodies[kind], customer, now=moment)


if __name__ == "__main__":
    main()
