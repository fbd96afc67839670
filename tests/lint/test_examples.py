"""Every rule's page is tested: the bad example gives its finding at each marked line, the good one nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from servkit import lint_book
from servkit.lint.loader import load
from servkit.lint.rule import Rule, all_rules

if TYPE_CHECKING:
    from pathlib import Path

    from servkit.lint.finding import Finding

RULES = list(all_rules().values())
TODAY = date(2026, 3, 1)
#: The settings of an example that has none.
EXAMPLE_SETTINGS = """\
servkit: 1
name: Example
language: en
currency: USD
clocks:
  office: {hours: "Mo-Fr 08:00-18:00"}
channels: [phone, email]
roles: [agent, supervisor, owner]
areas:
  returns: {title: Returns}
  visits: {title: Visits}
attributes:
  plan: {type: choice, of: [single, monthly, commercial]}
  since: {type: date}
  visits_a_year: {type: number, from: 0}
  balance: {type: money}
facts:
  hours_late: {type: duration}
  opened: {type: flag}
"""
HERE = re.compile(r"[ ]*# here[ ]*$", re.MULTILINE)
FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)
#: The rules whose finding no text on a page could show.
NO_EXAMPLE = {"SK101", "SK102", "SK107", "SK521", "SK522"}
SHOWN = [rule for rule in RULES if rule.code not in NO_EXAMPLE]


def example_files(text: str) -> tuple[dict[str, str], list[tuple[str, int]]]:
    """The files of an example book by path, and the places (path and line) that ``# here`` marks."""
    pieces = FILE.split(text)
    files = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    if pieces[0].strip():
        files["example.yaml"] = pieces[0]
    files.setdefault("servkit.yaml", EXAMPLE_SETTINGS)
    marks = [
        (path, number)
        for path, content in files.items()
        for number, line in enumerate(content.splitlines(), 1)
        if HERE.search(line)
    ]
    return {path: HERE.sub("", content) for path, content in files.items()}, marks


def _found(rule: Rule, files: dict[str, str], root: Path) -> list[Finding]:
    """What this rule finds, and whatever the reader says."""
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    others = {problem.code for problem in load(root).problems} - {"SK606"}
    needed = ["SK606"] if rule.code in ("SK690", "SK691") else []
    return list(lint_book(root, select=[rule.code, *others, *needed], on=TODAY).findings)


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
