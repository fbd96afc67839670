"""Runs the transcripts of the documentation, and writes them anew.

A ``console`` block of a Markdown file is a transcript: a line that begins with ``$ `` is a command for bash (and so is
what follows a backslash at its end), and what stands below it is what the command prints: stdout, then stderr, then
``(exit 1)`` where it ends with another code than 0. A line of nothing but ``…`` stands for any number of lines.
Revisions of git are compared as one.

The commands of one document run one after the other, as a reader would type them: in a copy of the repository's books
(``standards``, ``examples``) that is a git repository of its own, 80 columns wide, without colours, and with nothing
of the user's at hand. A ``cd`` or an ``export`` holds until the end of the document.

    python tests/docs_runner.py --write docs/desk.md      puts in what is printed now; … stays where the author put it,
                                                          and where nothing else stands, everything is put in
    python tests/docs_runner.py --commands > docs/commands.md
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[1]
BOOKS = ("standards", "examples")
COMMANDS = "commands.md"
ELISION = "…"
#: What every revision is written as, so that a page does not change with every commit.
REVISION = "1a2b3c4"
_REVISION = re.compile(r"(?<![\w:.-])(?:[0-9a-f]{7}(?:\+changes)?|no revision)(?![\w-])")
_FENCE = re.compile(r"(?P<indent> {0,3})(?P<fence>`{3,}|~{3,})(?P<info>.*)\Z")
_ERROR_LIMIT = 120


class Block(NamedTuple):
    """A fenced block: what it says it is, its lines, and the line of the file (from 0) where they begin."""

    info: str
    lines: list[str]
    start: int


class Step(NamedTuple):
    """A command of a transcript with what it is expected to print; lines count from 0 in the file."""

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
    """Every command of every transcript in a Markdown file, in order."""
    return [step for block in blocks(text) if block.info == "console" for step in _steps(block)]


def _steps(block: Block) -> Iterator[Step]:
    at = 0
    while at < len(block.lines):
        line = block.lines[at]
        if not line.startswith("$ "):
            raise TranscriptError(f"line {block.start + at + 1}: a transcript begins with a command, `$ …`")
        command = line[2:]
        at += 1
        while command.endswith("\\") and at < len(block.lines):
            command += "\n" + block.lines[at].removeprefix("> ")
            at += 1
        start = at
        while at < len(block.lines) and not block.lines[at].startswith("$ "):
            at += 1
        yield Step(command, block.lines[start:at], block.start + start, block.start + at)


class TranscriptError(ValueError):
    """A console block that is no transcript."""


class Session:
    """A shell in a copy of the repository's books; what it changes there, and where it stands, holds from one command
    to the next."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = folder / "checkout"
        self.state = folder / "state"
        _copy_books(self.place)
        self.state.mkdir()
        (self.state / "cwd").write_text(str(self.place), "utf-8")
        (self.state / "env").write_text("", "utf-8")
        (folder / "home").mkdir()

    def run(self, command: str) -> list[str]:
        """The lines that a command prints, as they stand in a transcript."""
        state = self.state
        script = f'. "{state}/env"; cd "$(cat "{state}/cwd")" || exit 97\n{command}\n'
        script += f'code=$?; pwd > "{state}/cwd"; export -p > "{state}/env"; exit $code\n'
        done = subprocess.run(["bash", "-c", script], capture_output=True, check=False, env=self.environment(),
                              stdin=subprocess.DEVNULL, timeout=120)  # fmt: skip
        streams = [stream.decode("utf-8", "replace").splitlines() for stream in (done.stdout, done.stderr)]
        code = [f"(exit {done.returncode})"] if done.returncode else []
        return [line.rstrip() for line in (*streams[0], *streams[1], *code)]

    def environment(self) -> dict[str, str]:
        """Nothing of the user's, and the servkit that belongs to this Python first."""
        home = self.folder / "home"
        kept = {name: os.environ[name] for name in ("TMPDIR", "PYTHONDONTWRITEBYTECODE") if name in os.environ}
        return kept | {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
            "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "SERVKIT_CACHE": str(self.folder / "cache"),
            "LANG": "C.UTF-8", "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb",
            **_GIT,
        }  # fmt: skip


_COMMITTED = {"NAME": "Ines Bellweather", "EMAIL": "ines@example.com", "DATE": "2026-03-01T09:00:00Z"}
_GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_PAGER": "cat"} | {
    f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _COMMITTED.items()
}


