"""Where people write lists of prose, a list is right, and so is one text: on the screen, on paper and in the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Servkit

SETTINGS = """\
servkit: 1
name: Inn
language: en
languages: [en, de]
areas: {stay: {title: Stay, script: optional}}
facts: {late: {type: flag, ask: [Are you late?, Since when?]}}
wording: {avoid: {calm down: [I can see why, I hear you]}}
"""
DOCS = """\
kind: policy
id: pets
title: Pets
area: stay
rule: fixed
basis: safety
when: {late: yes}
expectation: %s
instead: %s
---
kind: standard
id: greet
title: Greeting
area: stay
wording: %s
"""
MANY = "[A kennel nearby., {en: A friend's house., de: Ein Freund.}]"


@pytest.fixture
def inn(tmp_path: Path) -> Path:
    (tmp_path / "servkit.yaml").write_text(SETTINGS)
    (tmp_path / "a.yaml").write_text(
        DOCS % ("[Tell them., Early.]", MANY, "[{no way: [Let me see., I'll ask.]}, {x: y}]")
    )
    return tmp_path


def test_several_texts_are_a_list_on_the_screen(servkit: Servkit, inn: Path) -> None:
    out = servkit("lookup", "--set", "late=yes", book=inn).out
    assert "    Tell them up front:\n      • Tell them.\n      • Early.\n" in out
    assert "    Offer instead:\n      • A kennel nearby.\n      • A friend's house.\n" in out
    assert "not “no way”, rather: Let me see. / I'll ask." in out
    assert "not “x”, rather: y" in out
    assert "  • A kennel nearby.\n  • A friend's house." in servkit("show", "pets", book=inn).out


def test_several_texts_are_a_list_on_paper(servkit: Servkit, inn: Path) -> None:
    out = servkit("render", "handbook", "--to", "-", "--format", "md", book=inn).out
    assert "- A kennel nearby.\n- A friend's house." in out.replace("’", "'")
    assert "| no way | Let me see. / I'll ask. |" in out.replace("’", "'")
    assert "| calm down | I can see why / I hear you |" in out
    card = servkit("render", "card", "--area", "stay", "--to", "-", "--format", "md", book=inn).out
    assert "- A kennel nearby.\n>   - A friend's house." in card.replace("’", "'")


def test_several_questions_are_put_as_one(servkit: Servkit, inn: Path) -> None:
    assert "? Are you late? Since when?" in servkit("lookup", book=inn).out


def test_one_text_is_as_before(servkit: Servkit, inn: Path) -> None:
    (inn / "a.yaml").write_text(DOCS % ("Tell them.", "A kennel.", "{no way: Let me see.}"))
    out = servkit("lookup", "--set", "late=yes", book=inn).out
    assert "    Tell them up front: Tell them.\n    Offer instead: A kennel.\n" in out
    assert "not “no way”, rather: Let me see." in out


def test_the_checks_look_at_every_one(servkit: Servkit, inn: Path) -> None:
    (inn / "a.yaml").write_text(DOCS % ("[Fine., Please calm down.]", "[{de: Nur deutsch.}]", "{x: [{en: one}, two]}"))
    out = servkit("lint", "--select", "SK5", "--format", "concise", book=inn).out
    assert "8:29: warning SK502 This book avoids `calm down`. Say `I can see why` or `I hear you` instead." in out
    assert "a.yaml:9:11: warning SK501" in out
    assert "a.yaml:15:15: warning SK501" in out


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        ("instead: [[a]]", "4:11", "`instead` should be text, not a list."),
        ("instead: [{e n: a}]", "4:12", "`e n` is not a language such as en or pt-BR."),
        ("instead: {value: 3}", "4:11", "`value` is not a language such as en or pt-BR."),
    ],
)
def test_what_is_no_text_is_told_at_its_place(servkit: Servkit, inn: Path, line: str, place: str, message: str) -> None:
    (inn / "a.yaml").write_text(f"kind: policy\nid: pets\nrule: fixed\n{line}\n")
    out = servkit("lint", "--select", "SK1", "--format", "concise", book=inn).out
    assert f"a.yaml:{place}: error SK110 {message}" in out


def test_an_empty_key_leaves_the_policy_at_the_desk(servkit: Servkit, inn: Path) -> None:
    (inn / "a.yaml").write_text("kind: policy\nid: pets\ntitle: Pets\nrule: fixed\ninstead:\n")
    assert "Pets" in servkit("lookup", book=inn).out
