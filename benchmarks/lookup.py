"""How long the desk waits: whole processes against ``python -c "import typer"`` in the same environment.

Run it with ``python benchmarks/lookup.py``; with ``--quick`` for the small book alone. Ratios are medians of pairs.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generate import customers_csv, generate
from pairs import compare, python

SERVKIT = str(Path(sys.executable).parent / "servkit")
PEER = [python(), "-c", "import typer"]


def row(name: str, command: list[str], env: dict[str, str], target: str, **more: object) -> None:
    """Measure and print one line."""
    found = compare(command, PEER, env=env, **more)  # type: ignore[arg-type]
    times = f"{found.ours * 1000:>6.0f} ms{found.peers * 1000:>6.0f} ms"
    print(f"{name:<44}{found.time:>7.2f} x{found.memory:>7.2f} x   {target:<14}{times}")


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="servkit-bench-"))
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    env["SERVKIT_CACHE"] = str(folder / "cache")
    print(f"{'against python -c import typer':<44}{'time':>9}{'memory':>9}   {'wanted':<14}{'ours':>9}{'peer':>9}")
    try:
        for size, target in ((2_000, "1.25 x, 1.3 x"), (10_000, "1.5 x")):
            if size > 2_000 and "--quick" in sys.argv:
                break
            book = generate(folder / f"book-{size}", size)
            lookup = [SERVKIT, "lookup", "C-3", "--about", "area-1", "--role", "technician", "--book", str(book)]
            _settle(lookup, env)
            row(f"lookup, {size:,} documents", lookup, env, target)
            if size == 2_000:
                _others(book, folder, env, lookup)
    finally:
        shutil.rmtree(folder)


def _others(book: Path, folder: Path, env: dict[str, str], lookup: list[str]) -> None:
    row("lookup --format json", [*lookup, "--format", "json"], env, "1.25 x")
    row("lookup, nothing known of the customer", [*lookup[:2], *lookup[3:]], env, "")
    row("say", [SERVKIT, "say", _script(book), "C-3", "--book", str(book)], env, "as lookup")
    row("--help", [SERVKIT, "--help"], env, "as lookup")
    complete = env | {"_SERVKIT_COMPLETE": "complete_bash", "SERVKIT_BOOK": str(book)}
    complete |= {"COMP_WORDS": "servkit lookup --about ", "COMP_CWORD": "3"}
    row("completion of areas", [SERVKIT], complete, "as lookup")
    edited = next((book / "policys").glob("*.yaml"))
    text = edited.read_text()

    def edit() -> None:
        edited.write_text(text + f"tags: [t{time.time_ns()}]\n")

    row("lookup right after an edit of one file", lookup, env, "3 x", before=edit)
    customers_csv(book / "people.csv", 7_043)
    settings = book / "servkit.yaml"
    settings.write_text(settings.read_text() + "customers: [people.csv]\n")
    from_file = [*lookup[:2], "X-7000", *lookup[3:]]
    _settle(from_file, env)
    row("lookup of one of 7,043 in a CSV", from_file, env, "as lookup")
    if "--quick" not in sys.argv:
        customers_csv(folder / "million.csv", 1_000_000)
        from_million = [*lookup[:2], "X-700000", *lookup[3:], "--customers", str(folder / "million.csv")]
        _settle(from_million, env)
        row("lookup of one of 1,000,000 in a CSV", from_million, env, "as lookup")


def _settle(command: list[str], env: dict[str, str]) -> None:
    """Let the compiled book settle: what changed within two seconds is read again to be sure."""
    from pairs import run

    run(command, env)
    time.sleep(2.5)
    run(command, env)


def _script(book: Path) -> str:
    return min(path.stem for path in (book / "scripts").glob("*.yaml"))


if __name__ == "__main__":
    main()
