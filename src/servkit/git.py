"""What git says of a folder. Git is asked through its own program, and everybody who needs it asks here.

No hook or file monitor of a repository is run, and no lock is taken. Where git has to know, :func:`run` raises
:class:`GitError` with the reason: no git, no repository, a repository that belongs to somebody else, no such revision.
The revision of an answer is shown where it is known: :func:`head_commit` gives None for all of these.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 60
#: The files that may be documents: those in hidden folders are not the book's.
_DOCUMENTS = (":(glob)**/*.yaml", ":(glob)**/*.yml", ":(exclude,glob)**/.*/**", ":(exclude,glob)**/.*")


class GitError(Exception):
    """Git cannot answer; the message says why and what to do."""


def run(root: Path, *args: str) -> bytes:
    """What git prints for a command in a folder. Raises GitError where it fails."""
    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.quotepath=false", "-C", str(root), *args]
    # A hook runs with GIT_DIR and its like set to its own repository.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environ |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - fixed, no shell
            command, capture_output=True, timeout=_SECONDS, check=False, env=environ, stdin=subprocess.DEVNULL
        )
    except FileNotFoundError as fault:
        raise GitError("Git isn't installed, or isn't on the PATH.") from fault
    except (OSError, ValueError, subprocess.SubprocessError) as fault:  # ValueError: a NUL in an argument
        raise GitError(f"Git can't be run: {fault}") from fault
    if done.returncode:
        raise GitError(_reason(root, done.stderr.decode("utf-8", "replace").strip()))
    return done.stdout


def _reason(root: Path, stderr: str) -> str:
    if "not a git repository" in stderr:
        return f"{root} is not in a git repository."
    if "dubious ownership" in stderr:
        trust = f"git config --global --add safe.directory {root}"
        return f"The git repository of {root} belongs to another user. If you trust it, run: {trust}"
    return f"Git failed: {stderr.removeprefix('fatal: ') or 'it gave no reason'}"


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
        found = run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    except GitError as fault:
        raise GitError(f"No revision {revision!r} in the git repository of {root}.") from fault
    return found.decode("utf-8", "replace").strip()


def is_dirty(root: Path) -> bool:
    """Whether the documents of a folder differ from the commit that is checked out. Files that git ignores are part of
    the book and count; where git cannot tell, they may differ."""
    try:
        changed = run(root, "status", "--porcelain", "--untracked-files=no", "--", *_DOCUMENTS)
        return bool(changed.strip() or run(root, "ls-files", "--others", "--", *_DOCUMENTS).strip())
    except GitError:
        return True


def files_changed_since(root: Path, commit: str) -> set[str]:
    """The files below a folder that differ from a commit or are new; git-ignored ones are left out."""
    changed = run(root, "diff", "--name-only", "-z", "--relative", "--no-renames", commit, "--", ".")
    new = run(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    return {path for raw in (changed, new) for path in raw.decode("utf-8", "replace").split("\0") if path}


def file_at(root: Path, commit: str, path: str) -> bytes:
    """What a file held at a commit; nothing where it was not there."""
    try:
        return run(root, "show", f"{commit}:./{path}")
    except GitError:
        return b""
