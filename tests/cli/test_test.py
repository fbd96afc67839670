"""``servkit test``: what users see of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from servkit.cli import run

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """
servkit: 1
name: A small book
currency: USD
channels: [phone, email]
roles: [technician, supervisor, owner]
areas: {returns: {title: Returns}}
attributes:
  plan: {type: choice, of: [single, monthly, commercial]}
  since: {type: date}
clocks:
  office: {hours: "Mo-Fr 08:00-18:00"}
facts:
  opened: {type: flag}
"""
BOOK = """
kind: policy
id: returns
rule: flexible
area: returns
terms:
  window:
    value: 30 days
    better: more
    limit: 90 days
    grant: {supervisor: 60 days, owner: 90 days}
    cases:
      - {when: {opened: yes}, value: 14 days}
  reply: 4 office hours
---
kind: segment
id: key-account
when: {plan: commercial}
sets: {returns.window: 60 days}
---
kind: script
id: returns-yes
area: returns
say: Gladly.
segments: [key-account]
---
kind: customer
id: C-1
name: Dorothy Bell
attributes: {plan: commercial}
"""
HOLDS = """
kind: scenario
id: sixty-days
customer: C-1
given: {today: 2026-03-01, role: technician, channel: phone, from: 2026-03-02T09:30}
about: returns
expect:
  segments: [key-account]
  terms: {returns.window: 60 days}
  say: [returns-yes]
  due: {returns.reply: 2026-03-02T13:30}
"""
FAILS = """
kind: scenario
id: opened-box
customer: {name: Somebody, attributes: {plan: single}}
given: {today: 2026-03-01, facts: {opened: yes}}
about: returns
expect:
  segments: [key-account]
  terms: {returns.window: 30 days}
  applies: [script:returns-yes]
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "servkit.yaml").write_text(SETTINGS)
    (tmp_path / "book.yaml").write_text(BOOK)
    (tmp_path / "holds.yaml").write_text(HOLDS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    monkeypatch.delenv("SERVKIT_BOOK", raising=False)
    return tmp_path


def test_where_every_scenario_holds_that_is_all_it_says(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["test"]) == 0
    assert capsys.readouterr().out == "1 scenario: 1 holds\n"


def test_a_difference_says_what_was_expected_what_came_and_why(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "fails.yaml").write_text(FAILS)
    assert run(["test"]) == 1
    assert capsys.readouterr().out == (
        "FAIL  opened-box  fails.yaml:2\n"
        "      expect.segments  fails.yaml:8:13\n"
        "        expected  key-account\n"
        "        got       none\n"
        "        why       not in key-account: plan is single (needed: commercial) (book.yaml:18)\n"
        "      expect.terms.returns.window  fails.yaml:9:27\n"
        "        expected  30 days\n"
        "        got       14 days\n"
        "        why       policy returns (book.yaml:13), row 1: opened is yes\n"
        "      expect.applies  fails.yaml:10:13\n"
        "        expected  script:returns-yes\n"
        "        got       left out: not in segment key-account\n"
        "        why       left out: not in segment key-account (book.yaml:21)\n"
        "\n"
        "2 scenarios: 1 hold, 1 fails\n"
    )


def test_one_scenario_may_be_named_and_patterns_work(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "fails.yaml").write_text(FAILS)
    assert run(["test", "sixty-days"]) == 0
    assert run(["test", "opened-*"]) == 1
    assert capsys.readouterr().out.endswith("1 scenario: 0 hold, 1 fails\n")


def test_an_unknown_scenario_is_one_line_with_the_nearest(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["test", "sixty-day"]) == 2
    seen = capsys.readouterr()
    assert seen.out == ""
    assert seen.err == "servkit: no scenario 'sixty-day'; did you mean sixty-days?\n"


def test_a_pattern_that_matches_nothing_is_no_silent_success(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["test", "sixty-days", "ninety-*"]) == 2
    assert "no scenario 'ninety-*'" in capsys.readouterr().err


def test_a_document_that_is_not_read_is_told(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "odd.yaml").write_text("kind: policy\nid: odd\nrule: fixed\ncolour: blue\n")
    assert run(["test"]) == 1
    assert capsys.readouterr().out.endswith("1 scenario: 1 holds; 1 problem keeps documents from being read\n")


def test_a_book_without_scenarios_cannot_be_tested(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "holds.yaml").unlink()
    assert run(["test"]) == 2
    assert capsys.readouterr().err.startswith("servkit: This book has no scenarios.")


def test_an_unknown_customer_is_told_and_fails(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "holds.yaml").write_text(HOLDS.replace("C-1", "C-11"))
    assert run(["test"]) == 1
    out = capsys.readouterr().out
    assert "no customer 'C-11'; did you mean C-1?" in out
    assert out.endswith("1 scenario: 0 hold, 1 cannot run\n")


def test_customers_come_from_csv_too(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "people.csv").write_text("id,name,plan\nC-7,Ann Lee,commercial\n")
    (book / "servkit.yaml").write_text(SETTINGS + "customers: [people.csv]\n")
    (book / "holds.yaml").write_text(HOLDS.replace("C-1", "C-7"))
    assert run(["test"]) == 0, capsys.readouterr().out


def test_a_scenario_that_cannot_be_read_is_never_passed_over(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "broken.yaml").write_text(FAILS.replace("given:", "givn:"))
    assert run(["test"]) == 1
    out = capsys.readouterr().out
    assert "broken.yaml:5:1" in out
    assert out.rstrip().splitlines()[-1].startswith("1 scenario: 1 holds; ")


def test_control_characters_of_a_file_do_not_reach_the_terminal(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "fails.yaml").write_text(FAILS.replace("30 days}", '"\\e[31m30 days"}'))
    assert run(["test"]) == 1
    assert "\x1b" not in capsys.readouterr().out


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_json(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "fails.yaml").write_text(FAILS)
    assert run(["test", "--format", "json"]) == 1
    data = told(capsys)
    assert data["schema"] == "servkit/test/1"
    assert data["summary"] == {"scenarios": 2, "hold": 1, "fail": 1, "error": 0}
    assert [(one["id"], one["state"]) for one in data["scenarios"]] == [
        ("opened-box", "fails"),
        ("sixty-days", "holds"),
    ]
    assert data["scenarios"][0]["differences"][1] == {
        "at": "expect.terms.returns.window",
        "line": 9,
        "column": 27,
        "expected": "30 days",
        "got": "14 days",
        "why": ["policy returns (book.yaml:13), row 1: opened is yes"],
    }
    assert data["coverage"] is None


def test_junit(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "fails.yaml").write_text(FAILS.replace("30 days", '"<30> \\x07 days"'))
    (book / "broken.yaml").write_text("kind: scenario\nid: x\n")
    assert run(["test", "--format", "junit"]) == 1
    root = ET.fromstring(capsys.readouterr().out)
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "1")
    cases = {case.get("name"): case for case in root.iter("testcase")}
    failure = cases["opened-box"].find("failure")
    assert failure is not None
    assert failure.text is not None
    assert "fails.yaml:9:27 expect.terms.returns.window: expected <30> ␇ days, got 14 days" in failure.text
    assert list(cases["sixty-days"]) == []


