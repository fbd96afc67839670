"""What git says of a folder. Git is asked through its own program, and everybody who needs it asks here.

No hook, filter or file monitor of a repository is run, nothing is fetched, and no lock is taken. Where git has to know,
:func:`run` raises :class:`GitError` with the reason: no git, no repository, a repository that belongs to somebody else,
no such revision. The revision of an answer is shown where it is known: :func:`head_commit` gives None for all of these.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from typing import IO, TYPE_CHECKING, NamedTuple

from servkit.nearest import did_you_mean

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_SECONDS = 60
#: The files that may be documents: those in hidden folders are not the book's.
_DOCUMENTS = (":(glob)**/*.yaml", ":(glob)**/*.yml", ":(exclude,glob)**/.*/**", ":(exclude,glob)**/.*")
_SAFE = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.quotepath=false")
#: How the settings of a filter end, and what switches it off.
_FILTER_OFF = {"clean": "", "smudge": "", "process": "", "required": "false"}
#: What names the folder that has to be trusted, in git's own words.
_DUBIOUS = re.compile(r"dubious ownership in repository at '(.+)'")
#: What follows the name of a branch or a tag: ``main~2``, ``v1^{commit}``, ``main@{1}``.
_BEHIND_NAME = re.compile(r"[~^:@]")


class GitError(Exception):
    """Git cannot answer; the message says why and what to do."""


class TreeFile(NamedTuple):
    """A file in a revision: its path below the folder, the id of its content, and whether it is a link."""

    path: str
    blob: str
    is_link: bool


def run(root: Path, *args: str) -> bytes:
    """What git prints for a command in a folder. Raises GitError where it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed, no shell
            _command(root, *args), capture_output=True, timeout=_SECONDS, check=False, env=_environment(),
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, ValueError, subprocess.SubprocessError) as fault:  # ValueError: a NUL in an argument
        raise _not_run(fault) from fault
    if done.returncode:
        raise GitError(_reason(root, done.stderr.decode("utf-8", "replace").strip()))
    return done.stdout


def _command(root: Path, *args: str) -> list[str]:
    return ["git", *_SAFE, "-C", str(root), *args]


