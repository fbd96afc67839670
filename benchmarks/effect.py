"""How long does an author wait for ``servkit diff HEAD~1``? Against ``python -c "import typer"``; and weighed over a
million customers, against a GROUP BY in DuckDB.

python benchmarks/effect.py
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from generate import generate, write_people
from pairs import SERVKIT, Command, compare, environment, heading

DOCUMENTS, CUSTOMERS = 2_000, 1_000_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        env = environment(work / "cache")
        book = generate(work / "book", DOCUMENTS)
        policy = min((book / "policys").glob("*.yaml"))
        _commit(book)
        edited = re.sub(r'"value": "\d+', '"value": "31', policy.read_text("utf-8"), count=1)
        policy.write_text(edited, "utf-8")
        _commit(book)
        typer = Command([sys.executable, "-c", "import typer"], env)
        diff = Command([SERVKIT, "diff", "HEAD~1", "--no-customers", "--book", str(book)], env).settle()
        heading(f'against python -c "import typer", {DOCUMENTS:,} documents, one policy edited')
        compare("diff HEAD~1 --no-customers", diff, typer, 6.0)
        _weigh(book, env)


def _weigh(book: Path, env: dict[str, str]) -> None:
    """What a million customers in Parquet add to the same diff."""
    people = write_people(book / "people.parquet", CUSTOMERS)
    with (book / "servkit.yaml").open("a") as settings:
        settings.write("customers: [people.parquet]\n")
    columns = "plan, region, visits_a_year"
    query = f"SELECT {columns}, count(*) FROM read_parquet('{people}') GROUP BY {columns}"
    program = f"import duckdb; duckdb.connect(config={{'threads': 2}}).execute({query!r}).fetchall()"
    group = Command([sys.executable, "-c", program], env)
    without = Command([SERVKIT, "diff", "HEAD~1", "--no-customers", "--book", str(book)], env).settle()
    weighed = Command([SERVKIT, "diff", "HEAD~1", "--book", str(book)], env)
    runs = [(weighed.run().seconds, without.run().seconds, group.run().seconds) for _ in range(6)][1:]
    ratio = median((one - two) / three for one, two, three in runs)
    whole = median(one / three for one, _, three in runs)
    verdict = "reached" if ratio <= 3 else "missed"
    print(f"\n{CUSTOMERS:,} customers weighed, against GROUP BY of the same columns in DuckDB, target 3.0: {verdict}")
    print(f"what weighing adds: ratio {ratio:.2f}; the whole diff: {whole:.2f}")


def _commit(book: Path) -> None:
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(book)]
    if not (book / ".git").exists():
        subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message=An edit"], check=True)


if __name__ == "__main__":
    main()