def test_an_unknown_format_is_one_line(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["test", "--format", "jsn"]) == 2
    assert "did you mean json" in capsys.readouterr().err


def test_coverage_lists_what_nobody_exercised_and_gives_scenarios_that_would(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["test", "--coverage"]) == 0
    out = capsys.readouterr().out
    assert "  case rows     0 of 1\n" in out
    assert "  segments      1 of 1\n" in out
    assert "• case returns.window row 1: opened is yes  book.yaml:13" in out
    assert "• grant returns.window: owner  book.yaml:11" in out
    assert out.endswith("1 scenario: 1 holds; coverage 33.3 %\n")
    # what is suggested can be pasted as it is, holds, and exercises everything
    pasted = out.partition("kind: scenario")[1:]
    (book / "more.yaml").write_text("".join(pasted).partition("\n\n1 scenario")[0] + "\n")
    assert run(["test", "--coverage", "--fail-under", "100"]) == 0
    assert capsys.readouterr().out.endswith("hold; coverage 100 %\n")


def test_coverage_below_the_threshold_fails(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["test", "--fail-under", "50"]) == 1
    assert run(["test", "--fail-under", "33"]) == 0


def test_coverage_as_json(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["test", "--coverage", "--format", "json"]) == 0
    coverage = told(capsys)["coverage"]
    assert coverage["kinds"]["script"] == {"exercised": 1, "all": 1}
    assert coverage["percent"] == 33.33
    by_name = {item["name"]: item for item in coverage["items"]}
    assert by_name["key-account"]["exercised_by"] == ["sixty-days"]
    assert by_name["returns.window: owner"]["scenario"].startswith("kind: scenario\nid: returns-window-grant-owner\n")


def test_what_a_failing_scenario_touches_is_not_covered(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "holds.yaml").write_text(HOLDS.replace("60 days", "61 days"))
    assert run(["test", "--coverage"]) == 1
    assert capsys.readouterr().out.endswith("coverage 0 %\n")


def test_somebody_described_in_the_scenario_has_promises(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "holds.yaml").write_text("""
kind: scenario
id: promised
customer: {name: Ann Lee, attributes: {plan: single}, promised: {returns.window: 75 days}}
given: {today: 2026-03-01, facts: {opened: no}}
about: returns
expect: {terms: {returns.window: 75 days}}
""")
    assert run(["test"]) == 0, capsys.readouterr().out


def test_a_document_that_cannot_be_read_is_the_cause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "servkit.yaml").write_text(SETTINGS)
    (tmp_path / "returns.yaml").write_text("kind: policy\nid: returns\nrule flexible\nterms: {window: 30 days}\n")
    (tmp_path / "sc.yaml").write_text(
        "kind: scenario\nid: sc\ngiven: {today: 2026-03-01}\nabout: returns\n"
        "expect: {terms: {returns.window: 30 days}}\n"
    )
    assert run(["test", "sc", "--book", str(tmp_path)]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "returns is in no document that can be read" in out
    assert "returns.yaml:3:5: A colon is missing: write `rule: flexible`." in out
    assert "not part of what was asked" not in out
