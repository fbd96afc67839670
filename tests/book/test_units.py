"""Units of time, currencies and counted nouns."""

from __future__ import annotations

import pytest

from servkit.book.units import CURRENCIES, minor_digits, near_unit, noun_key, plural, singular


def test_minor_digits_are_those_of_iso_4217() -> None:
    assert {code: minor_digits(code) for code in ("CLF", "IQD", "JPY", "LBP", "USD", "HUF", "XAF", "MRU")} == {
        "CLF": 4, "IQD": 3, "JPY": 0, "LBP": 2, "USD": 2, "HUF": 2, "XAF": 0, "MRU": 2,
    }  # fmt: skip
    assert len(CURRENCIES) > 160
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("ring", "rings"),
        ("visit", "visits"),
        ("box", "boxes"),
        ("size", "sizes"),
        ("cache", "caches"),
        ("coach", "coaches"),
        ("house", "houses"),
        ("bus", "buses"),
        ("class", "classes"),
        ("party", "parties"),
        ("key", "keys"),
        ("movie", "movies"),
    ],
)
def test_a_noun_has_a_form_for_one_and_a_form_for_more(one: str, several: str) -> None:
    assert singular(several) == one
    assert singular(one) == one
    assert plural(one) == several
    assert noun_key(one) == noun_key(several)


def test_nouns_that_only_look_alike_are_not_one() -> None:
    nouns = ["plan", "plane", "car", "care", "visit", "visitor", "ring", "cat", "rate", "rat", "box", "boat"]
    assert len({noun_key(noun) for noun in nouns}) == len(nouns)


@pytest.mark.parametrize(
    ("noun", "near"),
    [
        ("dayz", "day"),
        ("Days", "days"),
        ("horus", "hours"),
        ("hrs", "hours"),
        ("usd", "USD"),
        ("offce", "office"),
        ("rings", None),
        ("visits", None),
        ("boxes", None),
    ],
)
def test_a_noun_near_a_unit_clock_or_currency(noun: str, near: str | None) -> None:
    assert near_unit(noun, ("office",)) == near
