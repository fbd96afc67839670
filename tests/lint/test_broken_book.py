"""A book broken in more than fifty ways, every rule among them: each finding at its place, and nothing else.

``broken_book/expected.txt`` holds a line for every finding; two files that cannot be kept in a repository of texts are
written by the test.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from servkit import lint_book
from servkit.lint.rule import all_rules

if TYPE_CHECKING:
    from servkit.lint.report import Report

BOOK = Path(__file__).parent / "broken_book"
#: What only `servkit lint --journal` finds: tests/cli/test_report.py.
FROM_A_JOURNAL = {"SK521", "SK522"}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    root = tmp_path_factory.mktemp("book") / "broken"
    shutil.copytree(BOOK, root)
    (root / "bytes.yaml").write_bytes(b"kind: philosophy\nid: bytes\ntitle: Caf\xe9\n")
    (root / "large.yaml").write_bytes(b"# " + b"x" * (1 << 20) + b"\n")
    (root / "nested.yaml").write_text("kind: philosophy\nid: deep\ntitle: " + "[" * 120 + "]" * 120 + "\n")
    return lint_book(root, on=date(2026, 3, 1))


def test_every_finding_is_where_it_should_be_and_there_is_no_other(report: Report) -> None:
    expected = (BOOK / "expected.txt").read_text("utf-8").splitlines()
    found = [f"{finding.path}:{finding.line}:{finding.column} {finding.code}" for finding in report.findings]
    assert found == expected


def test_the_book_is_broken_in_every_way_there_is_a_rule_for(report: Report) -> None:
    assert set(report.by_code) == set(all_rules()) - FROM_A_JOURNAL
    assert len(report.by_code) > 50


def test_every_finding_says_something_in_one_line_and_points_into_its_file(report: Report) -> None:
    for finding in report.findings:
        assert finding.message
        assert "\n" not in finding.message
        if finding.line:
            lines = (report.root / finding.path).read_bytes().decode("utf-8", "replace").splitlines()
            assert finding.line <= len(lines)
            assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1


def test_every_message_is_made_of_whole_sentences(report: Report) -> None:
    messages = [finding.message for finding in report.findings]
    assert [message for message in messages if message[0].islower()] == []
    assert [message for message in messages if not message.endswith((".", "?"))] == []
    assert [message for message in messages if ".;" in message or ".." in message] == []


def test_fingerprints_tell_findings_apart(report: Report) -> None:
    fingerprints = [finding.fingerprint for finding in report.findings]
    assert len(set(fingerprints)) == len(fingerprints)


def test_what_comments_ignore_is_counted(report: Report) -> None:
    assert report.ignored == 2
