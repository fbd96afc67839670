"""Runs the commands that the documentation shows, and compares or renews the output below them.

A ``console`` block of a Markdown file holds commands and what they print. A line that begins with ``$ `` is a command
for bash; a backslash at its end continues it on the next line. The lines below are its output: stdout, then stderr,
then ``(exit 1)`` if the exit code isn't 0. A line with only ``…`` stands for any number of lines. All git revisions
count as equal.

The commands of one page run in order, as a reader would type them: in a copy of ``standards`` and ``examples`` with a
git repository of its own, 80 columns wide, without colours and without the user's settings. ``cd`` and ``export`` last
until the end of the page.

    python tests/docs_runner.py                        compare every page
    python tests/docs_runner.py docs/desk.md           compare one page
    python tests/docs_runner.py --update               write the current output into every page, and docs/commands.md
    python tests/docs_runner.py --update docs/desk.md  the same for one page

An update keeps each ``…`` where the author put it. If its place can't be found any more, the whole output is written.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager, redirect_stdout
from difflib import unified_diff
from functools import cache
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from fork_server import forked_servkit
from servkit.cli import run
from servkit.cli.shared.commands import command_names, part_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[1]
BOOKS = ("standards", "examples")
#: The page of every command's help, which is written whole.
COMMANDS = ROOT / "docs" / "commands.md"
ELISION = "…"
#: Every revision is written like this, so that a page does not change with every commit.
REVISION = "1a2b3c4"
_REVISION = re.compile(r"(?<![\w:.-])(?:[0-9a-f]{7}(?:\+changes)?|no revision)(?![\w-])")
_FENCE = re.compile(r"(?P<indent> {0,3})(?P<fence>`{3,}|~{3,})(?P<info>.*)\Z")
_DIFF_LIMIT = 120


class Block(NamedTuple):
    """A fenced block: its info string, its lines, and the line of the file (from 0) where they begin."""

    info: str
    lines: list[str]
    start: int


class Step(NamedTuple):
    """A command and the output shown below it; lines count from 0 in the file."""

    command: str
    expected: list[str]
    start: int
    end: int


def blocks(text: str) -> list[Block]:
    """Every fenced block of a Markdown file."""
    found: list[Block] = []
    opened: tuple[str, str, int] | None = None
    lines: list[str] = []
    for number, line in enumerate(text.splitlines()):
        fence = _FENCE.match(line)
        if opened is None:
            if fence:
                opened, lines = (fence["fence"], fence["info"].strip(), number + 1), []
        elif fence and fence["fence"].startswith(opened[0]) and not fence["info"].strip():
            found.append(Block(opened[1], lines, opened[2]))
            opened = None
        else:
            lines.append(line)
    return found


def steps(text: str) -> list[Step]:
    """Every command of a Markdown file, in order."""
    return [step for block in blocks(text) if block.info == "console" for step in _steps(block)]


def _steps(block: Block) -> Iterator[Step]:
    at = 0
    while at < len(block.lines):
        line = block.lines[at]
        if not line.startswith("$ "):
            raise PageError(f"line {block.start + at + 1}: a console block begins with a command, `$ …`")
        command = line[2:]
        at += 1
        while command.endswith("\\") and at < len(block.lines):
            command += "\n" + block.lines[at].removeprefix("> ")
            at += 1
        start = at
        while at < len(block.lines) and not block.lines[at].startswith("$ "):
            at += 1
        yield Step(command, block.lines[start:at], block.start + start, block.start + at)


class PageError(ValueError):
    """A console block that does not begin with a command."""


class Session:
    """A shell in a copy of the books. Folder, files and variables last from one command to the next."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = folder / "checkout"
        self.state = folder / "state"
        shutil.copytree(_checkout(), self.place)
        self.state.mkdir()
        (self.state / "cwd").write_text(str(self.place), "utf-8")
        (self.state / "env").write_text("", "utf-8")
        (folder / "home").mkdir()

    def run(self, command: str) -> list[str]:
        """The output of a command, as a page shows it."""
        state = self.state
        script = f'. "{state}/env"; cd "$(cat "{state}/cwd")" || exit 97\n{command}\n'
        script += f'code=$?; pwd > "{state}/cwd"; export -p > "{state}/env"; exit $code\n'
        done = subprocess.run(["bash", "-c", script], capture_output=True, check=False, env=self.environment(),
                              stdin=subprocess.DEVNULL, timeout=120)  # fmt: skip
        streams = [stream.decode("utf-8", "replace").splitlines() for stream in (done.stdout, done.stderr)]
        code = [f"(exit {done.returncode})"] if done.returncode else []
        return [line.rstrip() for line in (*streams[0], *streams[1], *code)]

    def environment(self) -> dict[str, str]:
        """No settings of the user; a servkit of this Python comes first on the path."""
        home = self.folder / "home"
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        return inherited | {
            "PATH": os.pathsep.join([str(_programs()), os.environ.get("PATH", "")]),
            "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "SERVKIT_CACHE": str(self.folder / "cache"),
            "LANG": "C.UTF-8", "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb",
            **_GIT,
        }  # fmt: skip


