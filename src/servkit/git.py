"""The git revision a book stands at, read from the repository's own files; git itself is only run for ``dirty``."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


#: The files that may be documents: those in hidden folders are not the book's.
_DOCUMENTS = (":(glob)**/*.yaml", ":(glob)**/*.yml", ":(exclude,glob)**/.*/**", ":(exclude,glob)**/.*")


def is_dirty(root: Path) -> bool:
    """Whether the documents of a folder differ from the commit that is checked out, so that the revision does not say
    which book was read. Files that git ignores are read as well, and count; where git cannot tell, they may differ."""
    known = _ask_git(root, "status", "--porcelain", "--untracked-files=no", "--", *_DOCUMENTS)
    return known is None or bool(known) or _ask_git(root, "ls-files", "--others", "--", *_DOCUMENTS) != ""


def revision_of(root: Path) -> tuple[str | None, bool]:
    """The short revision and whether the folder differs from it."""
    commit = head_commit(root)
    return (None, False) if commit is None else (commit[:SHORT], is_dirty(root))


def _git_folder(root: Path) -> Path | None:
    for folder in (root, *root.parents):
        found = folder / ".git"
        if (found / "HEAD").is_file():
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
    import subprocess  # only where something changed: it takes a while to load

    command = ["git", "-c", "core.fsmonitor=false", "-C", str(root), *args]
    # A hook runs with GIT_DIR and its like set to its own repository.
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
        "GIT_OPTIONAL_LOCKS": "0"
    }
    try:
        done = subprocess.run(command, capture_output=True, timeout=20, check=False, env=env, stdin=subprocess.DEVNULL)  # noqa: S603 - no shell
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None
