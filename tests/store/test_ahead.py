"""A head start changes how long it takes, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from servkit.book.walking import walk
from servkit.store import ahead
from servkit.store.digests import stamp_of
from servkit.store.finding import find_root

from .books import policy, windows, write

RUN = "import sys; from servkit.cli import main; sys.argv[0] = 'servkit'; main()"
ALONE = "import os; os.cpu_count = lambda: 1; " + RUN
KILLED = (
    """
import os, signal
fork = os.fork
def killed():
    child = fork()
    if child == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return child
os.fork = killed
"""
    + RUN
)
HALF = (
    """
import marshal
dumps = marshal.dumps
marshal.dumps = lambda *a: dumps(*a)[:40]
from servkit.store import compiled
compiled.marshal = type(marshal)("m"); compiled.marshal.dumps = dumps
"""
    + RUN
)
LOUD = (
    """
import servkit.book.walking as files, os
walk, me = files.walk, os.getpid()
def loud(root):
    if os.getpid() != me:
        print("leak"); os.write(1, b"leak"); os.write(2, b"leak"); raise RuntimeError("leak")
    return walk(root)
files.walk = loud
"""
    + RUN
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere").mkdir()
    return write(tmp_path / "book", {"a.yaml": policy(), "deep/er/b.yaml": policy(id_="b")})


def ask(here: Path, *args: str, how: str = RUN, **env: str) -> tuple[int, str, str]:
    command = [sys.executable, "-c", how, "lookup", "--about", "returns", "--format", "json", *args]
    done = subprocess.run(
        command, cwd=here, env=os.environ | env, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("how", [RUN, ALONE, KILLED, HALF, LOUD], ids=["together", "alone", "killed", "half", "loud"])
def test_the_same_answer_before_and_after_an_edit(root: Path, how: str) -> None:
    code, first, err = ask(root, how=how)
    assert (code, err) == (0, "")
    assert '"30 days"' in first
    assert "leak" not in first
    assert ask(root, how=how) == (0, first, "")
    (root / "a.yaml").write_text(policy("31 days"))
    assert '"31 days"' in ask(root, how=how)[1]


@pytest.mark.parametrize(
    "where", ["here", "below", "named", "equals", "environment", "relative", "dots", "linked", "standards", "both"]
)
def test_every_way_of_naming_the_book(root: Path, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "elsewhere"
    (tmp_path / "link").symlink_to(root)
    write(tmp_path / "wrong", {})
    if where == "standards":
        root = root.rename(other / "standards")
    ways: dict[str, tuple[Path, list[str], dict[str, str]]] = {
        "here": (root, [], {}),
        "below": (root / "deep" / "er", [], {}),
        "named": (other, ["--book", str(root)], {}),
        "equals": (other, [f"--book={root}"], {}),
        "environment": (other, [], {"SERVKIT_BOOK": str(root)}),
        "relative": (tmp_path, ["--book", "book"], {}),
        "dots": (root / "deep", ["--book", "er/../../../elsewhere/../book/."], {}),
        "linked": (tmp_path, ["--book=link"], {}),
        "standards": (other, [], {}),
        "both": (tmp_path, ["--book", "book"], {"SERVKIT_BOOK": "wrong"}),
    }
    here, args, env = ways[where]
    monkeypatch.chdir(here)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    named = [Path(arg.removeprefix("--book=")) for arg in args if arg != "--book"]
    found = find_root(named[0] if named else None, env.get("SERVKIT_BOOK"), Path.cwd())
    assert found == root.resolve()
    assert ahead._root(["lookup", *args]) == str(found)


def test_the_child_takes_the_look_and_the_parent_uses_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    ahead.start(["lookup"])
    assert ahead._seen is not None
    assert ahead.stamp(str(root)) == stamp_of(list(walk(str(root))))
    assert ahead._seen is None
    assert windows(root) == {"returns.window": "30 days", "b.window": "30 days"}


def test_a_head_start_that_nobody_took_is_not_used_later(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    windows(root)
    ahead.start(["lookup"])
    (root / "a.yaml").write_text(policy("31 days"))
    ahead.stop()
    assert windows(root)["returns.window"] == "31 days"
    ahead.stop()


@pytest.mark.parametrize("args", [[], ["lint"], ["--help"], ["lookup", "--book", "/nowhere"], ["lookup", "--book"]])
def test_where_there_is_nothing_to_look_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    ahead.start(args)
    assert ahead._seen is None
