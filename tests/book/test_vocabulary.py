"""Counted nouns whose forms the book gives: they compare, and are written, with the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servkit.book.arithmetic import with_amount
from servkit.book.literals import read
from servkit.book.settings_file import read_settings
from servkit.book.values import decode, encode
from servkit.book.vocabulary import Vocabulary
from servkit.book.yaml_reader import compose
from servkit.scripts.localization import localize

if TYPE_CHECKING:
    from servkit.book.problems import Problem

WORDS = Vocabulary((), (("Stufe", "Stufen"), ("Nacht", "Nächte"), ("Glas", "Gläser"), ("child", "children")))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1 Nacht", "1 Nacht"),
        ("2 Nächte", "2 Nächte"),
        ("2 Nacht", "2 Nächte"),
        ("1 Nächte", "1 Nacht"),
        ("3 Na\u0308chte", "3 Nächte"),
        ("0 nächte", "0 Nächte"),
        ("1.5 Stufe", "1.5 Stufen"),
        ("2 children", "2 children"),
        ("2 rings", "2 rings"),
    ],
)
def test_a_declared_noun_is_written_with_the_form_for_the_amount(text: str, written: str) -> None:
    value = read(text, WORDS)
    assert (value.type, str(value)) == ("number", written)
    assert decode(encode(value)) == value


@pytest.mark.parametrize(("one", "other"), [("1 Nacht", "1 Nächte"), ("2 Gläser", "2 Glas"), ("3 Stufen", "3 stufe")])
def test_its_forms_compare(one: str, other: str) -> None:
    assert read(one, WORDS).key == read(other, WORDS).key


def test_another_noun_does_not_compare() -> None:
    assert read("1 Nacht", WORDS).family != read("1 Stufe", WORDS).family
    assert read("1 Nacht").family != read("1 Nächte").family  # undeclared, they are two nouns


def test_what_is_worked_out_has_the_right_form() -> None:
    one = read("1 Nacht", WORDS)
    assert str(with_amount(one, one.amount * 3)) == "3 Nächte"
    assert localize(read("2 Nächte", WORDS), "de") == "2 Nächte"
    assert localize(one, "de") == "1 Nacht"


def problems_of(nouns: str) -> list[str]:
    found: list[Problem] = []
    (source,) = compose("servkit.yaml", f"servkit: 1\nname: x\nnouns: {nouns}\n".encode(), found)
    read_settings(source, found)
    return [f"{problem.line}:{problem.column} {problem.message}" for problem in found]


@pytest.mark.parametrize(
    ("nouns", "says"),
    [
        ("{Nacht: Nächte, Tag: days}", "3:29 `days` is a unit, so it can't be a counted noun."),
        ("{two words: x}", "3:9 `two words` is not one word, so it can't be a counted noun."),
        ("{Nacht: Nächte, Abend: Nacht}", "3:31 `Nacht` appears twice. Keep one of them."),
        ("{EUR: Euros}", "3:9 `EUR` is a unit"),
        ("{Nacht: [Nächte]}", "3:16 `Nacht` should be text, not a list."),
    ],
)
def test_what_is_no_noun_is_told(nouns: str, says: str) -> None:
    (problem,) = problems_of(nouns)
    assert problem.startswith(says)


def test_a_noun_with_one_form_is_right() -> None:
    assert problems_of("{Zimmer: Zimmer}") == []
    assert str(read("1 Zimmer", Vocabulary((), (("Zimmer", "Zimmer"),)))) == "1 Zimmer"