@cache
def _programs() -> Path:
    """The folder of a program ``servkit`` that all sessions share, until this process ends."""
    stack = ExitStack()
    atexit.register(stack.close)
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="servkit-docs-"))
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return stack.enter_context(forked_servkit(Path(folder), {**inherited, "LANG": "C.UTF-8"}))


#: ``PYTHONPATH`` finds servkit where it is not installed.
_INHERITED = ("TMPDIR", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
_COMMITTED = {"NAME": "Ines Bellweather", "EMAIL": "ines@example.com", "DATE": "2026-03-01T09:00:00Z"}
_GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_PAGER": "cat"} | {
    f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _COMMITTED.items()
}


@cache
def _checkout() -> Path:
    """A repository of one commit with the books: what git tracks, and new files that it does not ignore."""
    folder = tempfile.TemporaryDirectory(prefix="servkit-docs-")
    atexit.register(folder.cleanup)
    place = Path(folder.name) / "checkout"
    listed = _git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *BOOKS)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, place / name)
    _git(place, "init", "--quiet", "--initial-branch=main")
    _git(place, "add", "--all")
    _git(place, "commit", "--quiet", "--message=The books")
    return place


def _git(folder: Path, *args: str) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _GIT
    done = subprocess.run(["git", "-C", str(folder), *args], capture_output=True, check=True, env=env, text=True)
    return done.stdout


