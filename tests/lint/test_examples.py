"""Every rule's page is tested: the bad example gives its finding at each marked line, the good one nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from servkit import lint_book
from servkit.lint.loader import load
from servkit.lint.rule import Rule, all_rules
from servkit.lint.rule_docstring import EXAMPLE_TODAY, example_files

if TYPE_CHECKING:
    from pathlib import Path

    from servkit.lint.finding import Finding

RULES = list(all_rules().values())
SHOWN = [rule for rule in RULES if rule.has_example]


def _found(rule: Rule, files: dict[str, str], root: Path) -> list[Finding]:
    """What this rule finds, and whatever the reader says."""
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    others = {problem.code for problem in load(root).problems} - {"SK606"}
    needed = ["SK606"] if rule.code in ("SK690", "SK691") else []
    return list(lint_book(root, select=[rule.code, *others, *needed], on=date.fromisoformat(EXAMPLE_TODAY)).findings)


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: f"{rule.code}-{rule.name}")
def test_the_bad_example_gives_exactly_the_finding(rule: Rule, tmp_path: Path) -> None:
    assert rule.page.bad, "a rule's page has a bad example"
    files, marks = example_files(rule.page.bad)
    found = [finding for finding in _found(rule, files, tmp_path) if finding.code != "SK606" or rule.code == "SK606"]
    assert {finding.code for finding in found} == {rule.code}
    assert sorted((finding.path, finding.line) for finding in found) == sorted(marks)


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: f"{rule.code}-{rule.name}")
def test_the_good_example_gives_none(rule: Rule, tmp_path: Path) -> None:
    assert rule.page.good, "a rule's page has a good example"
    files, marks = example_files(rule.page.good)
    assert not marks
    assert _found(rule, files, tmp_path) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.name}")
def test_the_page_says_what_and_why(rule: Rule) -> None:
    page = rule.page
    assert page.title
    assert page.why
    assert all(name in page.options for name in rule.options)
    assert rule.code.lower() in f"sk{rule.code[2:]}"
