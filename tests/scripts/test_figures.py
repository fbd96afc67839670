"""Amounts and periods in a text: what is read, what is plainly something else, and what is told as unread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servkit.cache.compiled_book import CompiledBook
from servkit.scripts.figures import figures_in

if TYPE_CHECKING:
    from servkit.book.settings import Settings

with CompiledBook(Path(__file__).parents[2] / "standards") as _book:
    SETTINGS: Settings = _book.settings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("within 30 days", ["30 days"]),
        ("a 30-day window, 30days", ["30 days", "30 days"]),
        ("in 30 Tagen, 30 jours", ["30 days", "30 days"]),
        ("$25, 25 USD, USD25, €25, 25€", ["25 USD", "25 USD", "25 USD", "25 EUR", "25 EUR"]),
        ("1.200,50 EUR", ["1200.50 EUR"]),
        ("1,200 USD, $1,200,000", ["1200 USD", "1200000 USD"]),
        ("100-150 USD, $100-$1500", ["100 USD", "150 USD", "100 USD", "1500 USD"]),
        ("up-to-30-days, max30days", ["30 days", "30 days"]),
        ("10 %, 10%, 5 percent", ["10 %", "10 %", "5 %"]),
        ("3 to 5 days, 3–5 days", ["3 days", "5 days", "3 days", "5 days"]),
        ("$25 to $50", ["25 USD", "50 USD"]),
        ("1½ hours, 24h", ["1.5 hours", "24 hours"]),
        ("within 3 office hours", ["3 office hours"]),
        ("in two weeks, one hour, twenty-two days", ["2 weeks", "1 hour", "22 days"]),
        ("half an hour, half a day", ["30 minutes"]),
        ("einunddreißig Tage, in einer Woche, treinta y un días", ["31 days", "1 week", "31 days"]),
        ("two to three weeks, 3 oder vier Tage", ["2 weeks", "3 weeks", "3 days", "4 days"]),
        ("within two office hours, 3 business days", ["2 office hours", "3 business days"]),
        ("one of us calls twice a day", []),
        ("no number at all", []),
    ],
)
def test_what_is_read(text: str, found: list[str]) -> None:
    figures, unread = figures_in(text, SETTINGS)
    assert [str(one.value) for one in figures] == found
    assert not unread
    assert all(text[one.place : one.place + len(one.text)] == one.text for one in figures)


@pytest.mark.parametrize(
    ("text", "unread", "amount"),
    [
        ("order #A12 of C-1042", ["A12", "C-1042"], False),
        ("on 2026-03-01, 3 March 2026, March 3, the 3rd", ["2026-03-01", "3 March 2026", "March 3", "3rd"], False),
        ("at 17:00 or 5 pm", ["17:00", "5 pm"], False),
        ("call +1 (555) 123-4567 or 555-123-4567", ["+1 (555) 123-4567", "555-123-4567"], False),
        ("see https://example.org/30 or a7@example.org", ["https://example.org/30", "a7@example.org"], False),
        ("call 555-1234", ["555", "1234"], True),
        ("2:30 hours, 1h30", ["2:30 hours", "1h30"], True),
        ("press 1", ["1"], True),
    ],
)
def test_what_is_not_read_is_told(text: str, unread: list[str], amount: bool) -> None:
    figures, rest = figures_in(text, SETTINGS)
    assert ([one.text for one in rest], figures) == (unread, [])
    assert {one.amount for one in rest} == {amount}


@pytest.mark.parametrize(
    "text", ["3 week days", "three working days", "drei Werktagen", "3 días hábiles", "3 jours ouvrés"]
)
def test_working_days_that_no_clock_is_named_after_are_marked(text: str) -> None:
    [figure], unread = figures_in(f"within {text}", SETTINGS)
    assert (figure.text, str(figure.value), figure.working, unread) == (text, "3 days", True, [])


def test_the_lower_end_of_a_range_is_marked() -> None:
    figures, _ = figures_in("3 to 5 working days, then 2 weeks", SETTINGS)
    assert [(one.text, one.lower, one.working) for one in figures] == [
        ("3", True, True),
        ("5 working days", False, True),
        ("2 weeks", False, False),
    ]


def test_the_language_says_what_parts_thousands() -> None:
    for language, text, value in (("en", "1,200 USD", "1200 USD"), ("de", "1.200 EUR", "1200 EUR")):
        figures, unread = figures_in(text, SETTINGS, language=language)
        assert ([str(one.value) for one in figures], unread) == ([value], [])
    figures, unread = figures_in("1,200 EUR", SETTINGS, language="de")
    assert (figures, [one.why for one in unread]) == ([], ["it can be read in two ways"])


def test_things_are_counted_where_they_matter() -> None:
    figures, unread = figures_in("2 visits and 3 chairs", SETTINGS, {"number visit"})
    assert ([str(one.value) for one in figures], [one.text for one in unread]) == (["2 visits"], ["3 chairs"])


@given(st.text(st.sampled_from("1 5.,-–$€%aAdays to½#@:(+\n"), max_size=80))
def test_every_number_is_read_or_told(text: str) -> None:
    figures, unread = figures_in(text, SETTINGS)
    covered = [False] * len(text)
    for written, place in [(one.text, one.place) for one in figures] + [(one.text, one.place) for one in unread]:
        assert text[place : place + len(written)] == written
        covered[place : place + len(written)] = [True] * len(written)
    assert all(covered[place] for place, char in enumerate(text) if char.isdigit())
