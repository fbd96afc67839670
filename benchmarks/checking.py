"""How long does checking a book take? Every rule, against libyaml's own composing of the same files, against tools that
check structure alone, and against itself where nothing or little changed.

    python benchmarks/checking.py [DOCUMENTS …]        200, 1,000 and 10,000 unless said otherwise

The tools get the same documents, ``check-jsonschema`` with the schema that ``servkit schema`` prints.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from generate import editor, generate
from pairs import SERVKIT, Command, compare, environment, heading, tool

SIZES = (200, 1_000, 10_000)
PAIRS = {200: 15, 1_000: 7}
COMPOSE = """
import sys, yaml
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        for document in yaml.compose_all(file, yaml.CSafeLoader):
            pass
"""
PEAK_MIB = 200


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            _measure(Path(folder), size, largest=size == max(SIZES))


def _measure(work: Path, size: int, *, largest: bool) -> None:
    book, forgotten = generate(work / f"book-{size}", size), work / "forgotten"
    pairs = PAIRS.get(size, 3)
    lint = [SERVKIT, "lint", "--book", str(book)]
    cold = Command(lint, environment(forgotten), lambda: shutil.rmtree(forgotten, ignore_errors=True))
    warm = Command(lint, environment(work / f"cache-{size}")).settle()
    documents = sorted(str(path) for path in book.rglob("*.yaml") if path.name != "servkit.yaml")
    heading(f"servkit lint with every rule, {size:,} documents")
    compare(
        "cold / libyaml composing the same files", cold, Command([sys.executable, "-c", COMPOSE, *documents]), 5, pairs
    )
    if largest:
        _against_tools(cold, work, documents)
    compare("nothing changed / cold", warm, cold, 0.5, pairs)
    compare("one file changed / cold", warm._replace(before=editor(book)), cold, 0.5, pairs)
    peak = cold.run().peak
    print(f"{'peak memory, cold':44}{peak:8.0f}{PEAK_MIB:8}  {'reached' if peak <= PEAK_MIB else 'missed':8}MiB")


def _against_tools(cold: Command, work: Path, documents: list[str]) -> None:
    schema = work / "document.json"
    schema.write_bytes(subprocess.run([SERVKIT, "schema"], check=True, capture_output=True).stdout)
    for name, arguments in {"yamllint": [], "check-jsonschema": ["--schemafile", str(schema)]}.items():
        program = tool(name)
        if program is None:
            print(f"cold / {name}: not measured, because it is not installed (pip install {name})")
        else:
            compare(f"cold / {name}", cold, Command([program, *arguments, *documents]), 1 / 6, 1)


if __name__ == "__main__":
    main()
