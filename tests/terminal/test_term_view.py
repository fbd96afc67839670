"""What the desk says of how far one may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.cli import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SETTINGS = """\
servkit: 1
name: Field Co
currency: USD
roles: [desk, supervisor, duty]
areas: {comp: {title: Compensation}}
facts: {comp_type: {type: choice, of: [amenity, refund], title: What is given, ask: What are you giving?}}
"""
COMP = """\
kind: policy
id: comp
title: Comp authority
rule: flexible
area: comp
why: Nobody waits for a manager over a dessert.
terms:
  amount:
    value: 0 USD
    better: more
    grant: {desk: 30 USD, supervisor: 150 USD, duty: 600 USD}
    cases: [{when: {comp_type: refund}, value: 0 USD, grant: {duty: 200 USD}}]
"""


def screen(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    (folder / "servkit.yaml").write_text(SETTINGS)
    (folder / "comp.yaml").write_text(COMP)
    assert run(["--book", str(folder), "lookup", "--about", "comp", "--on", "2026-11-20", *more]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_a_no_that_depends_on_a_question_is_no_plain_no(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = screen(tmp_path, capsys, "--role", "desk")
    assert (
        "you may go to 0 USD or 30 USD, depending on: What is given · supervisor to 0 USD or 150 USD · duty to 200 USD"
        in text
    )
    assert "no further" not in text


def test_once_it_is_known_there_is_one_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "you may go no further · duty to 200 USD" in screen(
        tmp_path, capsys, "--role", "desk", "--set", "comp_type=refund"
    )
