"""Severities and options under ``lint:``, for the book and for some of its paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servkit import lint_book
from servkit.lint.settings import path_pattern

from .books import SETTINGS, TODAY, lint_it, philosophy, write

if TYPE_CHECKING:
    from pathlib import Path

OLD = philosophy("old", "2026-02-20")


def test_a_rule_has_its_own_severity(tmp_path: Path) -> None:
    assert lint_it(write(tmp_path, {"a.yaml": OLD})) == ["a.yaml:6:12 warning SK606"]


def test_a_book_says_what_a_rule_is_worth(tmp_path: Path) -> None:
    settings = SETTINGS + "lint: {rules: {SK606: error}}\n"
    assert lint_it(write(tmp_path, {"servkit.yaml": settings, "a.yaml": OLD})) == ["a.yaml:6:12 error SK606"]


def test_the_longest_beginning_of_a_code_wins(tmp_path: Path) -> None:
    settings = SETTINGS + "lint: {rules: {SK606: info, SK6: off}}\n"
    assert lint_it(write(tmp_path, {"servkit.yaml": settings, "a.yaml": OLD})) == ["a.yaml:6:12 info SK606"]


def test_options_have_the_type_of_their_defaults(tmp_path: Path) -> None:
    settings = SETTINGS + "lint: {rules: {SK606: {grace: 10, severity: error}}}\n"
    assert lint_it(write(tmp_path, {"servkit.yaml": settings, "a.yaml": OLD})) == []
    settings = SETTINGS + "lint: {rules: {SK606: {grace: ten}}}\n"
    found = lint_it(write(tmp_path, {"servkit.yaml": settings, "a.yaml": OLD}))
    assert found == ["a.yaml:6:12 warning SK606", "servkit.yaml:5:31 error SK111"]


def test_a_path_has_severities_of_its_own(tmp_path: Path) -> None:
    settings = SETTINGS + 'lint: {paths: {"drafts/**": {SK6: off}, "drafts/late.yaml": {SK606: info}}}\n'
    files = {"servkit.yaml": settings, "a.yaml": OLD, "drafts/b.yaml": OLD, "drafts/late.yaml": OLD}
    assert lint_it(write(tmp_path, files)) == ["a.yaml:6:12 warning SK606", "drafts/late.yaml:6:12 info SK606"]


def test_a_rule_that_is_off_may_be_on_for_a_path(tmp_path: Path) -> None:
    settings = SETTINGS + "lint: {rules: {SK606: off}, paths: {policies: {SK606: error}}}\n"
    files = {"servkit.yaml": settings, "a.yaml": OLD, "policies/b.yaml": OLD}
    assert lint_it(write(tmp_path, files)) == ["policies/b.yaml:6:12 error SK606"]


def test_how_much_it_takes_to_fail(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.yaml": OLD})
    assert lint_book(root, on=TODAY).failed
    write(tmp_path, {"servkit.yaml": SETTINGS + "lint: {fail_on: error}\n"})
    report = lint_book(root, on=TODAY, select=["SK606"])
    assert report.findings
    assert not report.failed


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("drafts", "drafts/a.yaml", True),
        ("drafts/", "drafts/deep/a.yaml", True),
        ("drafts/*", "drafts/a.yaml", True),
        ("*.yaml", "a.yaml", True),
        ("*.yaml", "drafts/a.yaml", False),
        ("**/a.yaml", "a.yaml", True),
        ("**/a.yaml", "x/y/a.yaml", True),
        ("dra?ts", "drafts", True),
        ("draft", "drafts/a.yaml", False),
        ("a[1].yaml", "a[1].yaml", True),
        ("**/x*/*.yaml", "a/b/xy/c.yaml", True),
        ("**/x*/*.yaml", "a/b/xy/c/d.yaml", False),
        ("**/x*/é?*", "x/éa/b.yaml", True),
        ("**/" * 300 + "x", "a/" * 300 + "a.yaml", False),
        ("*a" * 100, "a" * 250 + ".yaml", False),
    ],
)
def test_patterns(pattern: str, path: str, matches: bool) -> None:
    assert bool(path_pattern(pattern).match(path)) is matches


def test_a_pattern_beyond_all_measure_is_told(tmp_path: Path) -> None:
    root = write(
        tmp_path, {"servkit.yaml": SETTINGS + "lint:\n  paths:\n    ? " + "x*" * 100_000 + "\n    : {SK1: off}\n"}
    )
    [finding] = lint_book(root, on=TODAY, select=["SK1"]).findings
    assert (finding.code, finding.line, finding.column) == ("SK111", 7, 7)
    assert finding.message.endswith("…` is too long. Write several shorter ones.")
