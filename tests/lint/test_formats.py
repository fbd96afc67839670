"""Every format of a report: what it must hold, and that no text of the book can break it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from servkit import lint_book
from servkit.lint.destination import Destination
from servkit.lint.finding import Edit, Finding, Fix
from servkit.lint.formats import format_names, formatter
from servkit.lint.report import Report

from .books import write

BOOK = Path(__file__).parent / "broken_book"
NASTY = "a]]> & <b> \x1b[31mred\x1b[0m\x00 \x9b31m\x7f 100%,\r\n::error::x, [bold]no[/bold] \u202eevil :wave: 日本"


@pytest.fixture(scope="module")
def report() -> Report:
    return lint_book(BOOK, on=date(2026, 3, 1))


@pytest.fixture
def nasty(tmp_path: Path) -> Report:
    root = write(tmp_path, {"a.yaml": "x\n"})
    found = Finding(
        "a.yaml",
        1,
        1,
        NASTY,
        f"philosophy:{NASTY}",
        f"kind: {NASTY}",
        Fix(NASTY, (Edit(1, 1, "x", "y"),)),
        "SK602",
        "error",
        "f",
    )
    return Report(root, (found,), 1, 1, skipped=(NASTY,))


def test_the_formats_there_are() -> None:
    assert format_names() == ("codeclimate", "concise", "github", "json", "junit", "sarif")


@pytest.mark.parametrize("name", format_names())
def test_a_clean_report_is_valid(name: str, tmp_path: Path) -> None:
    out = formatter(name)(Report(tmp_path, (), 3, 3), Destination())
    if name in ("concise", "github"):
        assert out == ""
    elif name == "junit":
        assert ET.fromstring(out).find("testsuite/testcase") is not None
    else:
        json.loads(out)


@pytest.mark.parametrize("name", format_names())
def test_no_control_character_reaches_the_output(name: str, nasty: Report) -> None:
    out = formatter(name)(nasty, Destination())
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", out)
    if name == "concise":
        assert "\u202e" not in out
        assert "[bold]no[/bold]" in out


def test_concise_is_one_line_a_finding(report: Report) -> None:
    lines = formatter("concise")(report, Destination("book/")).splitlines()
    assert len(lines) == len(report.findings)
    assert all(re.match(r"book/[\w./-]+:\d+:\d+: (error|warning|info) SK\d{3} \S", line) for line in lines)


def test_json_holds_everything(report: Report) -> None:
    data = json.loads(formatter("json")(report, Destination("book/", statistics=True)))
    assert data["schema"] == "servkit/lint/1"
    assert data["book"] == {"name": "Book with fifty faults", "root": "book"}
    assert sum(data["counts"].values()) == len(data["findings"]) == sum(data["statistics"].values())
    keys = [
        "code",
        "rule",
        "severity",
        "path",
        "line",
        "column",
        "document",
        "message",
        "url",
        "fix",
        "witness",
        "fingerprint",
    ]
    assert all(list(finding) == keys for finding in data["findings"])


def test_github_stays_within_its_command(nasty: Report) -> None:
    out = formatter("github")(nasty, Destination("book, of: all/"))
    assert out.count("\n") == 2
    assert out.startswith("::error file=book%2C of%3A all/a.yaml,line=1,col=1,title=SK602 ")
    assert "%0A::error" in out
    assert "100%25" in out


@pytest.mark.parametrize("name", format_names())
def test_what_was_not_looked_at_is_told_wherever_there_is_a_place(name: str, tmp_path: Path) -> None:
    out = formatter(name)(Report(tmp_path, (), 1, 1, skipped=("a.csv: 50%, no more: rows",)), Destination())
    if name == "github":
        assert out == "::notice title=servkit::not looked at: a.csv: 50%25, no more: rows\n"
    elif name in ("json", "sarif", "junit"):
        assert "a.csv: 50%, no more: rows" in out
    else:  # these have none; the summary on stderr tells it, whatever the format
        assert out in ("", "[]\n")


@pytest.mark.parametrize("name", format_names())
def test_a_witness_is_shown_wherever_there_is_a_place(name: str, tmp_path: Path) -> None:
    found = Finding(
        "a.yaml", 1, 1, "Here.", witness="kind: scenario\nid: x\n", code="SK301", severity="error", fingerprint="f"
    )
    out = formatter(name)(Report(tmp_path, (found,)), Destination())
    assert ("kind: scenario" in out) is (name != "concise")


@pytest.mark.parametrize("name", format_names())
def test_a_file_whose_name_has_lines_takes_one(name: str, tmp_path: Path) -> None:
    found = Finding("a\n::error::b.yaml", 1, 1, "Here.", code="SK101", severity="error", fingerprint="f")
    out = formatter(name)(Report(tmp_path, (found,)), Destination())
    assert not re.search("^::error::b", out, re.MULTILINE)
    if name == "concise":
        assert out == "a␊::error::b.yaml:1:1: error SK101 Here.\n"


def test_junit_counts_and_escapes(report: Report, nasty: Report) -> None:
    suite = ET.fromstring(formatter("junit")(report, Destination())).find("testsuite")
    assert suite is not None
    assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
    assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
    assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))
    told = ET.fromstring(formatter("junit")(nasty, Destination())).findtext("testsuite/testcase/failure")
    assert told is not None
    assert "a]]> & <b>" in told


def test_codeclimate_has_what_gitlab_wants(report: Report) -> None:
    issues = json.loads(formatter("codeclimate")(report, Destination("book/")))
    assert len(issues) == len(report.findings)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["path"].startswith("book/")
        assert issue["location"]["lines"]["begin"] >= 1


def test_sarif_has_what_code_scanning_wants(report: Report) -> None:
    data = json.loads(formatter("sarif")(report, Destination("my book/")))
    assert data["version"] == "2.1.0"
    assert data["$schema"].endswith("sarif-schema-2.1.0.json")
    run = data["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(run["results"]) == len(report.findings)
    for result in run["results"]:
        _check_result(result, rules)


def _check_result(result: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] in ("none", "note", "warning", "error")
    assert result["message"]["text"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"].startswith("my%20book/")
    assert physical["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
    assert all(number >= 1 for number in physical.get("region", {}).values())
