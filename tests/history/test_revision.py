"""The book at a revision: as it was, without a trace, and one line where it cannot be had."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from servkit.cache.database import note_path
from servkit.cache.folder import cache_folder

from .repositories import PEOPLE, POLICY, SCENARIO, SCRIPT, commit, git, repository, write

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Servkit


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book whose last commit and whose work tree each say something else."""
    folder = repository(tmp_path, hello=SCRIPT, thirty=SCENARIO, **{"people.csv": PEOPLE})
    (folder / "returns.yaml").write_text(POLICY.replace("30 days", "45 days"))
    (folder / "hello.yaml").write_text(SCRIPT.replace("Good morning", "Hi"))
    (folder / "people.csv").write_text(PEOPLE.replace("Bell", "Ball"))
    commit(tmp_path, "second")
    (folder / "returns.yaml").write_text(POLICY.replace("30 days", "60 days"))
    (folder / "hello.yaml").unlink()
    return folder


def _window(servkit: Servkit, book: Path, *args: str) -> tuple[str, str, bool]:
    done = servkit("lookup", "--about", "returns", "--on", "2026-03-01", "--format", "json", *args, book=book)
    assert done.code == 0, done.err
    answer = json.loads(done.out)
    return answer["terms"]["returns.window"]["value"], answer["book"]["revision"], answer["book"]["dirty"]


def _state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_lookup_answers_from_the_revision_and_changes_nothing(servkit: Servkit, book: Path) -> None:
    first, second = git(book, "rev-parse", "HEAD~1")[:7], git(book, "rev-parse", "HEAD")[:7]
    before = _state(book.parent)
    assert _window(servkit, book) == ("60 days", second, True)
    for _ in range(2):  # from the object store, and from the compiled book
        assert _window(servkit, book, "--at", "HEAD") == ("45 days", second, False)
        assert _window(servkit, book, "--at", "HEAD~1") == ("30 days", first, False)
        assert _window(servkit, book, "--at", first) == ("30 days", first, False)
    assert _window(servkit, book) == ("60 days", second, True)
    assert _state(book.parent) == before


def test_every_command_reads_the_revision(servkit: Servkit, book: Path) -> None:
    at = ("--at", "HEAD~1")
    assert servkit("say", "hello", *at, book=book).out == "Good morning.\n"
    assert servkit("say", "hello", "--at", "HEAD").out == "Hi.\n"
    assert "30 days" in servkit("show", "returns", *at).out
    assert "hello" in servkit("list", "script", *at).out
    assert servkit("list", "script").code == 1
    assert "Good morning" in servkit("find", "morning", *at).out
    assert servkit("test", *at).code == 0
    assert servkit("test", "--at", "HEAD").code == 1
    assert "30\u00a0days" in servkit("render", "handbook", "--format", "md", "--to", "-", *at).out
    linted = servkit("lint", "--select", "SK601", *at)
    assert "(3 documents)" in linted.err
    assert "(2 documents)" in servkit("lint", "--select", "SK601").err


def test_lint_shows_the_lines_of_the_revision(servkit: Servkit, book: Path) -> None:
    (book / "bad.yaml").write_text("kind: policy\nid: bad\ntitel: Oops\nrule: flexible\n")
    commit(book.parent)
    (book / "bad.yaml").unlink()
    found = servkit("lint", "--at", "HEAD", book=book)
    assert found.code == 1
    assert "bad.yaml:3" in found.out
    assert "titel: Oops" in found.out
    assert "bad.yaml" not in servkit("lint").out
    assert servkit("lint", "bad.yaml", "--at", "HEAD", "--format", "concise").out.startswith("bad.yaml:3")
    refused = servkit("lint", "--at", "HEAD", "--fix")
    assert (refused.code, refused.err.count("\n")) == (2, 1)


