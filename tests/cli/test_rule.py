"""``servkit rule``: the page of a rule, from its docstring."""

from __future__ import annotations

import json

import pytest

from servkit.cli import run
from servkit.lint.rule import all_rules


def test_every_rule_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule"]) == 0
    out = capsys.readouterr().out
    assert all(code in out for code in all_rules())


@pytest.mark.parametrize("code", all_rules())
def test_every_page_is_printed_within_the_width(
    code: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["rule", code]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{code}\n")
    assert "Why:" in out
    assert "\n\n\n" not in out
    assert f"ignore[{code}]" in out


def test_by_name_and_in_small_letters(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "sk606"]) == 0
    first = capsys.readouterr().out
    assert run(["rule", "review-past"]) == 0
    assert capsys.readouterr().out == first


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "SK606", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "servkit/rules/1"
    assert data["rules"][0]["options"] == {"grace": 0}


def test_no_such_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "SK999"]) == 2
    assert capsys.readouterr().err.startswith("servkit: no rule 'SK999'")