def _copy_books(place: Path) -> None:
    """The books as git knows them, and new files that it does not ignore; a repository with one commit."""
    listed = _git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *BOOKS)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, place / name)
    _git(place, "init", "--quiet", "--initial-branch=main")
    _git(place, "add", "--all")
    _git(place, "commit", "--quiet", "--message=The books")


def _git(folder: Path, *args: str) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _GIT
    done = subprocess.run(["git", "-C", str(folder), *args], capture_output=True, check=True, env=env, text=True)
    return done.stdout


@contextmanager
def session() -> Iterator[Session]:
    """A session in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="servkit-docs-") as folder:
        yield Session(Path(folder))


# --- comparing ---------------------------------------------------------------------------------------------------


def same_revisions(line: str) -> str:
    """The line with every revision written as one."""
    return _REVISION.sub(REVISION, line)


def trimmed(lines: Sequence[str]) -> list[str]:
    """Without the empty lines at the end: an author leaves one before the next command."""
    kept = [line.rstrip() for line in lines]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def matches(expected: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether a transcript says what was printed."""
    wanted = [same_revisions(line) for line in trimmed(expected)]
    pattern = "".join(r"(?:.*\n)*?" if line == ELISION else re.escape(line) + r"\n" for line in wanted)
    return re.fullmatch(pattern, "".join(same_revisions(line) + "\n" for line in trimmed(printed))) is not None


def renewed(expected: Sequence[str], printed: Sequence[str]) -> list[str]:
    """What to write in a transcript: what was printed, with the author's elisions where they were.

    Between two elisions stands what stood there: from the author's first line to the last one, where these are still
    printed, else as many lines as there were. An elision whose place cannot be found leaves the whole output.
    """
    old, new = trimmed(expected), trimmed(printed)
    if matches(old, new) and old != [ELISION]:
        return old
    new = [same_revisions(line) for line in new]
    if ELISION not in old or old == [ELISION]:
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
    """From which to which line a part between elisions now stands."""
    if not part:
        return (len(new), len(new)) if tail else (at, at)
    said = [place for place, line in enumerate(part) if line.strip()]
    if not said:
        return None
    first, last = said[0], said[-1]
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


# --- the two things it is run for --------------------------------------------------------------------------------


def rewritten(text: str) -> str:
    """A Markdown file with what its commands print now."""
    lines = text.splitlines()
    with session() as shell:
        found = [(step, shell.run(step.command)) for step in steps(text)]
    for step, printed in reversed(found):
        gap = [""] * (len(step.expected) - len(trimmed(step.expected)))
        lines[step.start : step.end] = [*renewed(step.expected, printed), *gap]
    return "\n".join(lines) + "\n"


def faults(text: str) -> list[str]:
    """Every command of a Markdown file that prints something else than its transcript says."""
    out = []
    with session() as shell:
        for step in steps(text):
            printed = shell.run(step.command)
            if not matches(step.expected, printed):
                out.append(f"line {step.start}: $ {step.command}\n" + _difference(step.expected, printed))
    return out


def _difference(expected: Sequence[str], printed: Sequence[str]) -> str:
    from difflib import unified_diff

    old, new = ([same_revisions(line) for line in trimmed(lines)] for lines in (expected, printed))
    return "\n".join(list(unified_diff(old, new, "in the document", "printed", lineterm="", n=2))[:_ERROR_LIMIT])


def commands_page() -> str:
    """Every command's help, as ``docs/commands.md``."""
    from servkit.cli.shared.commands import command_names

    out = [
        "# Every command", "",
        "What `--help` says, command by command. This page is written by",
        "`python tests/docs_runner.py --commands > docs/commands.md`.", "",
        "More on the commands: [at the desk](desk.md), [in CI](ci.md), [for trainers](trainers.md); and on what a book",
        "says: [the language](language.md).",
    ]  # fmt: skip
    with session() as shell:
        for name in ("", *command_names()):
            command = " ".join(filter(None, ("servkit", name, "--help")))
            out += ["", f"## servkit{' ' + name if name else ''}", "", "```console", f"$ {command}"]
            out += [*trimmed(shell.run(command)), "```"]
    return "\n".join(out) + "\n"


def main(args: list[str]) -> int:
    """``--commands``, or ``--write`` and the files to write anew."""
    if args == ["--commands"]:
        sys.stdout.write(commands_page())
        return 0
    if len(args) < 2 or args[0] != "--write":
        sys.stderr.write(f"{__doc__}\n")
        return 2
    for name in args[1:]:
        file = Path(name)
        before = file.read_text("utf-8")
        after = rewritten(before)
        if after != before:
            file.write_text(after, "utf-8")
            sys.stderr.write(f"{name}: written anew\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
