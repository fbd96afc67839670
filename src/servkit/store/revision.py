"""The git revision a book stands at, read from the repository's own files; git itself is only run for ``dirty``."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

_COMMIT = re.compile(r"[0-9a-f]{40,64}\Z")
SHORT = 7


def head_commit(root: Path) -> str | None:
    """The commit that is checked out around a folder; None where there is no repository or no commit yet."""
    git = _git_folder(root)
    if git is None:
        return None
    head = _read(git / "HEAD")
    if head is None:
        return None
    if not head.startswith("ref:"):
        return head if _COMMIT.match(head) else None
    ref = head[4:].strip()
    common_name = _read(git / "commondir")
    common = git if common_name is None else git / common_name
    for folder in (git, common):
        found = _read(folder / ref)
        if found is not None and _COMMIT.match(found):
            return found
    for line in (_read(common / "packed-refs") or "").splitlines():
        commit, _, name = line.partition(" ")
        if name == ref and _COMMIT.match(commit):
            return commit
    return _ask_git(root, "rev-parse", "--verify", "--quiet", "HEAD") if (common / "reftable").exists() else None


def is_dirty(root: Path) -> bool:
    """Whether the files of a folder differ from the commit that is checked out."""
    return bool(_ask_git(root, "status", "--porcelain", "--", "."))


def revision_of(root: Path) -> tuple[str | None, bool]:
    """The short revision and whether the folder differs from it."""
    commit = head_commit(root)
    return (None, False) if commit is None else (commit[:SHORT], is_dirty(root))


def _git_folder(root: Path) -> Path | None:
    for folder in (root, *root.parents):
        found = folder / ".git"
        if found.is_dir():
            return found
        if found.is_file():
            pointer = _read(found) or ""
            return folder / pointer.removeprefix("gitdir:").strip() if pointer.startswith("gitdir:") else None
    return None


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return None


def _ask_git(root: Path, *args: str) -> str | None:
    """What git says; None where it is not there or says no. A repository's own hooks are not run."""
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(root), *args]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell
            command, capture_output=True, timeout=20, check=False, env=os.environ | {"GIT_OPTIONAL_LOCKS": "0"}
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None
