"""Text on its way to a screen: as it is, and nothing but text."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from servkit.text import clean, fold, json_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("a\x00b\x7fc", "a␀b␡c"),
        ("\x9b31m", "\ufffd31m"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc", "a\nb␍c"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("\u200fשלום\u200e", "\u200fשלום\u200e"),
        ("a\ud800b", "a?b"),
        ("\udcff", "?"),
        ("[red] :smile: {{ x }} {% %}", "[red] :smile: {{ x }} {% %}"),
        ("日本語 👩‍👩‍👧 é", "日本語 👩‍👩‍👧 é"),
        ("\x85", "\ufffd"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text(st.characters(categories=None)))
@example("\x9b31m\x7f\u2028\u202e\u2066\ud800é")
def test_json_is_what_it_was_and_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    out = json_text([text])
    assert json.loads(out) == [text]
    assert clean(out) == out


@given(st.text())
@example("\u202a")
def test_nothing_reaches_the_terminal_but_text(text: str) -> None:
    shown = clean(text)
    shown.encode("utf-8")
    assert not [char for char in shown if unicodedata.category(char) == "Cc" and char not in "\n\t"]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")
    assert clean(shown) == shown


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"))))
def test_text_without_controls_is_as_it_was(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José", "jose"),
        ("JOSE\u0301", "jose"),
        ("Straße", "STRASSE"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("Işık İnce", "isik ince"),
        ("O’Brien", "o'brien"),
        ("Anne–Marie", "anne-marie"),
        ("ﬁne", "fine"),
        ("Ⅻ", "xii"),
        ("ΣΊΣΥΦΟΣ", "σισυφος"),
        ("a\xa0b", "a b"),
        ("ℌ", "h"),
        ("Ａ１", "a1"),
        ("Đặng", "dang"),
        ("Þór", "thor"),
        ("", ""),
    ],
)
def test_matching_without_case_and_accents(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