def test_tracked_customers_are_as_they_were_and_others_as_they_are(servkit: Servkit, book: Path) -> None:
    assert "Dorothy Bell" in servkit("lookup", "C-1", "--at", "HEAD~1", book=book).out
    assert "Dorothy Ball" in servkit("lookup", "C-1", "--at", "HEAD").out
    git(book, "rm", "-q", "--cached", "people.csv")
    commit_message = git(book, "commit", "-q", "-m", "no people")
    assert not commit_message
    (book / "people.csv").write_text(PEOPLE.replace("Bell", "Now"))
    assert "Dorothy Now" in servkit("lookup", "C-1", "--at", "HEAD").out
    assert "Dorothy Bell" in servkit("lookup", "C-1", "--at", "HEAD~2").out


def test_the_companys_words_are_as_they_were(servkit: Servkit, book: Path) -> None:
    words = book / "languages" / "de.po"
    words.parent.mkdir()
    settings = book / "servkit.yaml"
    settings.write_text(settings.read_text() + "languages: [en, de]\n")
    commit(book.parent)
    for number, word in enumerate(["Leitfaden", "Betriebsbuch"]):
        words.write_text(f'msgid "Handbook"\nmsgstr "{word}"\n')
        commit(book.parent, f"words {number}")
    words.write_text('msgid "Handbook"\nmsgstr "Heft {oops}"\n')
    handbook = ("render", "handbook", "--format", "md", "--to", "-", "--lang", "de")
    titles = [servkit(*handbook, "--at", at, book=book).out.partition("\n")[0] for at in ("HEAD~2", "HEAD~1", "HEAD")]
    assert titles == ["# Handbuch", "# Leitfaden", "# Betriebsbuch"]
    commit(book.parent, "broken words")
    words.unlink()
    broken = servkit("lookup", "--at", "HEAD", "--lang", "de", "--about", "returns")
    assert broken.code == 0
    assert (
        broken.err
        == "servkit: languages/de.po:1: Nothing fills the blanks of `Heft {oops}`. This text has no blanks.\n"
    )


def test_a_database_for_revisions_does_not_grow_with_them(servkit: Servkit, book: Path) -> None:
    for number in range(4):
        (book / "returns.yaml").write_text(POLICY.replace("30 days", f"{number + 31} days"))
        commit(book.parent)
    for number in range(4):
        assert _window(servkit, book, "--at", f"HEAD~{3 - number}")[0] == f"{number + 31} days"
    cache = cache_folder(os.environ)
    note = note_path(book.resolve(), cache, "-at")
    assert note is not None
    (path,) = cache.glob(f"{note.stem}-*.sqlite")
    path.write_bytes(b"broken")
    assert _window(servkit, book, "--at", "HEAD")[0] == "34 days"


