"""How long does somebody at the desk wait? Whole processes against ``python -c "import typer"``; large books against
small ones.

    python benchmarks/lookup.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from generate import customers_csv, editor, generate
from pairs import SERVKIT, Command, compare, environment, heading

SMALL, LARGE = 200, 10_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        env = environment(work / "cache")
        books = {size: generate(work / f"book-{size}", size) for size in (SMALL, LARGE)}
        lookups = {size: _lookup(book, env).settle() for size, book in books.items()}
        _against_typer(books[SMALL], env)
        heading(f"{LARGE:,} documents against {SMALL}")
        compare("lookup", lookups[LARGE], lookups[SMALL], 1.15)
        large, small = (_lookup(books[size], env, "--format", "json").settle() for size in (LARGE, SMALL))
        compare("lookup --format json", large, small, 1.15)
        heading("right after an edit of one file, against no edit")
        for size in books:
            book = generate(work / f"edited-{size}", size)
            edited = _lookup(book, env).settle()._replace(before=editor(book))
            compare(f"lookup, {size:,} documents", edited, lookups[size], 2.0)
        _customer_files(work, books[SMALL], env)


def _against_typer(book: Path, env: dict[str, str]) -> None:
    typer = Command([sys.executable, "-c", "import typer"], env)
    complete = {"_SERVKIT_COMPLETE": "complete_bash", "SERVKIT_BOOK": str(book)}
    complete |= {"COMP_WORDS": "servkit lookup --about ", "COMP_CWORD": "3"}
    heading(f'against python -c "import typer", {SMALL} documents')
    compare("lookup", _lookup(book, env), typer, 2.5, 15)
    compare("lookup --format json", _lookup(book, env, "--format", "json"), typer, 1.8, 15)
    script = min(path.stem for path in (book / "scripts").glob("*.yaml"))
    compare("say", Command([SERVKIT, "say", script, "C-3", "--book", str(book)], env), typer, 1.8, 15)
    compare("completion of areas", Command([SERVKIT], env | complete), typer, 1.8, 15)


def _customer_files(work: Path, book: Path, env: dict[str, str]) -> None:
    """Somebody from a file of a million rows, against somebody from a file of ten."""
    files = {rows: customers_csv(work / f"{rows}.csv", rows) for rows in (10, 1_000_000)}
    few, many = (
        _lookup(book, env, "--customers", str(path), customer=f"X-{rows - 1}").settle() for rows, path in files.items()
    )
    heading("a customer file of 1,000,000 rows against one of 10")
    compare("lookup", many, few, 1.15)


def _lookup(book: Path, env: dict[str, str], *more: str, customer: str = "C-3") -> Command:
    arguments = ["lookup", customer, "--about", "area-1", "--role", "technician", "--book", str(book), *more]
    return Command([SERVKIT, *arguments], env)


if __name__ == "__main__":
    main()
