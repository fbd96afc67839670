"""What people type at a desk is taken where it can be read in one way only (BOOK.md 9)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servkit.book.problems import ValueProblem
from servkit.book.reader import read_book
from servkit.book.settings import Attribute, Settings
from servkit.book.typed_values import read_typed, read_typed_day
from servkit.book.values import write
from servkit.languages.catalogue import catalogue
from servkit.languages.typed_words import typed_words

TODAY = date(2026, 3, 1)
GERMAN = typed_words(catalogue("de"))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("book")
    text = "servkit: 1\nname: B\nlanguage: en\ncurrency: USD\ntimezone: UTC\n"
    text += 'clocks: {office: {hours: "Mo-Fr 08:00-18:00"}}\n'
    (root / "servkit.yaml").write_text(text)
    return read_book(root).settings


def typed(kind: str, text: str, settings: Settings, words: dict[str, str] | None = None) -> str:
    variable = Attribute("x", kind, ("single", "Monthly Plan") if kind == "choice" else ())
    return write(read_typed(text, variable, settings, TODAY, words or {}))


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        ("flag", "Yes", "yes"),
        ("flag", "y", "yes"),
        ("flag", "N", "no"),
        ("flag", "FALSE", "no"),
        ("duration", "3h", "3 hours"),
        ("duration", "90 min", "90 minutes"),
        ("duration", "90mins", "90 minutes"),
        ("duration", "1.5 hrs", "1.5 hours"),
        ("duration", "1,5 h", "1.5 hours"),
        ("duration", "2 d", "2 days"),
        ("duration", "1 Week", "1 week"),
        ("duration", "2 office days", "2 office days"),
        ("money", "$400", "400 USD"),
        ("money", "$84,835.00", "84835 USD"),
        ("money", "12.50", "12.50 USD"),
        ("money", "-1234.5", "-1234.50 USD"),
        ("money", "0.125", "0.125 USD"),
        ("money", "84.835 USD", "84.835 USD"),
        ("money", "180 EUR", "180 EUR"),
        ("percent", "10 percent", "10 %"),
        ("percent", "12,5 %", "12.5 %"),
        ("number", "1,234,567", "1234567"),
        ("choice", "SINGLE", "single"),
        ("choice", "monthly plan", "Monthly Plan"),
        ("time", "9 am", "09:00"),
        ("date", "tomorrow", "2026-03-02"),
        ("date", "Yesterday", "2026-02-28"),
        ("date", "25/3/2026", "2026-03-25"),
        ("date", "3/3/2026", "2026-03-03"),
        ("date", "2026/3/1", "2026-03-01"),
        ("date", "1 March 2026", "2026-03-01"),
        ("date", "Mar 1, 2026", "2026-03-01"),
        ("text", "1/3", "1/3"),
    ],
)
def test_one_reading_is_taken(kind: str, text: str, meant: str, settings: Settings) -> None:
    assert typed(kind, text, settings) == meant


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("date", "1/3", "can be 3 January or 1 March, of any year"),
        ("date", "1/3/2026", "can be 3 January 2026 or 1 March 2026"),
        ("date", "30/2/2026", "There is no day 30/2/2026 in the calendar"),
        ("date", "Friday", "should be a day"),
        ("duration", "3m", "can be 3 minutes or 3 months"),
        ("duration", "1,500 h", "can be read as"),
        ("duration", "3", "should be a duration"),
        ("money", "180€", "is not a sign of USD"),
        ("money", "1,234", "can be read as"),
        ("money", "84.835", "`84.835` can be read as 84835 or as 84.835."),
        ("flag", "maybe", "should be `yes` or `no`"),
        ("choice", "none", "single"),
        ("percent", "10 h", "should be a percentage"),
    ],
)
def test_two_readings_are_refused_and_both_are_told(kind: str, text: str, message: str, settings: Settings) -> None:
    with pytest.raises(ValueProblem, match=message):
        typed(kind, text, settings)


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        ("flag", "j", "yes"),
        ("flag", "Nein", "no"),
        ("duration", "3 Tage", "3 days"),
        ("duration", "2 Std.", "2 hours"),
        ("duration", "2 hours", "2 hours"),
        ("date", "morgen", "2026-03-02"),
        ("date", "1. März 2026", "2026-03-01"),
    ],
)
def test_a_german_desk_types_german(kind: str, text: str, meant: str, settings: Settings) -> None:
    assert typed(kind, text, settings, GERMAN) == meant


@given(st.text(max_size=20), st.sampled_from(["flag", "duration", "money", "percent", "number", "date", "time"]))
def test_any_text_is_a_value_or_refused(settings: Settings, text: str, kind: str) -> None:
    with suppress(ValueProblem):
        assert typed(kind, text, settings)


def test_the_end_of_the_calendar() -> None:
    with pytest.raises(ValueProblem, match="end of the calendar"):
        read_typed_day("tomorrow", date.max)
