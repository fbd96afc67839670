"""The steps of the GitHub Action and the GitLab job that show what an edit changes: their own lines, run by bash."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from .repositories import POLICY, git, repository, write

if TYPE_CHECKING:
    from collections.abc import Sequence

REPO = Path(__file__).parents[2]
PEOPLE = "id,name,plan\nC-1,Dorothy Bell,monthly\nC-2,Ray Ortiz,single\n"
_GH = """\
#!/bin/sh
case "$*" in *--paginate*) printf "$OLD_COMMENTS"; exit;; esac
printf '%s\\n' "$@" >> "$GH_LOG"
exit $GH_CODE
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of which an edit is not committed, and the programs that a runner has."""
    folder = repository(tmp_path, **{"people.csv": PEOPLE})
    write(folder, returns=POLICY.replace("30 days", "20 days"))
    programs = {"servkit": f'#!/bin/sh\nexec "{sys.executable}" -m servkit "$@"\n', "gh": _GH, "pip": "#!/bin/sh\n"}
    (tmp_path / "bin").mkdir()
    for name, text in programs.items():
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    git(folder, "remote", "add", "origin", str(tmp_path))
    return folder


def _bash(book: Path, lines: Sequence[str], **variables: str) -> subprocess.CompletedProcess[str]:
    """Run lines as a runner does."""
    home = book.parent
    environment = os.environ | {
        "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(REPO / "src"),
        "SERVKIT_CACHE": str(home / "cache"), "RUNNER_TEMP": str(home), "GITHUB_STEP_SUMMARY": str(home / "summary"),
        "GH_LOG": str(home / "gh.log"), "GH_CODE": "0", "OLD_COMMENTS": "", "BASE": git(book, "rev-parse", "HEAD"),
        "BOOK": "book", "REPO": "us/book", "NUMBER": "7", **variables,
    }  # fmt: skip
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", "\n".join(lines)]
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)


def _step(book: Path, name: str, **variables: str) -> subprocess.CompletedProcess[str]:
    steps = yaml.safe_load((REPO / "action.yml").read_text("utf-8"))["runs"]["steps"]
    (lines,) = [step["run"] for step in steps if step.get("name") == name]
    return _bash(book, [lines], **variables)


def _sent(book: Path) -> str:
    log = book.parent / "gh.log"
    return log.read_text("utf-8") if log.exists() else ""


def test_a_pull_request_shows_what_it_changes_and_keeps_one_comment(book: Path) -> None:
    done = _step(book, "What it changes", ARGS="--assert nobody-worse")
    assert (done.returncode, "nobody-worse: returns.window" in done.stderr) == (1, True)
    summary = (book.parent / "summary").read_text("utf-8")
    assert (
        "| 🔴 stricter | returns.window | 30 days | 20 days | everybody | 2 of 2 | `book/returns.yaml:7` |" in summary
    )
    assert "Dorothy" not in summary + done.stderr
    assert _step(book, "Comment").returncode == 0
    assert "POST\nrepos/us/book/issues/7/comments" in _sent(book)
    assert "body=<!-- servkit diff -->\n### What this changes" in _sent(book)
    assert _step(book, "Comment", OLD_COMMENTS="123\\n456\\n").returncode == 0
    assert "PATCH\nrepos/us/book/issues/comments/123" in _sent(book)
    refused = _step(book, "Comment", GH_CODE="1")
    assert (refused.returncode, "Grant the job pull-requests: write" in refused.stdout) == (0, True)


def test_a_comment_stays_where_nothing_could_be_compared(book: Path) -> None:
    assert _step(book, "What it changes", ARGS="--no-such-option").returncode == 2
    assert _step(book, "Comment", OLD_COMMENTS="123\\n").returncode == 0
    assert _sent(book) == ""


def test_the_job_for_gitlab(book: Path) -> None:
    (text,) = re.findall(
        r"```yaml\n(# \.gitlab-ci\.yml\n.*?)```", (REPO / "docs" / "check.md").read_text("utf-8"), re.DOTALL
    )
    job = yaml.safe_load(text)["book-changes"]
    lines = [line.replace("--book standards", "--book book") for line in [*job["before_script"], *job["script"]]]
    done = _bash(book, lines, CI_MERGE_REQUEST_DIFF_BASE_SHA=git(book, "rev-parse", "HEAD"))
    assert done.returncode == 0, done.stderr
    assert "returns.window | 30 days | 20 days" in done.stdout
    assert (book.parent / "changes.md").read_text("utf-8") == done.stdout
