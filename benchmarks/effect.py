"""How long does an author wait for ``servkit diff HEAD~1``? Against ``python -c "import typer"``.

python benchmarks/effect.py
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from generate import generate
from pairs import SERVKIT, Command, compare, environment, heading

DOCUMENTS = 2_000


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


def _commit(book: Path) -> None:
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(book)]
    if not (book / ".git").exists():
        subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message=An edit"], check=True)


if __name__ == "__main__":
    main()
