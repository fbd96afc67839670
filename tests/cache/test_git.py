"""The revision a book stands at, and whether its documents differ from it."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from servkit.git import GitError, commit_of, head_commit, is_dirty

from .books import compiled_book, policy, write

if TYPE_CHECKING:
    from pathlib import Path


def git(folder: Path, *args: str) -> str:
    env = os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(folder), *args]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout.strip()


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository with a book in a folder below its root."""
    folder = tmp_path / "repo"
    write(folder / "book", {"a.yaml": policy(), "x/b.yaml": policy(id_="b")})
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    return folder


def said(root: Path) -> tuple[str | None, bool]:
    """What the desk says; the compiled book and a plain look agree."""
    with compiled_book(root) as book:
        commit = head_commit(root)
        assert book.revision == (None if commit is None else commit[:7], commit is not None and is_dirty(root))
        return book.revision


def head(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD")[:7]


def test_a_clean_book_and_edits(repo: Path) -> None:
    book = repo / "book"
    assert said(book) == (head(repo), False)
    (book / "a.yaml").write_text(policy("31 days"))
    assert said(book) == (head(repo), True)
    git(repo, "add", ".")
    assert said(book) == (head(repo), True)
    git(repo, "commit", "-q", "-m", "second")
    assert said(book) == (head(repo), False)
    git(repo, "checkout", "-q", "HEAD~1")
    assert said(book) == (head(repo), False)
    assert head_commit(book) == git(repo, "rev-parse", "HEAD")


def test_documents_that_git_does_not_know(repo: Path) -> None:
    book = repo / "book"
    (book / "x" / "new.yaml").write_text(policy(id_="new"))
    assert said(book) == (head(repo), True)
    (book / "x" / "new.yaml").unlink()
    assert said(book) == (head(repo), False)
    (repo / ".git" / "info" / "exclude").write_text("local.yaml\nout/\n")
    (book / "out").mkdir()
    (book / "out" / "page.html").write_text("")
    (book / "local.yaml").write_text(policy(id_="local"))
    assert said(book) == (head(repo), True)
    (book / "local.yaml").unlink()
    assert said(book) == (head(repo), False)
    (book / "a.yaml").unlink()
    assert said(book) == (head(repo), True)


def test_what_is_no_document_does_not_count(repo: Path) -> None:
    book = repo / "book"
    (repo / "README").write_text("outside")
    (book / "notes.txt").write_text("beside")
    (book / ".hidden").mkdir()
    (book / ".hidden" / "x.yaml").write_text("hidden: yes")
    (book / ".x.yaml").write_text("hidden: yes")
    assert said(book) == (head(repo), False)


def test_packed_refs_and_a_branch_of_many_parts(repo: Path) -> None:
    git(repo, "checkout", "-q", "-b", "a/b/c")
    git(repo, "pack-refs", "--all")
    assert not (repo / ".git" / "refs" / "heads" / "a").exists()
    assert said(repo / "book") == (head(repo), False)


def test_a_worktree_and_a_book_at_the_root_of_one(repo: Path, tmp_path: Path) -> None:
    git(repo, "worktree", "add", "-q", "-b", "other", str(tmp_path / "tree"))
    (tmp_path / "tree" / "book" / "a.yaml").write_text(policy("31 days"))
    git(tmp_path / "tree", "commit", "-q", "-a", "-m", "there")
    assert said(tmp_path / "tree" / "book") == (head(tmp_path / "tree"), False)
    assert said(repo / "book") == (head(repo), False)
    assert head(repo) != head(tmp_path / "tree")


def test_no_commit_yet_no_repository_and_none_that_is_one(tmp_path: Path) -> None:
    book = write(tmp_path / "book", {"a.yaml": policy()})
    assert said(book) == (None, False)
    (book / ".git").mkdir()
    assert said(book) == (None, False)
    git(tmp_path, "init", "-q", "-b", "main")
    assert said(book) == (None, False)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    assert said(book) == (head(tmp_path), False)
    (book / ".git").rmdir()
    (book / ".git").write_text("gitdir: nowhere\n")
    assert said(book) == (None, False)


def test_a_hook_s_environment_does_not_lead_elsewhere(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q", "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert said(repo / "book")[1] is False


def test_without_git_no_revision_is_shown(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert said(repo / "book") == (None, False)
    with pytest.raises(GitError, match="isn't installed"):
        commit_of(repo / "book", "HEAD")


def test_why_git_cannot_answer(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GitError, match="not in a git repository"):
        commit_of(write(tmp_path / "elsewhere", {}), "HEAD")
    with pytest.raises(GitError, match="No revision 'nope'"):
        commit_of(repo / "book", "nope")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert head_commit(repo / "book") is None or commit_of(repo / "book", "HEAD")