@contextmanager
def session() -> Iterator[Session]:
    """A session in a folder that is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="servkit-docs-") as folder:
        yield Session(Path(folder))


# --- comparing ---------------------------------------------------------------------------------------------------


def same_revisions(line: str) -> str:
    """The line with every revision written the same way."""
    return _REVISION.sub(REVISION, line)


def trimmed(lines: Sequence[str]) -> list[str]:
    """The lines without the empty ones at the end: an author leaves one before the next command."""
    out = [line.rstrip() for line in lines]
    while out and not out[-1]:
        out.pop()
    return out


def matches(expected: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether the output on a page is what was printed."""
    shown = [same_revisions(line) for line in trimmed(expected)]
    pattern = "".join(r"(?:.*\n)*?" if line == ELISION else re.escape(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(same_revisions(line) + "\n" for line in trimmed(printed))) is not None


def renewed(expected: Sequence[str], printed: Sequence[str]) -> list[str]:
    """The output to show on a page: what was printed, with the author's elisions.

    A part between two elisions keeps its first and last line, if they are still printed; otherwise its number of
    lines. If the place of an elision can't be found, the whole output is shown.
    """
    old, new = trimmed(expected), trimmed(printed)
    if matches(old, new):
        return old
    new = [same_revisions(line) for line in new]
    if ELISION not in old:
        return new
    parts: list[list[str]] = [[]]
    for line in old:
        if line == ELISION:
            parts.append([])
        else:
            parts[-1].append(same_revisions(line))
    out: list[str] = []
    at = 0
    for number, part in enumerate(parts):
        place = _place(part, new, at, head=number == 0, tail=number == len(parts) - 1)
        if place is None:
            return new
        out += ([ELISION] if number else []) + new[slice(*place)]
        at = place[1]
    return out


def _place(part: list[str], new: list[str], at: int, *, head: bool, tail: bool) -> tuple[int, int] | None:
    """The first line and the end of a part between elisions in the new output."""
    if not part:
        return (len(new), len(new)) if tail else (at, at)
    filled = [place for place, line in enumerate(part) if line.strip()]
    if not filled:
        return None
    first, last = filled[0], filled[-1]
    start = at if head else _index(new, part[first], at, -first)
    if tail:
        return (max(len(new) - len(part), at) if start is None else start), len(new)
    if start is None:
        return None
    end = _index(new, part[last], start, len(part) - last)
    return start, min(start + len(part), len(new)) if end is None else min(end, len(new))


def _index(lines: list[str], line: str, at: int, shift: int) -> int | None:
    try:
        return max(lines.index(line, at) + shift, at)
    except ValueError:
        return None


# --- pages -------------------------------------------------------------------------------------------------------


def pages() -> list[Path]:
    """Every page of the documentation."""
    folders = (ROOT, ROOT / "docs", ROOT / "standards", *sorted((ROOT / "examples").iterdir()))
    return [page for folder in folders for page in sorted(folder.glob("*.md"))]


def updated(page: Path) -> str:
    """A page with what its commands print now."""
    if page.resolve() == COMMANDS:
        return commands_page()
    text = page.read_text("utf-8")
    if not steps(text):
        return text
    with session() as shell:
        outputs = [(step, shell.run(step.command)) for step in steps(text)]
    lines = text.splitlines()
    for step, printed in reversed(outputs):
        gap = [""] * (len(step.expected) - len(trimmed(step.expected)))
        lines[step.start : step.end] = [*renewed(step.expected, printed), *gap]
    return "\n".join(lines) + "\n"


def differences(text: str) -> list[str]:
    """One entry for every command of a page that prints something else than the page shows."""
    if not steps(text):
        return []
    out = []
    with session() as shell:
        for step in steps(text):
            printed = shell.run(step.command)
            if not matches(step.expected, printed):
                out.append(f"line {step.start}: $ {step.command}\n" + _diff(step.expected, printed))
    return out


def _diff(expected: Sequence[str], printed: Sequence[str]) -> str:
    old, new = ([same_revisions(line) for line in trimmed(lines)] for lines in (expected, printed))
    return "\n".join(list(unified_diff(old, new, "on the page", "printed", lineterm="", n=2))[:_DIFF_LIMIT])


def commands_page() -> str:
    """``docs/commands.md``: the help of every command."""
    out = [
        "# Every command", "",
        "This page shows the `--help` of every command. `python tests/docs_runner.py --update` writes it.", "",
        "More about the commands: [at the desk](desk.md), [check the book](check.md), [handouts](trainers.md).",
        "What you may write in a book: [the language](language.md).",
    ]  # fmt: skip
    parts = [f"{name} {part}" for name in command_names() for part in part_names(name)]
    for name in ("", *command_names(), *parts):
        title = f"servkit {name}".rstrip()
        out += ["", f"## {title}", "", "```console", f"$ {title} --help", *trimmed(_help_of(name)), "```"]
    return "\n".join(out) + "\n"


def _help_of(name: str) -> list[str]:
    """What ``--help`` prints, in this process: there are fifty of them."""
    with patch.dict(os.environ, COLUMNS="80", NO_COLOR="1", TERM="dumb"), redirect_stdout(StringIO()) as printed:
        run([*name.split(), "--help"])
    return printed.getvalue().splitlines()


def main(args: list[str]) -> int:
    """Compare pages (exit 1 if one differs), or update them."""
    update = args[:1] == ["--update"]
    names = args[1:] if update else args
    if any(name.startswith("-") for name in names):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    code = 0
    for page in [Path(name).resolve() for name in names] or pages():
        text = page.read_text("utf-8")
        if update:
            new = updated(page)
            if new != text:
                page.write_text(new, "utf-8")
                sys.stderr.write(f"updated {page.name}\n")
        elif page != COMMANDS and (found := differences(text)):
            code = 1
            sys.stdout.write(f"{page}\n" + "\n\n".join(found) + "\n\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