def _environment() -> dict[str, str]:
    """The environment without git's own variables: a hook runs with GIT_DIR and its like set to its own repository."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    never = {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_TERMINAL_PROMPT": "0",
    }
    return environ | never | {"LC_ALL": "C"}


def _not_run(fault: Exception) -> GitError:
    if isinstance(fault, FileNotFoundError):
        return GitError("Git isn't installed, or isn't on the PATH.")
    return GitError(f"Git can't be run: {fault}")


def _reason(root: Path, stderr: str) -> str:
    if "not a git repository" in stderr:
        return f"{root} is not in a git repository. A book has revisions once it is in one: git init"
    if "dubious ownership" in stderr:
        found = _DUBIOUS.search(stderr)
        folder = found[1] if found else str(root)
        trust = f"git config --global --add safe.directory {shlex.quote(folder)}"
        return f"The git repository of {root} belongs to another user. If you trust it, run: {trust}"
    return f"Git failed: {stderr.removeprefix('fatal: ') or 'it gave no reason'}"


def _without_filters(root: Path) -> list[str]:
    """Options that switch off every filter that is configured: git would run them on files that it compares."""
    pattern = r"^filter\..*\.(clean|smudge|process|required)$"
    try:
        names = run(root, "config", "--name-only", "-z", "--get-regexp", pattern)
    except GitError:
        return []  # there are none
    found = [name for name in names.decode("utf-8", "surrogateescape").split("\0") if name]
    return [part for name in found for part in ("-c", f"{name}={_FILTER_OFF[name.rpartition('.')[2]]}")]


# --- revisions --------------------------------------------------------------------------------------------------------


def head_commit(root: Path) -> str | None:
    """The commit that is checked out around a folder; None where git knows none."""
    try:
        return run(root, "rev-parse", "--verify", "--quiet", "HEAD").decode("utf-8", "replace").strip()
    except GitError:
        return None


def commit_of(root: Path, revision: str) -> str:
    """The commit that a revision names. Raises GitError where there is no such revision or no repository."""
    run(root, "rev-parse", "--git-dir")
    try:
        name = f"{revision}^{{commit}}"
        return run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().split()[-1]
    except (GitError, ValueError, IndexError) as fault:
        said = f"No revision {revision!r} in the git repository of {root}. {_advice(root, revision)}"
        raise GitError(said.rstrip()) from fault


def _advice(root: Path, revision: str) -> str:
    """What to do about a revision that is not there."""
    names = run(root, "for-each-ref", "--format=%(refname:lstrip=2)").decode("utf-8", "replace").split()
    if near := did_you_mean(_BEHIND_NAME.split(revision)[0], names):
        return near
    if run(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        return "This clone is shallow. Fetch the whole history: git fetch --unshallow (in CI: fetch-depth: 0)."
    if head_commit(root) is None:
        return "It has no commits yet. Make the first one: git add --all && git commit"
    return ""


def commit_before(root: Path, moment: datetime) -> str | None:
    """The last commit before a moment (with an offset) that changed a folder, on the way to what is checked out; None
    where there is none."""
    try:
        found = run(root, "rev-list", "-1", "--first-parent", f"--before={moment.isoformat()}", "HEAD", "--", ".")
    except GitError:
        return None
    return found.decode("utf-8", "replace").strip() or None


def is_dirty(root: Path) -> bool:
    """Whether the documents of a folder differ from the commit that is checked out. Files that git ignores are part of
    the book and count; where git cannot tell, they may differ."""
    try:
        off = _without_filters(root)
        changed = run(root, *off, "status", "--porcelain", "--untracked-files=no", "--", *_DOCUMENTS)
        return bool(changed.strip() or run(root, "ls-files", "--others", "--", *_DOCUMENTS).strip())
    except GitError:
        return True


def files_changed_since(root: Path, commit: str) -> set[str]:
    """The files below a folder that differ from a commit or are new; git-ignored ones are left out."""
    difference = ("diff", "--no-ext-diff", "--name-only", "-z", "--relative", "--no-renames", commit, "--", ".")
    changed = run(root, *_without_filters(root), *difference)
    new = run(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    return {path for raw in (changed, new) for path in raw.decode("utf-8", "replace").split("\0") if path}


def file_at(root: Path, commit: str, path: str) -> bytes:
    """What a file held at a commit; nothing where it was not there."""
    try:
        return run(root, "cat-file", "blob", f"{commit}:./{path}")
    except GitError:
        return b""


def files_at(root: Path, commit: str) -> list[TreeFile]:
    """All files below a folder at a commit; none where the folder was not there."""
    out = []
    for line in run(root, "ls-tree", "-r", "-z", commit).decode("utf-8", "surrogateescape").split("\0"):
        about, _, path = line.partition("\t")
        mode, _, rest = about.partition(" ")
        kind, _, blob = rest.partition(" ")
        unsafe = not path or any(part in ("", ".", "..", ".git") for part in path.split("/"))
        if kind == "blob" and not unsafe:
            out.append(TreeFile(path, blob, mode == "120000"))
    return out


class Blobs:
    """Contents from the object store, one after the other, through one ``git cat-file``. Close it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        #: How large the content is that was read last.
        self.size = 0
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, blob: str, most: int | None = None) -> bytes:
        """The content with an id; not much more than ``most`` bytes of it. Raises GitError where it is not there."""
        pipes = self._pipes()
        try:
            pipes[0].write(blob.encode() + b"\n")
            pipes[0].flush()
            header = pipes[1].readline().split()
            if len(header) != 3:
                raise GitError(self._why(blob, missing=header[1:] == [b"missing"]))
            size = self.size = int(header[2])
            wanted = size if most is None else min(size, most + 1)
            raw = pipes[1].read(wanted)
            left = size - wanted + 1
            while left > 0 and (skipped := pipes[1].read(min(left, 1 << 20))):
                left -= len(skipped)
        except (OSError, ValueError) as fault:
            raise _not_run(fault) from fault
        return raw

    def _why(self, blob: str, *, missing: bool) -> str:
        if missing:
            return "This clone doesn't hold all of that revision. Fetch the rest: git fetch --refetch --no-filter"
        return f"Git can't read {blob} from the repository of {self.root}."

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - fixed, no shell
                    _command(self.root, "cat-file", "--batch"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL, env=_environment(),
                )  # fmt: skip
            except OSError as fault:
                raise _not_run(fault) from fault
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout

    def close(self) -> None:
        """End the program."""
        if self._process is not None:
            for pipe in self._pipes():
                pipe.close()
            self._process.wait()
            self._process = None