def test_no_hook_filter_or_monitor_runs(servkit: Servkit, book: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n")
    script.chmod(0o755)
    (book / ".gitattributes").write_text("*.yaml filter=evil diff=evil\n*.csv filter=evil\n")
    for name in ("filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "core.fsmonitor",
                 "diff.evil.textconv", "diff.external"):  # fmt: skip
        git(book, "config", name, str(script))
    hooks = tmp_path / ".git" / "hooks"
    for name in ("post-index-change", "post-checkout", "reference-transaction"):
        shutil.copy(script, hooks / name)
    (book / "returns.yaml").write_text(POLICY.replace("30 days", "61 days"))
    assert _window(servkit, book, "--at", "HEAD")[0] == "45 days"
    assert _window(servkit, book)[0] == "61 days"
    servkit("lint", "--changed-since", "HEAD~1")
    servkit("lint", "--at", "HEAD~1")
    assert not ran.exists()


def test_git_variables_of_a_hook_are_cleared(
    servkit: Servkit, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert _window(servkit, book, "--at", "HEAD~1")[0] == "30 days"


def test_links_are_followed_within_the_folder(servkit: Servkit, book: Path) -> None:
    (book / "sub").mkdir()
    (book / "returns.yaml").rename(book / "text.txt")
    (book / "sub" / "linked.yaml").symlink_to("../text.txt")
    (book / "outside.yaml").symlink_to("/etc/hostname")
    (book / "loop.yaml").symlink_to("loop.yaml")
    commit(book.parent)
    (book / "text.txt").unlink()
    assert _window(servkit, book, "--at", "HEAD")[0] == "60 days"
    done = servkit("lint", "--at", "HEAD", "--select", "SK101", "--format", "concise")
    assert [line.partition(":")[0] for line in done.out.splitlines()] == ["loop.yaml", "outside.yaml"]


def _refused(
    servkit: Servkit, book: Path, *words: str, at: str = "HEAD", command: tuple[str, ...] = ("lookup",)
) -> None:
    done = servkit(*command, "--at", at, book=book)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    for word in words:
        assert word in done.err


@pytest.mark.parametrize(
    "at", ["v9", "", "--help", "HEAD~9", "a b", "x\x1b[31m", "HEAD:book", "@{9999}", "..", "-", "é"]
)
def test_a_revision_that_is_not_there(servkit: Servkit, book: Path, at: str) -> None:
    _refused(servkit, book, "No revision", at=at)


def test_the_nearest_name_of_a_revision_is_told(servkit: Servkit, book: Path) -> None:
    git(book, "tag", "v2026-spring")
    git(book, "branch", "summer/prices")
    _refused(servkit, book, "Did you mean `main`?", at="mian~1")
    _refused(servkit, book, "Did you mean `v2026-spring`?", at="v2026spring")
    _refused(servkit, book, "Did you mean `summer/prices`?", at="sumer/prices")


def test_a_repository_without_a_commit(servkit: Servkit, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    write(tmp_path / "book", servkit="servkit: 1\nname: New\n")
    _refused(servkit, tmp_path / "book", "no commits yet", "git commit")


def test_a_shallow_clone(servkit: Servkit, book: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path}", str(tmp_path / "clone"))
    _refused(servkit, tmp_path / "clone" / "book", "shallow", "git fetch --unshallow", at="HEAD~1")


def test_a_folder_without_git(servkit: Servkit, tmp_path: Path) -> None:
    write(tmp_path / "plain", servkit="servkit: 1\nname: Plain\n")
    _refused(servkit, tmp_path / "plain", "not in a git repository", "git init")


def test_without_the_program(servkit: Servkit, book: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    _refused(servkit, book, "Git isn't installed")


def test_a_revision_without_the_book(servkit: Servkit, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "empty")
    write(tmp_path / "book", servkit="servkit: 1\nname: New\n")
    commit(tmp_path)
    _refused(servkit, tmp_path / "book", "no book", "HEAD~1", at="HEAD~1")


def test_pointers_of_git_lfs(servkit: Servkit, book: Path) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    (book / "returns.yaml").write_text(pointer)
    commit(book.parent)
    _refused(servkit, book, "returns.yaml", "Git LFS", "migrate")
    (book / "returns.yaml").write_text(POLICY)
    (book / "people.csv").write_text(pointer)
    commit(book.parent)
    for command in (("lookup", "C-1"), ("assign",), ("find", "Dorothy")):
        _refused(servkit, book, "people.csv", "Git LFS", command=command)
    assert servkit("show", "returns", "--at", "HEAD").code == 0  # this needs no customer
    (book / "people.csv").write_text(PEOPLE)
    for counting in (("--no-customers",), ("--customers", str(book / "people.csv"))):
        assert servkit("diff", "HEAD~2", "HEAD", *counting).code == 1
    (book / "languages").mkdir()
    (book / "languages" / "de.po").write_text(pointer)
    commit(book.parent)
    (book / "languages" / "de.po").unlink()
    handbook = ("render", "handbook", "--format", "md", "--to", "-", "--lang", "de")
    _refused(servkit, book, "de.po", "Git LFS", command=handbook)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_somebody_else(servkit: Servkit, book: Path, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / ".git"):
        os.chown(path, 4242, 4242)
    _refused(servkit, book, "belongs to another user", f"safe.directory {tmp_path}\n")  # not the folder of the book


def test_what_git_no_longer_holds(servkit: Servkit, book: Path, tmp_path: Path) -> None:
    blob = git(book, "rev-parse", "HEAD~1:./returns.yaml")
    (tmp_path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    _refused(servkit, book, "doesn't hold all", at="HEAD~1")
