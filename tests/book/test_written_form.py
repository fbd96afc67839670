"""Amounts and comparisons as people write them: what a message shows to write instead."""

from __future__ import annotations

import pytest

from servkit.book.comparisons import alternatives, comparison, items
from servkit.book.literals import read
from servkit.book.written_form import written_form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("€25", "25 EUR"),
        ("25€", "25 EUR"),
        ("$400", "400 USD"),
        ("£1,200.50", "1200.50 GBP"),
        ("12,50 €", "12.50 EUR"),
        ("EUR 25", "25 EUR"),
        ("USD25", "25 USD"),
        ("25EUR", "25 EUR"),
        ("12,50 EUR", "12.50 EUR"),
        ("25 usd", "25 USD"),
        ("1.500,00 EUR", "1500.00 EUR"),
        ("25 euros", "25 EUR"),
        ("5 Pfund", "5 GBP"),
        ("100 US dollars", "100 USD"),
        ("A$25", "25 AUD"),
        ("3h", "3 hours"),
        ("90min", "90 minutes"),
        ("24 hrs", "24 hours"),
        ("30 mins", "30 minutes"),
        ("3 Tage", "3 days"),
        ("1 Tag", "1 day"),
        ("4 Stunden", "4 hours"),
        ("5 Wochen", "5 weeks"),
        ("3 días", "3 days"),
        ("2 jours", "2 days"),
        ("1,5 Stunden", "1.5 hours"),
        ("half an hour", "30 minutes"),
        ("an hour", "1 hour"),
        ("two weeks", "2 weeks"),
        ("1½ hours", "1.5 hours"),
        ("½ hour", "0.5 hours"),
        ("eine halbe Stunde", "30 minutes"),
        ("10 percent", "10 %"),
        ("10 Prozent", "10 %"),
        ("30-minute", "30 minutes"),
    ],
)
def test_an_amount_is_shown_as_a_book_writes_it(text: str, form: str) -> None:
    assert written_form(text) == form
    assert read(form).type in ("money", "duration", "percent")


@pytest.mark.parametrize(
    "text",
    [
        "1,500 USD",
        "1/3",
        "3-5 days",
        "3 rings",
        "3 nights",
        "a text",
        "the office",
        "12 o'clock",
        "original",
        "",
        "€",
        "1,1½ hours",
        "1.5½ USD",
    ],
)
def test_what_is_no_amount_or_could_be_two_has_no_form(text: str) -> None:
    assert written_form(text) is None


def test_the_dollar_is_the_book_s() -> None:
    assert (written_form("$5", "AUD"), written_form("$5", "EUR"), written_form("5 $", "CAD")) == (
        "5 AUD",
        "5 USD",
        "5 CAD",
    )


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (">= 10", "{at_least: 10}"),
        ("≥10", "{at_least: 10}"),
        ("> 10 visits", "{more_than: 10 visits}"),
        ("<=10", "{at_most: 10}"),
        ("< 10", "{less_than: 10}"),
        ("at least 3 days", "{at_least: 3 days}"),
        ("more than 5", "{more_than: 5}"),
        ("up to 5 USD", "{at_most: 5 USD}"),
        ("10+", "{at_least: 10}"),
        ("10 or more", "{at_least: 10}"),
        ("10-20", "{between: [10, 20]}"),
        ("3 to 5 days", "{between: [3 days, 5 days]}"),
        ("mindestens 3 Tage", "{at_least: 3 Tage}"),
    ],
)
def test_a_comparison_is_shown_as_a_condition_writes_it(text: str, form: str) -> None:
    assert comparison(text) == form


def test_days_are_compared_in_their_own_words() -> None:
    assert comparison("> 2026-01-01", "date") == "{after: 2026-01-01}"
    assert comparison("before 2026-01-01", "date") == "{before: 2026-01-01}"
    assert comparison(">= 2026-01-01", "date") == "{on_or_after: 2026-01-01}"


@pytest.mark.parametrize("text", ["10", "over", "overnight", "abroad", "gold", "2026-03-01"])
def test_what_compares_nothing(text: str) -> None:
    assert comparison(text, "date" if "-" in text else "number") is None


def test_what_a_text_lists() -> None:
    assert items("nut-allergy or gluten") == ["nut-allergy", "gluten"]
    assert items("a, b & c") == ["a", "b", "c"]
    assert items("and/or") == items("R&D") == items("nut-allergy") == []
    assert alternatives("north or south") == ["north", "south"]
    assert alternatives("Smith and Sons, Ltd") == []
